//go:build !race

package connect

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

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

func TestWhatSomebodyCopiedIsDiagnosed(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyV)
	d.says(d.room.sheet, "Nothing is copied.")
	d.copied = `{"error":"invalid_grant","error_description":"PKCE verification failed"}`
	d.press(fyne.KeyV)
	d.says(d.room.sheet, "What you copied")
	d.says(d.room.sheet, "The app lost its code_verifier")
	d.says(d.room.sheet, "Choose your stack")
	d.copied = "org.springframework.security.oauth2: invalid_grant, PKCE verification failed, at https://sso.example/realms/demo/protocol/openid-connect"
	d.press(fyne.KeyV)
	d.says(d.room.sheet, "Spring")
	d.choose(0, "Go")
	if words := d.room.sheet.words(); strings.Contains(words, "Spring") || d.room.server != nil {
		t.Errorf("Go was chosen, and nothing crossed:\n%s", words)
	}
	d.copied = "http://localhost:3000/callback?error=invalid_scope&state=abc"
	d.press(fyne.KeyV)
	d.says(d.room.sheet, "A scope is not allowed")
	d.copied = "curl -X POST https://idp.example/token -d 'grant_type=authorization_code&code=x&client_id=a'\n\n" +
		`{"error":"invalid_grant"}`
	d.press(fyne.KeyV)
	d.says(d.room.sheet, "The provider does not take the code")
	if d.room.server != nil {
		t.Error("nobody knows who sent what to whom, and a diagram is drawn of it")
	}
	d.copied = "hello world"
	d.press(fyne.KeyV)
	if len(d.notices) != 1 || !strings.HasPrefix(d.notices[0], "What you copied cannot be read: Nothing in it says why") {
		t.Errorf("of a word that says nothing it says %q", d.notices)
	}
}

func TestAFileThatIsDroppedIsOpenedUnlessSomethingIsOpen(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	file := storage.NewFileURI("/nowhere/error.txt")
	d.room.Drop(nil)
	d.room.Drop([]fyne.URI{file, file})
	d.brings = "AADSTS50011: The redirect URI 'http://localhost:3000/cb' specified in the request does not match"
	d.room.Drop([]fyne.URI{file})
	d.says(d.room.sheet, "error.txt")
	d.says(d.room.sheet, "The app’s return address is not known")
	d.press(fyne.KeyS)
	d.room.Drop([]fyne.URI{file})
	if want := []string{"Drop one file at a time.", "End what is open here first, then drop the file again."}; !slices.Equal(d.said, want) {
		t.Errorf("it says %q", d.said)
	}
}
