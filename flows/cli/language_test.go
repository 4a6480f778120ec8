package cli

import (
	"bytes"
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
)

// translated loads the pseudo language.
func translated(t *testing.T) *tutorials.Library {
	t.Helper()
	files, err := pseudo.Files(tutorials.Files())
	if err != nil {
		t.Fatal(err)
	}
	words, err := tutorials.Open(files, pseudo.Language)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// sentIn are the words of what crossed; rules are told to developers in the words of their standards.
func sentIn(run *trace.Trace, developer bool) (words pseudo.Known, text string) {
	words = pseudo.Names("Appendix private key jwt refresh jku jwk crv location hash href state Referer WWW",
		"No WHERE owner issuer auth time code challenge nonce single localStorage insufficient sid diff slow down endpoint expired ago post",
		"printf openssl tr dgst binary head", // a shell
		"sequenceDiagram actor participant Owner Browser Client OtherClient Expenses Provider API Attacker as Note over rect rgb end") // and Mermaid
	var all strings.Builder
	for i := range run.Messages {
		m := &run.Messages[i]
		for _, c := range m.Checks {
			fmt.Fprintln(&all, c.Expected, c.Got, c.Error, c.Spec)
			if developer {
				fmt.Fprintln(&all, c.Rule, c.Reason)
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
	words := translated(t)
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
	aside := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>|&[a-z]+;|` + "`[^`]*`")
	n := tutorials.Narrator{
		Words: words, Flow: f.ID, Voice: voice, Lens: tutorials.ProtocolLens, Person: "Jane", App: f.Cast.Client.Name, Provider: "Demo",
	}
	all := map[string][]string{}
	for _, format := range []string{"text", "markdown", "html", "page", "svg", "mermaid"} {
		var out bytes.Buffer
		if err := export.Write(&out, format, run, handout.Story(n), export.Options{Version: "0"}); err != nil {
			t.Fatal(err)
		}
		sent := crossed[voice == tutorials.Developer || format == "page"] // which shows the record in any voice
		left := sent.known.Left(aside.ReplaceAllString(out.String(), " "))
		left = slices.DeleteFunc(left, func(word string) bool { return len(word) > 12 && strings.Contains(sent.text, word) })
		if len(left) > 0 {
			all[format] = left
		}
	}
	return all
}
