//go:build !race

package app

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
)

// tourist goes through the window in the pseudo language, and reads all there is.
type tourist struct {
	*testing.T
	w     *window
	known pseudo.Known
	read  map[string]bool
	pages int
}

func newTourist(t *testing.T) *tourist {
	t.Helper()
	v := &tourist{T: t, w: speaking(t, Options{Walk: walk.Options{Flow: "implicit"}}), read: map[string]bool{}}
	v.known = pseudo.Names()
	for _, e := range v.w.words.Dictionary().Entries() {
		v.known.Add(e.Name)
	}
	standards, err := tutorials.ReadStandards() // which are in no language but their own
	if err != nil {
		t.Fatal(err)
	}
	for document, headings := range standards {
		v.known.Add(document)
		for _, heading := range headings {
			v.read[heading] = true
		}
	}
	return v
}

// sees reads whatever can be read of the window now.
func (v *tourist) sees(where string) {
	v.Helper()
	v.pages++
	said := append(texts(v.w.win.Content()), texts(v.w.win.Canvas().Overlays().Top())...)
	for c := range room.All(v.w.table()) {
		said = append(said, c.Label(), c.Line())
	}
	for _, chip := range v.w.rooms.shown.Strip() {
		said = append(said, chip.Words())
	}
	for _, text := range said {
		value := !strings.Contains(text, " ") && strings.ContainsAny(text, "-_.:/=+") // of the wire
		if v.read[text] || value {
			continue
		}
		v.read[text] = true
		if left := v.known.Left(text); len(left) > 0 {
			v.Errorf("%s: %q is English in %q", where, left, text)
		}
	}
}

func (v *tourist) goes(head string, path ...string) {
	v.Helper()
	v.w.Go(address.At(head, path...))
	v.sees(strings.Join(append([]string{head}, path...), "/"))
}

// Walks are read step by step in their own room; here is all the rest of the house, in every voice.
func TestNoEnglishIsLeftInAnyPlace(t *testing.T) {
	v := newTourist(t)
	for n, voice := range tutorials.Voices() {
		v.w.view.setVoice(voice)
		v.enters(voice)
		v.learns(n)
		v.looksUp(n)
		for c := range room.All(v.w.table()) {
			if c.Opens && c.Do != nil && !c.Off {
				c.Do()
				v.sees(c.ID)
				v.w.dialogs.Dismiss()
			}
		}
	}
	if v.pages < 80 || len(v.read) < 1000 {
		t.Errorf("only %d pages with %d texts were read", v.pages, len(v.read))
	}
}

// enters goes into each room but that of walks.
func (v *tourist) enters(voice tutorials.Voice) {
	v.Helper()
	for _, p := range v.w.rooms.places {
		for _, head := range append([]string{p.id}, p.heads...) {
			if p.id != walk.Place && (voice != tutorials.Developer || head != "check") { // a request as it is sent
				v.goes(head)
			}
		}
	}
}

// learns looks at a screen of each lesson, another one in each voice.
func (v *tourist) learns(n int) {
	v.Helper()
	lessons, err := v.w.words.Lessons().All()
	if err != nil {
		v.Fatal(err)
	}
	for i, l := range lessons {
		v.goes("lesson", l.ID, l.Screens[(i+n)%len(l.Screens)].ID)
	}
}

// looksUp reads some of the pages, others in each voice.
func (v *tourist) looksUp(n int) {
	v.Helper()
	for i, term := range v.w.words.Glossary().Terms() {
		if i%15 == n {
			v.goes("glossary", term.ID)
		}
	}
	for i, e := range v.w.words.Dictionary().Entries() {
		if i%30 == n {
			v.goes("dictionary", e.Kind, e.Name)
		}
	}
}
