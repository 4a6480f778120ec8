//go:build !race

package connect

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestPlainVoicesSayWhenALoginStoppedAndTheNameOfTheTradeOnce(t *testing.T) {
	for voice, want := range map[tutorials.Voice]string{
		tutorials.Everyone:  "stopped when the app asked for access of its own (the token endpoint)",
		tutorials.Executive: "stopped when the app asked for access of its own (the token endpoint)",
		tutorials.Developer: "stopped at the token endpoint",
	} {
		d := connecting(t, voice)
		d.press(fyne.KeyS)
		d.service("wrong")
		d.says(d.room.login.finding.sheet, want)
		if n := strings.Count(d.room.login.finding.sheet.words(), "token endpoint"); n != 1 {
			t.Errorf("to %s the token endpoint is named %d times", voice, n)
		}
	}
}

func TestEveryEndpointIsToldInPlainWords(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, at := range logins.Endpoints() {
		if words := d.room.words.where(at, ""); words == "" || strings.Contains(words, "connect.when") || strings.Contains(words, "endpoint") {
			t.Errorf("%s is told as %q", at, words)
		}
	}
	for _, grant := range []string{"client_credentials", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code"} {
		told := d.room.words.where(logins.Token, grant)
		if told == d.room.words.where(logins.Token, "") || strings.Contains(told, "connect.when") {
			t.Errorf("tokens by %s are told as %q", grant, told)
		}
	}
}
