//go:build !race

package connect

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestAPausedListStandsStill(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.press(fyne.KeyP)
	d.service("my-service-secret")
	if got := d.notes(); len(got) != 1 {
		t.Errorf("paused, it lists %v", got)
	}
	d.press(fyne.KeyP)
	if got := d.notes(); len(got) != 2 {
		t.Errorf("going on, it lists %v", got)
	}
	d.room.clear()
	d.says(d.room.sheet, "Waiting for the first login")
}

func TestABoundThatIsReachedIsSaid(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.bounds.Exchanges = 4
	d.press(fyne.KeyS)
	for range 6 {
		d.service("my-service-secret")
	}
	rows := d.room.Rail()[1].Rows
	if last := rows[len(rows)-1]; last.Label != "2 earlier requests are kept no longer" || !last.Off {
		t.Errorf("the list ends with %q", last.Label)
	}
}

func TestTheListIsSearched(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	for range 20 {
		d.service("my-service-secret")
	}
	d.wrongRedirect()
	if rows := d.room.Rail()[1].Rows; len(rows) != inRail+1 || rows[inRail].Label != "All 21 logins in a list" {
		t.Errorf("the rail lists %s", d.labels(1))
	}
	d.do("live.find")
	if !d.room.book.content.Visible() || len(d.room.book.runs) != 21 || d.shown != fyne.Focusable(d.room.book.search) {
		t.Errorf("%d logins are listed", len(d.room.book.runs))
	}
	d.room.book.search.SetText("localhost:3000/callback/")
	if got := d.room.book.runs; len(got) != 1 || got[0].Client != "react-client" || d.room.book.count.Words != "One login" {
		t.Errorf("found %+v", got)
	}
	d.room.book.search.SetText("nothing like it")
	if !strings.HasPrefix(d.room.book.count.Words, "No login fits") {
		t.Errorf("it says %q", d.room.book.count.Words)
	}
}

func TestTheListIsFilteredByAppAndByHowItWent(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.wrongRedirect()
	d.do("live.find")
	d.choose(0, "react-client")
	if len(d.room.book.runs) != 1 || !d.room.Strip()[0].Differs {
		t.Errorf("of react-client %d logins are listed", len(d.room.book.runs))
	}
	d.choose(0, "every app")
	d.choose(1, "stopped")
	if len(d.room.book.runs) != 1 || d.room.book.runs[0].State != logins.Stopped {
		t.Errorf("of those that stopped %d are listed", len(d.room.book.runs))
	}
	d.room.book.list.Open(0)
	d.says(d.room.login.finding.sheet, "react-client")
}

func TestWhoeverSearchedBeginsAnewWithTheWholeList(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.do("live.find")
	d.room.book.search.SetText("invalid_client")
	d.room.start.finish()
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.do("live.find")
	if d.room.book.search.Text != "" || len(d.room.book.runs) != 1 {
		t.Errorf("%q is still searched for, among %d logins", d.room.book.search.Text, len(d.room.book.runs))
	}
}

func TestAKeptLoginSurvivesClearing(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.press(fyne.KeyK)
	d.room.clear()
	if got := d.notes(); !slices.Equal(got, []string{"stopped"}) {
		t.Errorf("the list says %v", got)
	}
	d.room.Rail()[1].Rows[0].Do()
	d.press(fyne.KeyK)
	if got := d.labels(1); got != "None yet" {
		t.Errorf("kept no longer, it is still listed: %s", got)
	}
}

func TestTheListOfLoginsIsWorkedByKeyboardAlone(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.room.book.open()
	window := fyne.CurrentApp().Driver().CanvasForObject(d.room.book.search)
	window.Focus(d.room.book.search)
	window.FocusNext()
	if window.Focused() != d.room.book.list {
		t.Errorf("after the field comes %T", window.Focused())
	}
	d.room.book.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.room.login.number != 1 {
		t.Error("Enter does not open the first login that was found")
	}
}

func TestTheListAtTheLeftIsRedWhereALoginStopped(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.service("my-service-secret")
	rows := d.room.Rail()[1].Rows
	if rows[0].Ink != look.Pass || rows[1].Ink != look.Fail || rows[2].Ink != "" {
		t.Errorf("the list is coloured %q, %q, %q", rows[0].Ink, rows[1].Ink, rows[2].Ink)
	}
}
