package secret_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestASecretGoesByItsName(t *testing.T) {
	for name, want := range map[string]string{
		"password": "password", "client_secret": "client-secret", "Code": "code", "id_token_hint": "id-token", "logout_token": "token",
		"request": "request-object", "request_uri": "request-uri", "DPoP": "proof", "random bytes for state": "state",
		"client_id": "", "redirect_uri": "", "code_challenge": "", "scope": "", "": "",
	} {
		if got := secret.Kind(name); got != want {
			t.Errorf("%q is of the kind %q, want %q", name, got, want)
		}
	}
	if secret.Holds(trace.Field{Name: "code"}) || !secret.Holds(trace.Field{Name: "code", Value: "c"}) {
		t.Error("a code is a secret when there is one")
	}
}

func TestAHeaderIsASecretByWhatItHolds(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"Authorization", "Bearer a", true},
		{"authorization", "anything", true},
		{"Set-Cookie", "sid=1; Path=/", true},
		{"Set-Cookie", "sid=", false},
		{"Cookie", "sid=1", true},
		{"DPoP", "proof", true},
		{"Location", "https://app.example/cb?code=c", true},
		{"Location", "https://app.example/cb#access_token=a", true},
		{"Location", "https://app.example/cb?error=no", false},
		{"Referer", "https://app.example/?state=s", true},
		{"Content-Type", "text/html", false},
		{"state", "s", false},
	} {
		if got := secret.Marked("header", trace.Field{Name: c.name, Value: c.value}); got != c.want {
			t.Errorf("%s: %s is told to be a secret: %t", c.name, c.value, got)
		}
	}
}

func TestTheSecretsOfABodyAreFoundWhateverItIs(t *testing.T) {
	for kind, c := range map[string]struct{ body, want string }{
		"application/x-www-form-urlencoded": {"grant_type=authorization_code&code=c&code_verifier=v&code=d", "code code_verifier"},
		"application/json": {
			`{"access_token":"a","state":"on","nested":[{"refresh_token":"r"}],"id_token":""}`, "access_token refresh_token",
		},
		"text/html": {
			`<form><input name="csrf_token" value="x"><a href="/cb?code=c&amp;b=1">go</a></form>`, "csrf_token code",
		},
		"text/plain": {"password=x", ""},
	} {
		m := trace.Message{Header: []trace.Field{{Name: "Content-Type", Value: kind}}, Body: []byte(c.body)}
		if got := strings.Join(secret.InBody(&m), " "); got != c.want {
			t.Errorf("%s: found %q, want %q", kind, got, c.want)
		}
	}
}

func TestTheNamesOfAllSecretsStandInTheOrderOfTheMessage(t *testing.T) {
	m := trace.Message{
		URL: "https://a.example/?state=s#access_token=a", Header: []trace.Field{{Name: "Cookie", Value: "sid=1"}},
		Act:  &trace.Act{Fields: []trace.Field{{Name: "password", Value: "p"}}},
		Calc: &trace.Calc{Outputs: []trace.Field{{Name: "code_verifier", Value: "v"}, {Name: "code_challenge", Value: "c"}}},
	}
	want := []string{"state", "access_token", "Cookie", "password", "code_verifier"}
	if diff := cmp.Diff(want, secret.Names(&m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMaskedTwiceIsMaskedOnce(t *testing.T) {
	run := &trace.Trace{Messages: []trace.Message{
		{Kind: trace.Request, URL: "https://app.example/cb?code=a-long-secret&x=1"},
		{Kind: trace.Request, Checks: []trace.Check{{Got: "a-long-secret", Reason: "a-long-secret is unknown"}}},
	}}
	once := secret.Mask(run)
	if got := once.Messages[0].URL; got != "https://app.example/cb?code=masked-code-1&x=1" {
		t.Errorf("the address became %q", got)
	}
	if c := once.Messages[1].Checks[0]; c.Got != "masked-code-1" || c.Reason != "masked-code-1 is unknown" {
		t.Errorf("the check became %+v", c)
	}
	if diff := cmp.Diff(once, secret.Mask(once)); diff != "" {
		t.Errorf("the second time something changed:\n%s", diff)
	}
	if !slices.Equal(secret.Names(&run.Messages[0]), []string{"code"}) || !strings.Contains(run.Messages[0].URL, "a-long-secret") {
		t.Error("the run itself was changed")
	}
}
