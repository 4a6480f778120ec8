package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// walked is what the command writes when it walks a flow.
func walked(t *testing.T, args ...string) string {
	t.Helper()
	var out, told bytes.Buffer
	if status := usage.Run(t.Context(), newCommand(), append([]string{"walk"}, args...), &out, &told); status != usage.StatusOK || told.Len() > 0 {
		t.Errorf("%v: exit status %d, %q", args, status, told.String())
	}
	return out.String()
}

// TestEveryFlowIsWalkedInEveryFormat also holds a classroom run to being the
// same each time, whatever it is written as.
func TestEveryFlowIsWalkedInEveryFormat(t *testing.T) {
	for _, f := range flows.All() {
		for _, format := range formats() {
			t.Run(f.ID+"/"+format, func(t *testing.T) {
				args := []string{f.ID, "--classroom", "--format", format}
				first := walked(t, args...)
				if again := walked(t, args...); first != again {
					t.Error("the second run is written otherwise")
				}
				if !wellFormed(format, first) {
					t.Errorf("this is no %s:\n%s", format, first)
				}
			})
		}
	}
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
	}
	return strings.TrimSpace(text) != ""
}

func TestEveryFlowIsToldInEveryVoiceThroughEveryLens(t *testing.T) {
	words, err := tutorials.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flows.All() {
		for _, voice := range Voices() {
			for _, lens := range Lenses(words) {
				nothingIsStray(t, walked(t, f.ID, "--classroom", "--voice", voice, "--lens", lens), f.ID, voice, lens)
			}
		}
	}
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
