//go:build !race

package walk

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func parse(t *testing.T, text string) address.Address {
	t.Helper()
	a, err := address.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnAddressOpensFlowChoicesStepAndTab(t *testing.T) {
	s := opening(t, Options{})
	for _, to := range []string{
		"walk/authorization-code",
		"walk/authorization-code-pkce/token?jump=token%3A10m0s",
		"walk/device-code/poll.2",
		"walk/authorization-code-pkce/consent-page?person=sam",
		"walk/authorization-code-pkce/type-wrong-password?password=wrong",
		"walk/authorization-code-pkce/refuse-consent?deny=yes",
		"walk/authorization-code-pkce/token?mistake=other-verifier&tab=checks",
		"walk/refresh-token/refresh?tab=checks&thief=late",
	} {
		s.said = ""
		s.Go(parse(t, to))
		if got := s.Address().String(); got != to || s.said != "" {
			t.Errorf("%s leads to %s, and says %q", to, got, s.said)
		}
	}
}

func TestAnAddressThatIsBrokenOpensTheNearestThingAndSaysSo(t *testing.T) {
	for to, want := range map[string][2]string{
		"walk/refresh-tokn/refresh":                        {"walk/refresh-token/refresh", "no flow called “refresh-tokn”"},
		"walk/refresh-token/refesh":                        {"walk/refresh-token/refresh", "no step called “refesh”"},
		"walk/refresh-token/quux":                          {"walk/refresh-token", "no step called “quux”"},
		"walk/refresh-token/refresh?thief=yes":             {"walk/refresh-token/refresh", "yes"},
		"walk/refresh-token/refresh?person=eve":            {"walk/refresh-token/refresh", "eve"},
		"walk/refresh-token/refresh?jump=tomorrow":         {"walk/refresh-token/refresh", "tomorrow"},
		"walk/refresh-token/refresh?tab=zzzzz":             {"walk/refresh-token/refresh", "zzzzz"},
		"walk/zzzzz":                                       {"walk/authorization-code-pkce", "no flow called “zzzzz”"},
		"walk/authorization-code-pkce?mistake=qqqq":        {"walk/authorization-code-pkce", "no classic mistake called “qqqq”"},
		"walk/authorization-code-pkce?mistake=unknown-cod": {"walk/authorization-code-pkce/callback?mistake=unknown-code", "nearest"},
		"workbench/quux":                                   {"walk/authorization-code-pkce", "no workbench called “quux”"},
	} {
		s := opening(t, Options{})
		s.Go(parse(t, to))
		if got := s.Address().String(); got != want[0] || !strings.Contains(s.said, want[1]) {
			t.Errorf("%s leads to %s, and says %q; want %s and %q", to, got, s.said, want[0], want[1])
		}
	}
}

func TestEveryStepOfEveryFlowHasAnAddressThatLeadsToIt(t *testing.T) {
	s := opening(t, Options{})
	for _, f := range flows.All() {
		for _, step := range f.Steps {
			s.said = ""
			s.Go(address.At(Place, f.ID, step.ID))
			if got := s.state(); got.Flow != f.ID || got.Step != step.ID && s.said == "" {
				t.Errorf("walk/%s/%s leads to %s in %s, and nobody says so", f.ID, step.ID, got.Step, got.Flow)
			}
		}
	}
}

func TestAChapterHasAnAddress(t *testing.T) {
	s := opening(t, Options{})
	s.Go(parse(t, "walk/refresh-token/renew?thief=late"))
	if got := s.state(); got.Step != "time-passes" || s.said != "" {
		t.Errorf("the chapter in which the app renews begins at %s, and what is said is %q", got.Step, s.said)
	}
}

func TestAWorkbenchHasAnAddress(t *testing.T) {
	s := opening(t, Options{})
	for to, want := range map[string]string{"workbench/pkce": "pkce", "workbench/token/make": "token/make", "workbench/token": "token/read"} {
		s.dialogs.Dismiss()
		s.Go(parse(t, to))
		if got := s.state().Bench; !strings.HasPrefix(got, strings.Split(want, "/")[0]) || want == "token/make" && got != want {
			t.Errorf("%s opens %q, want %q", to, got, want)
		}
	}
}

func TestAnAddressIsNamedAsWhatItLeadsTo(t *testing.T) {
	words := wordstest.English(t)
	m := room.Manner{Words: words, Voice: tutorials.Developer, Lens: tutorials.ProtocolLens}
	for to, want := range map[string]string{
		"walk/refresh-token": "Refresh token", "workbench/pkce": "PKCE workbench", "walk/refresh-token/renew.2": "Refresh token, at “",
	} {
		if got := Named(m, parse(t, to)); !strings.HasPrefix(got, want) {
			t.Errorf("%s is named %q, want %q", to, got, want)
		}
	}
}

func TestAnAddressThatChangesARequestWalksItSo(t *testing.T) {
	s := opening(t, Options{})
	s.Go(address.At(Place, "authorization-code-pkce", "token").Choose(address.ChoiceChange, "token?redirect_uri=https://travel.example/callback/"))
	if got := s.state(); got.Step != "token" || s.said != "" {
		t.Fatalf("it leads to %s and says %q", got.Step, s.said)
	}
	edits := s.whatIf.choices().Edits
	if len(edits) != 1 || edits[0].Params[0].Value != "https://travel.example/callback/" {
		t.Errorf("the run is changed so: %+v", edits)
	}
	s.Go(address.At(Place, "refresh-token"))
	if edits := s.whatIf.choices().Edits; len(edits) != 0 {
		t.Errorf("another walk is changed too: %+v", edits)
	}
}
