//go:build !race

package present

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
)

func TestATalkIsTakenAlongInEveryForm(t *testing.T) {
	h := inHall(t, look.Light, 1)
	h.room.Go(address.At(Place, "log-in-with").Choose(ChoiceMinutes, "5"))
	which, _ := h.room.manner.Words.Talks().Talk("log-in-with")
	for _, form := range append(deck.Formats(), runs) {
		h.room.take(which, h.room.lengthOf(&which), form)
	}
	for name, begins := range map[string]string{
		"log-in-with.handout.html": "<!DOCTYPE html>", "log-in-with.slideshow.html": "<!DOCTYPE html>", "log-in-with.pptx": "PK",
		"log-in-with.png.zip": "PK", "log-in-with.runs.json": "{",
	} {
		if !strings.HasPrefix(string(h.saved[name]), begins) {
			t.Errorf("%s begins with %q", name, h.saved[name][:min(15, len(h.saved[name]))])
		}
	}
	if want := []string{"log-in-with.handout.html", "log-in-with.slideshow.html"}; !slices.Equal(h.shown, want) {
		t.Errorf("a browser shows %q", h.shown)
	}
	if n := strings.Count(string(h.saved["log-in-with.slideshow.html"]), "<section "); n != len(which.Cut(5)) {
		t.Errorf("the version that was chosen has %d scenes, and %d are taken along", len(which.Cut(5)), n)
	}
	other, _ := h.room.manner.Words.Talks().Talk("log-in-with-staff")
	if minutes := h.room.lengthOf(&other); minutes != 20 {
		t.Errorf("of another talk the version of %d minutes is taken along", minutes)
	}
}
