//go:build !race

package connect

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestWhoeverLooksAtALoginKeepsItWhileOthersCome(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	d.room.Rail()[1].Rows[0].Do()
	reading := d.room.login.screen.Player()
	d.service("my-service-secret")
	d.says(d.room.login.finding.sheet, "react-client")
	if d.room.login.screen.Player() != reading {
		t.Error("what somebody reads was drawn anew, though nothing of it changed")
	}
	d.press(fyne.KeyL)
	d.says(d.room.login.finding.sheet, "my-service-client")
}

func TestTheMessagesOfALoginAreOneKeyAway(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	for _, voice := range tutorials.Voices() { // in any words, the app is called as it is
		d.room.Tell(room.Manner{Words: d.room.words.Words, Voice: voice, Lens: tutorials.LensOf(voice)})
		if name, _ := d.room.login.screen.Narrator().Role(string(trace.Client)); name != "my-service-client" {
			t.Errorf("as %s, the app is called %q", voice, name)
		}
	}
	d.press(fyne.KeyD)
	if !d.room.login.messages || d.room.login.screen.Player().Len() != 2 {
		t.Error("D does not turn to the messages")
	}
	d.room.login.save()
	if !strings.Contains(d.saved.String(), `"client-secret-matches"`) {
		t.Errorf("what is saved lacks the rule that was broken:\n%.400s", d.saved.String())
	}
}

func TestWhatCannotBeDoneToALoginIsNotOffered(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.room.login.screen.Home()
	offered := map[string]bool{}
	for _, c := range append(d.room.Commands(), d.room.login.screen.ClockCommands()...) {
		offered[c.ID] = !c.Off
	}
	if !offered["walk.next"] || !offered["walk.play"] {
		t.Error("its messages cannot be stepped through")
	}
	for _, id := range []string{"walk.tamper", "clock.offer", "clock.1", "clock.back"} {
		if offered[id] {
			t.Errorf("%s is offered, and nobody is there to answer", id)
		}
	}
}

// A window that has no room for both shows what is wrong first, and the diagram of a login that went well.
func TestANarrowWindowLeadsToTheFindingOfALoginThatStopped(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		w.Resize(fyne.NewSize(480, 400))
	}
	told := func() bool { return d.room.Title().Aside.On }
	d.press(fyne.KeyS)
	d.service("wrong")
	if !told() {
		t.Error("a login that stopped shows without its finding")
	}
	if words := d.room.Title().Aside.Words; words != "Diagram" {
		t.Errorf("from there, %q leads on", words)
	}
	d.room.Title().Aside.Do()
	d.room.redraw()
	if told() || d.room.Title().Aside.Words != "Diagnosis" {
		t.Error("who turned to the diagram is led away from it")
	}
	d.service("wrong")
	if !told() {
		t.Error("the next login that stopped shows without its finding")
	}
	d.service("my-service-secret")
	if told() {
		t.Error("a login that went well shows without its diagram")
	}
}
