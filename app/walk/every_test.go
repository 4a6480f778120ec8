//go:build !race

package walk

import (
	"net/url"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Each flow has its own app, API and keys; the access token of each is accepted on the bench.
func TestTheTokensOfEveryFlowPassTheirRules(t *testing.T) {
	for _, f := range flows.All() {
		t.Run(f.ID, func(t *testing.T) {
			s := opening(t, Options{Flow: f.ID})
			p := s.screen.Player()
			i := p.Find("token-response")
			if i < 0 {
				return // the implicit grant has none
			}
			s.screen.Seek(i)
			for _, o := range s.benches.offered() {
				if c := failedOf(p.Bench().Check(token.KindOf(o.Raw), o.Raw)); c != nil {
					t.Errorf("%s: %s: expected %s, got %s", o.Label, c.ID, c.Expected, c.Got)
				}
			}
		})
	}
}

func TestTheExportDialogWritesWhatIsChosen(t *testing.T) {
	s := opening(t, Options{At: "end"})
	s.as(tutorials.Developer, tutorials.ProtocolLens)
	d := &disk{}
	s.files = d
	for i, f := range export.Formats() {
		exporting{s.Room}.show()
		if !s.dialogs.IsOpen() {
			t.Fatal("no dialog is open")
		}
		s.dialogs.Dismiss()
		dialog := exporting{s.Room}.dialog()
		dialog.choose(i)
		dialog.mask.SetChecked(true)
		if dialog.copy.Disabled() == f.Text {
			t.Errorf("%s: Copy is wrong", f.ID)
		}
		dialog.save()
		if !strings.HasSuffix(d.offered, "-masked"+f.Extension) || len(d.content) < 1000 {
			t.Errorf("%s: %d bytes are saved as %q", f.ID, len(d.content), d.offered)
		}
		if !f.Text {
			continue
		}
		if strings.Contains(string(d.content), s.screen.Player().Plan().Latest("code")) {
			t.Errorf("%s: the code survives", f.ID)
		}
		dialog.toClipboard()
		if s.Pasted() != string(d.content) {
			t.Errorf("%s: Copy and Save differ", f.ID)
		}
	}
}

func TestAnUnusualRunCanBeLookedAt(t *testing.T) {
	s := opening(t, Options{})
	const head = `{"grantwalk":1,"flow":"authorization-code-pkce","outcome":{"state":"refused"},"messages":[`
	const rest = `"from":"client","to":"resource-owner","at":"2026-03-02T09:00:00Z"`
	for _, m := range []string{
		`{"step":"x","kind":"gesture","channel":"local",` + rest + `}`, `{"step":"token","kind":"note","channel":"front",` + rest + `}`,
		`{"step":"sign-in-page","kind":"response","exchange":9,"status":200,"channel":"front",` + rest +
			`,"header":[{"name":"Content-Type","value":"text/html"}],"body":"<form><input name=a>"}`,
		`{"step":"token","kind":"request","channel":"back","method":"\u0000","url":"%zz://",` + rest +
			`,"checks":[{"by":"","id":"","rule":"","spec":{"doc":""},"result":"fail"}]}`,
		`{"step":"callback","kind":"request","channel":"front","method":"GET","url":"https://x/?code=` + url.QueryEscape("<>\u202e") + `",` +
			rest + `,"calc":{},"act":{"verb":"","object":""}}`,
	} {
		s.readRun("unusual", strings.NewReader(head+m+"]}"))
		if s.dialogs.IsOpen() || s.state().Saved == "" {
			t.Fatalf("%s was refused", m)
		}
		for _, tab := range Tabs() {
			typeKeys(s, fyne.KeyHome, fyne.KeyRight)
			s.as(tutorials.Everyone, tutorials.ProtocolLens)
			s.as(tutorials.Developer, tutorials.ProtocolLens)
			s.screen.ShowTab(tab)
		}
		for _, f := range export.Formats() {
			if _, err := (exporting{s.Room}).write(f.ID, true); err != nil {
				t.Error(err)
			}
		}
	}
}
