package flows_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func openIDConnectStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"without-openid": {Switches: map[string]string{"openid": "without"}},
			"full-proof":     {Switches: map[string]string{"proof": "full"}},
			"sam":            {Person: "sam"},
			"email-withheld": {Withhold: []string{"email"}},
			"denied":         {Deny: true},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		},
		more: map[string]stage.Choices{
			"keys withheld":  {Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
		},
		refused: map[string]refusal{
			"missing-openid":       {trace.Client, "id-token-is-jwt"},
			"missing-nonce":        {trace.Client, "id-token-nonce"},
			"other-nonce":          {trace.Client, "id-token-nonce"},
			"ask-nobody":           {trace.AuthorizationServer, "silent-sign-in"},
			"other-state":          {trace.Client, "state-matches"},
			"other-issuer":         {trace.Client, "iss-matches"},
			"other-verifier":       {trace.AuthorizationServer, "code-verifier-matches"},
			"replayed-code":        {trace.AuthorizationServer, "code-unused"},
			"late-check":           {trace.Client, "id-token-exp"},
			"id-token-at-userinfo": {trace.AuthorizationServer, "token-type"},
			"tampered-token":       {trace.AuthorizationServer, "token-signature"},
			"no-token":             {trace.AuthorizationServer, "token-present"},
			"token-in-query":       {trace.AuthorizationServer, "token-not-in-query"},
			"id-token-instead":     {trace.ResourceServer, "token-typ"},
			"expired-token":        {trace.ResourceServer, "token-exp"},
		},
	}
}

// TestOpenidIsAllThatDiffers holds the run without openid to being the other
// one, less what openid brings.
func TestOpenidIsAllThatDiffers(t *testing.T) {
	f, ok := flows.Find("openid-connect")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	with, without := play(t, f, stage.Choices{}), play(t, f, stage.Choices{Switches: map[string]string{"openid": "without"}})
	brings := []string{"jwks", "jwks-response", "validate-id-token", "userinfo", "userinfo-response", "compare-subject"}
	rest := slices.DeleteFunc(steps(with), func(id string) bool { return slices.Contains(brings, id) })
	if !slices.Equal(rest, steps(without)) {
		t.Errorf("without openid: %v\nwith it, less what it brings: %v", steps(without), rest)
	}
}

// TestWhatTheAppKnowsAfterEach looks at what reached the app.
func TestWhatTheAppKnowsAfterEach(t *testing.T) {
	f, _ := flows.Find("openid-connect")
	for value, knows := range map[string]bool{"with": true, "without": false} {
		tr := play(t, f, stage.Choices{Switches: map[string]string{"openid": value}})
		if tr.Outcome.State != trace.Completed || tr.Latest("access_token") == "" {
			t.Errorf("%s: %+v", value, tr.Outcome)
		}
		for _, name := range []string{"id_token", "nonce"} {
			if got := tr.Latest(name); (got != "") != knows {
				t.Errorf("%s: %s is %q", value, name, got)
			}
		}
		isWelcome(t, value, string(tr.Messages[indexOf(t, tr, "welcome-page")].Body), knows)
	}
}

// isWelcome holds the app's page to what the app knows.
func isWelcome(t *testing.T, value, page string, knows bool) {
	t.Helper()
	for _, fact := range []string{"Welcome, Jane Doe", "user-jane", "jane@"} {
		if strings.Contains(page, fact) != knows {
			t.Errorf("%s: the page says %q: %t\n%s", value, fact, !knows, page)
		}
	}
	if !strings.Contains(page, "Lisbon") {
		t.Errorf("%s: the page shows no flights:\n%s", value, page)
	}
}
