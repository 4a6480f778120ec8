//go:build !race

package mockidp

import (
	"testing"
	"time"
)

// However many tokens an authorization and a visit have, none of them is kept,
// and all of them end.
func TestWhatEndsIsRememberedAndNotWhatLives(t *testing.T) {
	t.Parallel()
	all := newTokens([]byte("secret"), &fullness{})
	out, stays := all.visit("out"), all.visit("stays")
	grants := map[string]*license{
		"signed out": all.begin(out, nil), "offline": all.begin(nil, nil), "revoked": all.begin(stays, nil), "good": all.begin(stays, nil),
	}
	issued := map[string][]string{}
	for range maxTokens/2 + 10 {
		for what, l := range grants {
			issued[what] = append(issued[what], named(t, all, l))
		}
	}
	alone := named(t, all, grants["good"])
	all.revoke(&jwt{accessClaims: accessClaims{ID: alone, ClientID: "app", Expires: noon().Add(time.Hour).Unix()}}, "given back", noon())
	all.end(grants["revoked"], "app", "used twice", noon())
	if !all.endVisit(out, "jane", noon()) || all.endVisit(out, "jane", noon()) {
		t.Error("a visit ends once")
	}
	if got := all.over(alone, noon()); got != "given back" {
		t.Errorf("a token that was given back is over because %q", got)
	}
	for what, want := range map[string]string{"signed out": signedOut, "offline": "", "revoked": "used twice", "good": ""} {
		for i, jti := range issued[what] {
			if got := all.over(jti, noon()); got != want {
				t.Fatalf("token %d of what is %s is over because %q, want %q", i, what, got, want)
			}
		}
	}
	if kept, ended := all.kept.Len(), all.ended.Len(); kept != 0 || ended != 3 {
		t.Errorf("%d tokens and %d ends are kept", kept, ended)
	}
	if got := all.over(issued["signed out"][0], noon().Add(time.Hour)); got != "" {
		t.Errorf("an end is remembered for longer than a token lives: %q", got)
	}
}
