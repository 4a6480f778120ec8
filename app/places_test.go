//go:build !race

package app

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestAnotherRoomIsAFolderAndARow(t *testing.T) {
	w, k := withKitchen(t)
	if k.opened {
		t.Fatal("a room that nobody has entered was opened")
	}
	inMenu(t, w, "Go", "Kitchen").Action()
	titled, shows := false, false
	each(w.frame.Content(), func(o fyne.CanvasObject) {
		line, ok := o.(*page.Line)
		titled = titled || ok && line.Words == "Kitchen"
		shows = shows || o == fyne.CanvasObject(k.content)
	})
	if !k.opened || !titled || !shows {
		t.Errorf("the room was opened: %v, the header names it: %v, the frame holds it: %v", k.opened, titled, shows)
	}
	if k.manner.Voice != tutorials.Everyone {
		t.Errorf("the room was told %+v", k.manner)
	}
	if first := w.win.MainMenu().Items[0].Label; first != "Soup" {
		t.Errorf("the first menu is %q", first)
	}
	for _, m := range w.win.MainMenu().Items {
		if m.Label == "Clock" {
			t.Error("the menu of the room that was left still stands there")
		}
	}
}

func TestAnotherRoomsKeysActAndAreListed(t *testing.T) {
	w, k := withKitchen(t)
	w.act("place.kitchen")
	if item := inMenu(t, w, "Soup", "Empty all"); !item.Disabled {
		t.Error("what can't act is not disabled")
	}
	typeKeys(w, fyne.KeyU, fyne.KeyU, fyne.KeyRight)
	if item := inMenu(t, w, "Soup", "Empty all"); k.pots != 2 || item.Disabled {
		t.Errorf("two keys filled %d pots; emptying is disabled: %v", k.pots, item.Disabled)
	}
	inMenu(t, w, "Soup", "Fill a pot  (Ctrl+U)").Action()
	if k.pots != 3 {
		t.Errorf("the menu filled the %d. pot", k.pots)
	}
	var listed []string
	for _, l := range room.Lines(w.table()) {
		listed = append(listed, l.Keys+": "+l.Words)
	}
	if !slices.Contains(listed, "U · Ctrl+U: Fill a pot") || strings.Contains(strings.Join(listed, " "), "Next step") {
		t.Errorf("F1 lists %q", listed)
	}
}

func TestAnotherRoomHasItsRailItsStateAndItsEnd(t *testing.T) {
	w, k := withKitchen(t)
	w.act("place.kitchen")
	typeKeys(w, fyne.KeyU, fyne.KeyU)
	test.Tap(button(t, w, "A pot"))
	rows := 0
	each(w.frame.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*page.Button); ok && b.Label == "A pot" {
			rows++
		}
	})
	if rows != 1 {
		t.Errorf("after one of two pots was taken away the rail lists %d", rows)
	}
	text, err := w.stateText()
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Pots int    `json:"pots"`
		Room string `json:"room"`
		Lens string `json:"lens"`
	}
	if err := json.Unmarshal(text, &state); err != nil || state.Pots != 1 || state.Room != "kitchen" || state.Lens == "" {
		t.Errorf("the state is %s: %v", text, err)
	}
	w.rooms.dropped(fyne.Position{}, []fyne.URI{nil})
	if k.dropped != 1 {
		t.Errorf("%d files were dropped", k.dropped)
	}
	w.view.setVoice(tutorials.Developer)
	if err := w.remember(); err != nil {
		t.Fatal(err)
	}
	if k.manner.Voice != tutorials.Developer || w.Store().Int("pots") != 1 {
		t.Errorf("told %+v, and %d pots are remembered", k.manner, w.Store().Int("pots"))
	}
	typeKeys(w, fyne.KeyV)
	w.act("place.walk")
	typeKeys(w, fyne.KeyRight)
	if got := now(t, w); got.Cursor != 0 || got.Room != "walk" {
		t.Errorf("back in the first room a key leads to %+v", got)
	}
	k.ends = errors.New("the gas is on")
	err = w.close()
	if !k.closed || err == nil || !strings.Contains(err.Error(), "gas") {
		t.Errorf("closed %v, and what the room said of it is %v", k.closed, err)
	}
	delete(w.rooms.made, "kitchen") // it is closed, and the window closes the rest
}
