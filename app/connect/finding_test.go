//go:build !race

package connect

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials"
)

func TestALoginThatFailsIsDiagnosedAsItHappens(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	cause := d.room.server.log.Diagnose(d.room.login.number).Causes[0]
	words, _ := d.room.words.Words.Causes().Cause(cause.ID)
	d.says(d.room.login.finding.sheet, words.Title[tutorials.Developer])
	d.says(d.room.login.finding.sheet, "What to change")
	d.says(d.room.login.finding.sheet, "http://localhost:3000/callback/")
	d.says(d.room.login.finding.sheet, "react-client")
	if got := d.notes(); !slices.Equal(got, []string{"stopped"}) {
		t.Errorf("the list says %v", got)
	}
	d.service("my-service-secret")
	d.says(d.room.login.finding.sheet, "Logged in")
	if got := d.notes(); !slices.Equal(got, []string{"went well", "stopped"}) {
		t.Errorf("the list says %v", got)
	}
}

func TestOneStackIsToldItsCureAlone(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	d.says(d.room.login.finding.sheet, "Choose your stack")
	if words := d.room.login.finding.sheet.words(); strings.Contains(words, "Spring") {
		t.Errorf("no stack was chosen and none shows, and Spring is told:\n%s", words)
	}
	for _, row := range d.room.Strip()[2].Rows {
		if row.Label == "Go" {
			row.Do()
		}
	}
	if words := d.room.login.finding.sheet.words(); strings.Contains(words, "Spring") {
		t.Errorf("Go was chosen, and Spring is told, too:\n%s", words)
	}
	d.says(d.room.login.finding.sheet, "oauth2.Config")
}

func TestEveryVoiceTellsWhatWentWrong(t *testing.T) {
	for _, voice := range tutorials.Voices() {
		t.Run(string(voice), func(t *testing.T) {
			d := connecting(t, voice)
			d.press(fyne.KeyS)
			d.wrongRedirect()
			cause, _ := d.room.words.Words.Causes().Cause(d.room.server.log.Diagnose(d.room.login.number).Causes[0].ID)
			d.says(d.room.login.finding.sheet, cause.Title[voice])
			told := d.room.login.finding.sheet.words()
			if exact := strings.Contains(told, "Why this happens most often"); exact != (voice == tutorials.Developer) {
				t.Errorf("the reasons of developers are told: %t", exact)
			}
		})
	}
}
