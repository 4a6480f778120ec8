package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func index(tb testing.TB) *search.Index {
	tb.Helper()
	words := wordstest.English(tb)
	return search.New(words, "Demo", tutorials.Developer)
}

func TestAHitIsCalledAsTheVoiceCallsItAndFoundByEveryName(t *testing.T) {
	words := wordstest.English(t)
	for voice, want := range map[tutorials.Voice][2]string{
		tutorials.Everyone:  {"Stay logged in", "Trade the claim ticket for the key card"},
		tutorials.Developer: {"Refresh token", "Exchange the code for tokens"},
	} {
		x := search.New(words, "Demo", voice)
		for i, typed := range []string{"refresh token", "exchange code for tokens"} {
			var found []string
			for _, g := range x.Find(typed) {
				for _, h := range g.Hits {
					found = append(found, h.Title)
				}
			}
			if !slices.Contains(found, want[i]) {
				t.Errorf("for the voice %s %q finds %q, and not %q", voice, typed, found, want[i])
			}
		}
	}
}

func TestEveryKindIsFoundByWhatPeopleType(t *testing.T) {
	x := index(t)
	for typed, want := range map[string]string{
		"refresh token":           "walk/refresh-token",
		"device":                  "walk/device-code",
		"code_verifier":           "dictionary/parameter/code_verifier",
		"verifier":                "dictionary/parameter/code_verifier",
		"authorization header":    "dictionary/header/Authorization",
		"nonce":                   "dictionary/claim/nonce",
		"rfc 7636 4.6":            "standards/rfc7636/4.6",
		"access token":            "glossary/access-token",
		"code-verifier-matches":   "rules/code-verifier-matches",
		"thief late":              "walk/refresh-token?thief=late",
		"other-verifier":          "walk/authorization-code-pkce?mistake=other-verifier",
		"the quiet intruder":      "check/be-the-provider/the-quiet-intruder",
		"set up a client":         "setup/spa",
		"spot the difference":     "check/difference",
		"be the provider":         "check/be-the-provider",
		"why a code first":        "mix-up/why-a-code-first",
		"invalid_grant mean":      "mix-up/what-invalid-grant-means",
		"three passes":            "lesson/tokens/three-passes",
		"machine to machine":      "lesson/machine-to-machine",
		"spring security":         "stack/spring",
		"consent page":            "walk/authorization-code/consent-page",
		"acess tokn":              "glossary/access-token",
		"REFRESH-TOKEN":           "walk/refresh-token",
		"authorization code pkce": "walk/authorization-code-pkce",
	} {
		var found []string
		for _, g := range x.Find(typed) {
			for _, h := range g.Hits {
				found = append(found, h.To.String())
			}
		}
		if !strings.Contains("\n"+strings.Join(found, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("%q finds %q, and not %s", typed, found, want)
		}
	}
}

func TestEveryFlowStepAndMistakeCanBeFound(t *testing.T) {
	x := index(t)
	for _, f := range flows.All() {
		for _, m := range f.Mistakes {
			if !finds(x, strings.ReplaceAll(m.ID, "-", " "), address.At("walk", f.ID).Choose("mistake", m.ID).String()) && !finds(x, m.ID, "") {
				t.Errorf("the mistake %s of %s can't be found", m.ID, f.ID)
			}
		}
		if !finds(x, f.ID, "walk/"+f.ID) {
			t.Errorf("the flow %s can't be found by its id", f.ID)
		}
	}
}

// finds reports whether an address is among the hits; "" is content with any.
func finds(x *search.Index, typed, to string) bool {
	for _, g := range x.Find(typed) {
		for _, h := range g.Hits {
			if to == "" || h.To.String() == to {
				return true
			}
		}
	}
	return false
}

func TestWhatNobodyMeantFindsNothing(t *testing.T) {
	x := index(t)
	for _, typed := range []string{"", "   ", "qzxqzx", "…", strings.Repeat("x", 5000)} {
		if got := x.Find(typed); len(got) != 0 {
			t.Errorf("%.20q finds %d kinds", typed, len(got))
		}
	}
}

func TestWhatElseIsHandedOverIsFoundToo(t *testing.T) {
	zoom := search.Of(search.Entry{Kind: search.Command, Title: "Zoom in", ID: "view.zoom-in"}, "")
	for _, typed := range []string{"zoom", "zo", "zoom in"} {
		got := index(t).Find(typed, zoom)
		if len(got) == 0 || got[0].Hits[0].ID != "view.zoom-in" {
			t.Errorf("%q does not find the command: %v", typed, got)
		}
	}
}

func TestTheBestKindComesFirstAndTheRestIsCounted(t *testing.T) {
	groups := index(t).Find("refresh token")
	if len(groups) < 3 || groups[0].Kind != search.Flow {
		t.Fatalf("the name of a flow finds first %v", groups)
	}
	for _, g := range groups {
		if len(g.Hits) > search.PerKind || g.More > 0 && len(g.Hits) < search.PerKind {
			t.Errorf("of the %ss %d are listed, and %d more are there", g.Kind, len(g.Hits), g.More)
		}
	}
}

func BenchmarkAKeyPress(b *testing.B) {
	x := index(b)
	for b.Loop() {
		for _, typed := range []string{"t", "token", "acess tokn", "rfc 7636 4.6", "qzxqzxqz"} {
			x.Find(typed)
		}
	}
}
