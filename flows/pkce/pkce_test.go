package pkce_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/pkce"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestTheExampleOfTheRFCComesOut(t *testing.T) {
	w := pkce.Work(pkce.Example())
	if w.Challenge != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" || !w.Sound() {
		t.Errorf("%+v", w)
	}
	// RFC 7636 appendix B gives the octets of the hash too.
	want := []byte{
		19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8,
		118, 168, 120, 173, 109, 241, 68, 86, 110, 225, 137, 74, 203, 112, 249, 195,
	}
	if !bytes.Equal(w.Hash[:], want) || string(w.Bytes) != pkce.Example() {
		t.Errorf("the hash is %v", w.Hash)
	}
}

func TestARolledVerifierIsTheExampleWithItsOctets(t *testing.T) {
	octets := []byte{ // RFC 7636 appendix B
		116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186,
		22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
	}
	if got, err := pkce.Roll(bytes.NewReader(octets)); err != nil || got != pkce.Example() {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := pkce.Roll(bytes.NewReader(octets[:31])); err == nil {
		t.Error("too little randomness went unnoticed")
	}
	one, err := pkce.Roll(rand.Reader)
	other, err2 := pkce.Roll(rand.Reader)
	if err != nil || err2 != nil || one == other || !pkce.Work(one).Sound() {
		t.Errorf("%q, %q", one, other)
	}
}

// A judge that is not ours.
func TestXOAuth2MakesTheSameChallenge(t *testing.T) {
	for range 20 {
		v := oauth2.GenerateVerifier()
		if w := pkce.Work(v); w.Challenge != oauth2.S256ChallengeFromVerifier(v) || !w.Sound() {
			t.Errorf("%q: %+v", v, w)
		}
	}
}

func TestABadVerifierSaysWhichRuleItBreaks(t *testing.T) {
	long := strings.Repeat("a", pkce.Longest)
	came := map[string]bool{}
	for name, row := range map[string]struct {
		verifier string
		broken   []string
		got      string
	}{
		"nothing":              {"", []string{pkce.RuleLeast}, "0 characters"},
		"one too short":        {strings.Repeat("a", pkce.Shortest-1), []string{pkce.RuleLeast}, "42 characters"},
		"just long enough":     {strings.Repeat("a", pkce.Shortest), nil, ""},
		"as long as it may be": {long, nil, ""},
		"one too long":         {long + "a", []string{pkce.RuleMost}, "129 characters"},
		"all that is allowed":  {strings.Repeat("AZaz09-._~", 5), nil, ""},
		"a space":              {long[:50] + " ", []string{pkce.RuleAlphabet}, "a space at place 51"},
		"base64 of old":        {long[:50] + "+/=", []string{pkce.RuleAlphabet}, "'+' at place 51"},
		"a letter with a dot":  {"é" + long[:42], []string{pkce.RuleAlphabet}, "'é' at place 1"},
		"short and strange":    {"hunter 2", []string{pkce.RuleLeast, pkce.RuleAlphabet}, "a space at place 7"},
	} {
		var broken []string
		got := ""
		for _, c := range pkce.Work(row.verifier).Checks {
			came[c.ID+" "+string(c.Result)] = true
			if c.Result != trace.Fail {
				continue
			}
			broken, got = append(broken, c.ID), c.Got
			if c.Reason == "" || c.Spec.String() != "RFC 7636 §4.1" {
				t.Errorf("%s: the broken rule is not whole: %+v", name, c)
			}
		}
		if strings.Join(broken, " ") != strings.Join(row.broken, " ") || got != row.got {
			t.Errorf("%s breaks %v, got %q", name, broken, got)
		}
	}
	keptAndBroken(t, came)
}

// keptAndBroken holds every rule to what came of it in all cases together.
func keptAndBroken(t *testing.T, came map[string]bool) {
	t.Helper()
	for _, r := range pkce.Rules() {
		if !came[r.ID+" pass"] || !came[r.ID+" fail"] {
			t.Errorf("the rule %s is not both kept and broken by some case", r.ID)
		}
	}
}

func FuzzAChallengeAlwaysHas43Characters(f *testing.F) {
	for _, s := range []string{pkce.Example(), "", "é", strings.Repeat("a", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, verifier string) {
		w := pkce.Work(verifier)
		hash, err := base64.RawURLEncoding.DecodeString(w.Challenge)
		if err != nil || len(w.Challenge) != 43 || !bytes.Equal(hash, w.Hash[:]) {
			t.Errorf("%q: %+v", verifier, w)
		}
	})
}
