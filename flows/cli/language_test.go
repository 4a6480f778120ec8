package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// sentIn are the words of what crossed; a developer is told the reason of a refusal as the client got it.
func sentIn(run *trace.Trace, developer bool) (words pseudo.Known, text string) {
	words = pseudo.Names()
	var all strings.Builder
	for i := range run.Messages {
		m := &run.Messages[i]
		for _, c := range m.Checks {
			fmt.Fprintln(&all, c.Expected, c.Got, c.Error, c.Spec)
			if developer {
				fmt.Fprintln(&all, c.Reason)
			}
		}
		for _, p := range m.Places() {
			if p.Part != trace.InCalc { // whose names are to be translated
				fmt.Fprintln(&all, p.Name)
			}
			fmt.Fprintln(&all, p.Value)
		}
		for _, h := range m.Header {
			fmt.Fprintln(&all, h.Name, h.Value)
		}
		fmt.Fprintln(&all, m.URL, m.Method, m.Step, m.Chapter)
		if !m.IsHTML() {
			all.Write(m.Body)
		}
	}
	words.Add(all.String())
	return words, all.String()
}

func TestNoEnglishIsLeftInAnExportInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	provider, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flows.All() {
		w, err := flows.Start(t.Context(), f, flows.Options{Provider: provider, Classroom: true, Say: words.Catalog()})
		if err != nil {
			t.Fatal(err)
		}
		run := w.Plan()
		crossed := map[bool]sent{true: whatCrossed(run, true), false: whatCrossed(run, false)}
		for _, voice := range tutorials.Voices() {
			for format, left := range leftIn(t, run, words, voice, f, crossed) {
				t.Errorf("%s, %s, as %s: English is left: %q", f.ID, voice, format, left)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

// sent is what crossed in a run: its words, and all of it.
type sent struct {
	known pseudo.Known
	text  string
}

func whatCrossed(run *trace.Trace, developer bool) sent {
	known, text := sentIn(run, developer)
	return sent{known, text}
}

// leftIn are the words of English that are left in each form of a run.
func leftIn(
	t *testing.T, run *trace.Trace, words *tutorials.Library, voice tutorials.Voice, f flows.Flow, crossed map[bool]sent,
) map[string][]string {
	t.Helper()
	n := tutorials.Narrator{
		Words: words, Flow: f.ID, Voice: voice, Lens: tutorials.ProtocolLens, Person: "Jane", App: f.Cast.Client.Name, Provider: "Demo",
	}
	all := map[string][]string{}
	for _, format := range []string{"text", "markdown", "html", "page", "svg", "mermaid", "curl", "postman"} {
		var out bytes.Buffer
		if err := export.Write(&out, format, run, handout.Story(n), export.Options{Version: "0"}); err != nil {
			t.Fatal(err)
		}
		sent := crossed[voice == tutorials.Developer || format == "page"] // which shows the record in any voice
		left := sent.known.Left(readable(t, format, out.String()))
		left = slices.DeleteFunc(left, func(word string) bool { return len(word) > 12 && strings.Contains(sent.text, word) })
		if len(left) > 0 {
			all[format] = left
		}
	}
	return all
}

// readable is what of a form is for a reader, and no code of it.
func readable(t *testing.T, format, out string) string {
	t.Helper()
	switch format {
	case "curl": // comments but for the requests in them, and what the script says
		for _, name := range regexp.MustCompile(`(?m)^([a-z0-9_]+)\(\) \{$`).FindAllStringSubmatch(out, -1) { // it begins what is said of it
			out = strings.ReplaceAll(out, "# ⟦"+name[1]+" ", "# ")
		}
		said := regexp.MustCompile("(?m)^# ([^ ].*)$|^[^#\n].* # (.*)$|(?:echo|fail) \"((?:[^$]|[$][a-zA-Z0-9]).*)\"|:[?]([^}\"]*)[}\"]")
		var b strings.Builder
		for _, found := range said.FindAllStringSubmatch(out, -1) {
			b.WriteString(strings.Join(found[1:], " ") + "\n")
		}
		return regexp.MustCompile(`\$(CONTROL|\(?[a-z_]+)`).ReplaceAllString(b.String(), " ")
	case "postman":
		var all any
		if err := json.Unmarshal([]byte(out), &all); err != nil {
			t.Fatal(err)
		}
		return strings.Join(named(all), "\n")
	}
	out = strings.ReplaceAll(out, `\_`, "_")
	aside := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<code>[^<]*</code>|<[^>]*>|&[a-z]+;|` + "`[^`]*`")
	return aside.ReplaceAllString(out, " ")
}

// named are the names and descriptions in a collection, and what its scripts say of an answer.
func named(value any) []string {
	var all []string
	switch value := value.(type) {
	case []any:
		for _, inner := range value {
			all = append(all, named(inner)...)
		}
	case map[string]any:
		for name, inner := range value {
			text, isText := inner.(string)
			if isText && (name == "name" || name == "description") {
				all = append(all, regexp.MustCompile("`[^`]*`").ReplaceAllString(text, " "))
			}
			if lines, isCode := inner.([]any); isCode && name == "exec" {
				all = append(all, saidBy(lines)...)
			}
			all = append(all, named(inner)...)
		}
	}
	return all
}

// saidBy is what the lines of a script say of an answer.
func saidBy(lines []any) []string {
	var all []string
	says := regexp.MustCompile(`(?:test|Error|log|warn)\(("[^"]*")`)
	for _, line := range lines {
		for _, said := range says.FindAllStringSubmatch(fmt.Sprint(line), -1) {
			all = append(all, said[1])
		}
	}
	return all
}
