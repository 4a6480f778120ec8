package flows_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func authorizationCodeStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"sam":            {Person: "sam"},
			"jane":           {Person: "jane"},
			"pkce":           {Switches: map[string]string{"pkce": "on"}},
			"secret-in-body": {Switches: map[string]string{"client-auth": "body"}},
			"withheld":       {Withhold: []string{stage.ReadInvoices}},
			"denied":         {Deny: true},
			"wrong-password": {Typed: &stage.Typed{Username: "dana", Password: "not-dana"}},
		},
		more: map[string]stage.Choices{
			"keys withheld":  {Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
		},
		refused: map[string]refusal{
			"other-redirect-uri":       {trace.AuthorizationServer, "redirect-uri-registered"},
			"too-much-scope":           {trace.AuthorizationServer, "scope-allowed"},
			"missing-scope":            {trace.ResourceServer, "token-aud"},
			"missing-state":            {trace.Client, "state-matches"},
			"missing-nonce":            {trace.Client, "id-token-nonce"},
			"other-nonce":              {trace.Client, "id-token-nonce"},
			"other-state":              {trace.Client, "state-matches"},
			"unknown-code":             {trace.AuthorizationServer, "code-known"},
			"wrong-secret":             {trace.AuthorizationServer, "client-secret-matches"},
			"no-secret":                {trace.AuthorizationServer, "client-auth-method"},
			"secret-twice":             {trace.AuthorizationServer, "client-authenticates-once"},
			"secret-in-address":        {trace.AuthorizationServer, "parameters-in-body"},
			"token-other-redirect-uri": {trace.AuthorizationServer, "redirect-uri-same"},
			"replayed-code":            {trace.AuthorizationServer, "code-unused"},
			"late-code":                {trace.AuthorizationServer, "code-fresh"},
			"id-token-instead":         {trace.ResourceServer, "token-typ"},
			"expired-token":            {trace.ResourceServer, "token-exp"},
		},
	}
}

// TestAScopeGivesNoMoreThanThePersonMayDo signs three people in to the same
// app, which asks for the same scope and gets it.
func TestAScopeGivesNoMoreThanThePersonMayDo(t *testing.T) {
	f, ok := flows.Find("authorization-code")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	for person, want := range map[string]struct {
		status, invoices int
		rule             string
	}{
		"dana": {status: 200, invoices: 3},
		"sam":  {status: 200, invoices: 1},
		"jane": {status: 403, rule: "invoices-right"},
	} {
		tr := play(t, f, stage.Choices{Person: person})
		jwt, err := trace.DecodeJWT(tr.Latest("access_token"))
		if err != nil || !slices.Contains(strings.Fields(jwt.Claim("scope")), stage.ReadInvoices) {
			t.Errorf("%s: the token has the scope %q, %v", person, jwt.Claim("scope"), err)
		}
		answer := tr.Messages[indexOf(t, tr, "invoices")+1]
		var got struct{ Invoices []any }
		if err := json.Unmarshal([]byte(answer.Body), &got); err != nil {
			t.Errorf("%s: %v", person, err)
		}
		if answer.Status != want.status || len(got.Invoices) != want.invoices || tr.Outcome.Rule != want.rule {
			t.Errorf("%s: %d with %d invoices, %+v", person, answer.Status, len(got.Invoices), tr.Outcome)
		}
	}
}

// TestTheSecretTravelsAsTheSwitchSays looks for it on the wire.
func TestTheSecretTravelsAsTheSwitchSays(t *testing.T) {
	f, _ := flows.Find("authorization-code")
	for value, inBody := range map[string]bool{"basic": false, "body": true} {
		tr := play(t, f, stage.Choices{Switches: map[string]string{"client-auth": value}})
		m := tr.Messages[indexOf(t, tr, "token")]
		form := url.Values{}
		for _, p := range m.Form() {
			form.Set(p.Name, p.Value)
		}
		if form.Has("client_secret") != inBody || strings.HasPrefix(m.HeaderValue("Authorization"), "Basic ") == inBody {
			t.Errorf("%s: form %v, Authorization %q", value, form, m.HeaderValue("Authorization"))
		}
	}
}
