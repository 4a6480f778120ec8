//go:build !race

package walk

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// sent is what crossed in a run, as far as it is not to be translated: the words
// of it, and the text in which a part of a value is looked for.
type sent struct {
	words pseudo.Known
	text  string
}

// sentIn leaves the reason of a refusal to developers, who read it as the client got it.
func sentIn(t *testing.T, run *trace.Trace, developer bool) sent {
	t.Helper()
	s := sent{words: pseudo.Names()}
	for i := range run.Messages {
		m := run.Messages[i]
		s.text += m.URL + string(m.Body)
		for _, c := range m.Checks {
			if developer {
				s.words.Add(c.Reason)
			}
			s.words.Add(fmt.Sprint(c.Expected, " ", c.Got, " ", c.Error))
		}
		for _, place := range m.Places() {
			s.text += place.Name + " " + place.Value + " "
		}
		if m.IsHTML() {
			m.Body = nil // pages are to be translated
		}
		s.words.Add(string(m.Body))
		m.Checks, m.Body, m.Act = nil, nil, nil
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		s.words.Add(regexp.MustCompile(`\\[nu0-9a-f]`).ReplaceAllString(string(text), " "))
		s.text += string(text)
	}
	return s
}

// left are the words that nobody sent. What has not one accent may be a value, or a part of one.
func (s sent) left(text string) []string {
	left := s.words.Left(text)
	if strings.ContainsAny(text, "⟦⟧") || regexp.MustCompile(`[à-ž]`).MatchString(text) {
		return left
	}
	return slices.DeleteFunc(left, func(word string) bool { return strings.Contains(s.text, word) })
}

// report tells of each such word once.
func (s sent) report(t *testing.T, found map[string]bool, where string, shown []string) {
	t.Helper()
	for _, text := range shown {
		for _, word := range s.left(text) {
			if line := word + " in " + text; !found[line] {
				found[line] = true
				t.Errorf("%s: %q is English in %q", where, word, text)
			}
		}
	}
}

func TestNoEnglishIsLeftOnAScreenInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	found := map[string]bool{}
	check := func(where string, known sent, shown []string) { known.report(t, found, where, shown) }
	for _, f := range flows.All() {
		s := opening(t, Options{Flow: f.ID})
		s.Tell(room.Manner{Words: words, Voice: tutorials.Everyone, Lens: tutorials.ProtocolLens})
		s.plain() // in this language the screen is another
		s.win.SetContent(s.Content())
		p := s.screen.Player()
		known := map[bool]sent{true: sentIn(t, p.Plan(), true), false: sentIn(t, p.Plan(), false)}
		for i := range p.Len() {
			voice := tutorials.Voices()[i%len(tutorials.Voices())]
			s.Tell(room.Manner{Words: words, Voice: voice, Lens: words.Lenses()[i/2%len(words.Lenses())].ID})
			s.screen.Seek(i)
			for k := range 3 { // all of them in a few steps
				s.screen.ShowTab(Tabs()[(i+3*k)%len(Tabs())])
				check(f.ID+", "+p.At(i).Step+", "+string(voice), known[voice == tutorials.Developer], texts(s.Content()))
			}
		}
		for _, id := range []string{"run.export", "what-if.mistake", "bench.token", "bench.pkce", "walk.tamper"} {
			s.act(t, id)
			check(f.ID+", "+id, known[false], append(texts(s.win.Canvas().Overlays().Top()), texts(s.Content())...))
			s.dialogs.Dismiss()
		}
	}
}
