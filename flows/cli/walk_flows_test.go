package cli

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// walked is what the command writes when it walks a flow.
func walked(t *testing.T, args ...string) string {
	t.Helper()
	var out, told bytes.Buffer
	if status := usage.Run(t.Context(), newCommand(), append([]string{"walk"}, args...), &out, &told); status != usage.StatusOK ||
		told.Len() > 0 {
		t.Errorf("%v: exit status %d, %q", args, status, told.String())
	}
	return out.String()
}

// TestEveryFlowIsToldInEveryWay plays each flow in a classroom twice, where the
// record has to be the same, and tells it once in each format, and in each
// voice through each lens.
func TestEveryFlowIsToldInEveryWay(t *testing.T) {
	words := wordstest.English(t)
	for _, flow := range flows.All() {
		f := walkFlags{
			voice: string(tutorials.Everyone), lens: "protocol", network: string(stage.Memory), classroom: true,
			providers: onstage.Providers,
		}
		run := f.played(t, flow, words)
		record := f.told(t, "json", run, words, flow)
		if again := f.told(t, "json", f.played(t, flow, words), words, flow); again != record {
			t.Errorf("%s: the second run is recorded otherwise", flow.ID)
		}
		for _, format := range drawnOnce(flow) {
			if text := f.told(t, format, run, words, flow); !wellFormed(format, text) {
				t.Errorf("%s: this is no %s; it begins with %.80q", flow.ID, format, text)
			}
		}
		for _, f.voice = range Voices() {
			for _, f.lens = range Lenses(words) {
				nothingIsStray(t, f.told(t, "text", run, words, flow), flow.ID, f.voice, f.lens)
			}
		}
	}
}

// drawnOnce leaves out the picture in pixels, which is the slowest and draws
// what the one in lines draws, except of the first flow.
func drawnOnce(flow flows.Flow) []string {
	return slices.DeleteFunc(formats(), func(format string) bool { return format == "png" && flow.ID != flows.All()[0].ID })
}

func (f *walkFlags) played(t *testing.T, flow flows.Flow, words *tutorials.Library) *trace.Trace {
	t.Helper()
	run, err := f.play(t.Context(), flow, stage.Choices{}, words.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func (f *walkFlags) told(t *testing.T, format string, run *trace.Trace, words *tutorials.Library, flow flows.Flow) string {
	t.Helper()
	var out bytes.Buffer
	f.format = format
	if err := f.tell(t.Context(), &out, run, f.narrator(words, flow, stage.Choices{}, run)); err != nil {
		t.Fatalf("%s as %s: %v", flow.ID, format, err)
	}
	return out.String()
}

// wellFormed looks at the outside only; judges that are not ours look at the rest.
func wellFormed(format, text string) bool {
	switch format {
	case "json", "har":
		return json.Valid([]byte(text))
	case "mermaid":
		return strings.HasPrefix(text, "sequenceDiagram\n")
	case "markdown":
		return strings.HasPrefix(text, "# ")
	case "svg":
		return strings.HasPrefix(text, "<?xml") && strings.HasSuffix(text, "</svg>\n")
	case "png":
		return strings.HasPrefix(text, "\x89PNG")
	case "html", "page":
		return strings.HasPrefix(strings.ToLower(text), "<!doctype html>")
	}
	return strings.TrimSpace(text) != ""
}

func nothingIsStray(t *testing.T, text string, where ...string) {
	t.Helper()
	for _, stray := range []string{"{person}", "{app}", "{provider}", "](glossary:"} {
		if strings.Contains(text, stray) {
			t.Errorf("%v: nobody filled in %s", where, stray)
		}
	}
}

// TestEveryFlowIsWalkedOverSockets lets the system choose the ports: those of a
// classroom are the same for everybody.
func TestEveryFlowIsWalkedOverSockets(t *testing.T) {
	for _, f := range flows.All() {
		if walked(t, f.ID, "--network", string(stage.Loopback)) == "" {
			t.Errorf("%s: nothing was told", f.ID)
		}
	}
}
