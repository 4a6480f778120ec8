package inspector_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
)

func TestTimesOfATokenAreSaidAsDatesAndFromNow(t *testing.T) {
	v := paneFor(t, fyne.NewSize(620, 3000))
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	for _, text := range []string{
		"15 Jan 2026, 09:35:10 UTC · in 4 min 58 s", "Nobody has checked this token yet",
		"skipped: there is one audience and no azp",
	} {
		if !shows(v, text) {
			t.Errorf("does not show %q", text)
		}
	}
}

func TestAnOpaqueTokenSaysSo(t *testing.T) {
	v := paneFor(t, wide())
	c := tokensStep()
	c.Tokens = []inspector.Token{{Name: "Access token", Artefact: "access-token", Raw: "2YotnFZFEjr1zCsicMWpAA", Opaque: true}}
	v.SetContent(c)
	v.SelectTab("tokens")
	if !shows(v, "There is nothing to read in it") || !shows(v, "2YotnFZFEjr1zCsicMWpAA") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestATokenAlsoHasItsNameInTheStandards(t *testing.T) {
	c := tokensStep()
	c.Tokens[0].Name, c.Tokens[0].Also = "Photo ID", "ID token"
	v := paneOn(t, "tokens", c)
	if !shows(v, "Photo ID · ID token") {
		t.Errorf("shows %q", textsOf(v))
	}
}
