package diagnosis_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// TestEachStackFailsWhatItChecksByItself has a token for each check, and the
// stacks that refuse it without being told to.
func TestEachStackFailsWhatItChecksByItself(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	token := func(typ, alg string, exp, nbf int64, aud string) string {
		return jwt(fmt.Sprintf(`{"alg":%q,"typ":%q}`, alg, typ), fmt.Sprintf(`{"iss":"https://idp","aud":%q,"exp":%d,"nbf":%d}`, aud, exp, nbf))
	}
	later, before := now.Unix()+600, now.Unix()-600
	for name, c := range map[string]struct {
		token, check string
		refuse       []string
	}{
		"good":            {token("JWT", "RS256", later, before, "api"), "", nil},
		"at+jwt":          {token("at+jwt", "RS256", later, before, "api"), "typ", []string{"spring"}},
		"another aud":     {token("JWT", "RS256", later, before, "app"), "aud", []string{"dotnet", "node", "go", "python"}},
		"ES256":           {token("JWT", "ES256", later, before, "api"), "", nil},
		"EdDSA":           {token("JWT", "EdDSA", later, before, "api"), "alg", []string{"spring", "dotnet"}},
		"HS256":           {token("JWT", "HS256", later, before, "api"), "alg", diagnosis.Stacks()},
		"long expired":    {token("JWT", "RS256", before, before, "api"), "exp", diagnosis.Stacks()},
		"2 minutes over":  {token("JWT", "RS256", now.Unix()-120, before, "api"), "exp", []string{"spring", "node", "go", "python"}},
		"2 minutes early": {token("JWT", "RS256", later, now.Unix()+120, "api"), "nbf", []string{"spring", "node", "python"}},
		"issued ahead": {
			jwt(`{"alg":"RS256"}`, fmt.Sprintf(`{"iss":"https://idp","aud":"api","exp":%d,"iat":%d}`, later, now.Unix()+120)),
			"iat",
			[]string{"python"},
		},
		"cut": {token("JWT", "RS256", later, before, "api")[:40], "jwt", diagnosis.Stacks()},
	} {
		var refuse []string
		for _, stack := range diagnosis.Stacks() {
			switch fails := failing(c.token, stack, now); {
			case len(fails) == 0:
			case len(fails) > 1 || fails[0] != c.check:
				t.Errorf("%s: %s fails at %v, want %s", name, stack, fails, c.check)
			default:
				refuse = append(refuse, stack)
			}
		}
		if !slices.Equal(refuse, c.refuse) {
			t.Errorf("%s: refused by %v, want %v", name, refuse, c.refuse)
		}
	}
}

// failing lists the default checks of a stack that a token fails.
func failing(token, stack string, now time.Time) []string {
	var fails []string
	for _, v := range diagnosis.Judge(token, stack, diagnosis.Expected{Issuer: "https://idp", Audience: "api", Now: now}) {
		if v.Default && v.Result == trace.Fail {
			fails = append(fails, v.Check)
		}
	}
	return fails
}

func TestWhatAnAPIIsSetToIsNotGuessed(t *testing.T) {
	for _, v := range diagnosis.Judge(jwt(`{"alg":"RS256"}`, `{"iss":"x","aud":"y","exp":2000000000}`), "dotnet",
		diagnosis.Expected{Now: time.Unix(1, 0)}) {
		if (v.Check == "iss" || v.Check == "aud" || v.Check == "kid") && v.Result != trace.Skip {
			t.Errorf("%s is %s although nobody said what it should be", v.Check, v.Result)
		}
	}
}

// A token that is not signed is not for that reason cut, and what cures it is another thing.
func TestATokenThatIsNoSignedJWTIsToldByItsForm(t *testing.T) {
	whole := jwt(`{"alg":"RS256"}`, `{"iss":"x"}`)
	for raw, want := range map[string]diagnosis.Form{
		whole:                              "",
		whole[:12]:                         diagnosis.Damaged,
		whole[:25]:                         diagnosis.Damaged,
		"eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d": diagnosis.Encrypted,
		"2YotnFZFEjr1zCsicMWpAA":           diagnosis.Opaque,
		"ory_at_abc.def":                   diagnosis.Opaque,
	} {
		if v := diagnosis.Judge(raw, "go", diagnosis.Expected{})[0]; v.Form != want || (v.Result == trace.Fail) != (want != "") {
			t.Errorf("%s is %q, and the check says %s; it is %q", raw, v.Form, v.Result, want)
		}
	}
}
