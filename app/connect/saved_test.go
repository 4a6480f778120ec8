package connect

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials"
)

func TestAllLoginsAreSavedAndOpenAgain(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.wrongRedirect()
	d.do("live.save-all")
	d.room.start.finish()
	d.brings = d.saved.String()
	d.do("live.open")
	if len(d.notices) > 0 {
		t.Fatal(d.notices)
	}
	d.says(d.room.login.finding.sheet, "react-client")
	if got := d.notes(); !slices.Equal(got, []string{"stopped", "went well"}) || d.room.Title().Badge != "saved" || d.room.server.operable() {
		t.Errorf("the list says %v, and the header %q", got, d.room.Title().Badge)
	}
	d.room.start.finish()
	d.brings = "this is no run"
	d.room.start.openSaved()
	d.brings = ""
	d.room.start.openHAR()
	if len(d.notices) != 2 || !strings.HasPrefix(d.notices[len(d.notices)-1], "saved.json cannot be read") || d.room.Rail() != nil {
		t.Errorf("of a file that is none it says %q", d.notices)
	}
}
