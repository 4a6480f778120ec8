//go:build !race

package connect

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials"
)

// button is the one that shows with a label.
func (d *desk) button(label string) *page.Button {
	d.t.Helper()
	var labels []string
	for _, area := range []fyne.CanvasObject{d.room.sheet, d.room.book.content, d.room.login.finding.sheet} {
		for _, stop := range page.Stops(area) {
			if b, ok := stop.(*page.Button); ok {
				if labels = append(labels, b.Label); b.Label == label {
					return b
				}
			}
		}
	}
	d.t.Fatalf("of the buttons %q none is %q", labels, label)
	return nil
}

// What stands in the menu about what shows has a button there as well.
func TestALoginAndTheListHaveButtonsForWhatCanBeDone(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.service("wrong")
	test.Tap(d.button("Keep this login"))
	if !d.room.login.kept() || !d.button("Keep this login").Chosen {
		t.Error("a press does not keep the login, or nobody sees it")
	}
	d.service("wrong")
	d.room.book.open()
	test.Tap(d.button("Pause"))
	d.service("wrong")
	if !d.room.book.paused || !d.button("Pause").Chosen || len(d.room.book.runs) != 2 {
		t.Errorf("a press does not pause: %d logins are listed", len(d.room.book.runs))
	}
	test.Tap(d.button("Pause"))
	if len(d.room.book.runs) != 3 || d.button("Pause").Chosen {
		t.Errorf("a press does not go on: %d logins are listed", len(d.room.book.runs))
	}
	d.room.Rail()[0].Rows[0].Do()
	if strings.Contains(d.room.sheet.words(), "first login") {
		t.Errorf("after three logins it waits for the first:\n%s", d.room.sheet.words())
	}
	d.says(d.room.sheet, "Give your app an issuer and a client from here")
	d.room.book.open()
	test.Tap(d.button("Clear the list"))
	if got := d.notes(); !slices.Equal(got, []string{"stopped"}) {
		t.Errorf("cleared, the list says %q", got)
	}
	test.Tap(d.button("Save all logins"))
	if d.saved.Len() == 0 {
		t.Error("a press saves nothing")
	}
	d.room.Rail()[0].Rows[0].Do()
	test.Tap(d.button("Stop serving"))
	if d.ended != 1 {
		t.Errorf("the server was ended %d times", d.ended)
	}
}
