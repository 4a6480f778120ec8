package flows_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func passwordStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"sam":            {Person: "sam"},
			"dana":           {Person: "dana"},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
			"unknown-person": {Typed: &stage.Typed{Username: "mallory", Password: "secret"}},
		},
		more: map[string]stage.Choices{
			"nothing typed": {Typed: &stage.Typed{}},
		},
		refused: map[string]refusal{
			"wrong-password":      {trace.AuthorizationServer, "name-and-password-match"},
			"modern-client":       {trace.AuthorizationServer, "grant-type-allowed"},
			"no-password":         {trace.AuthorizationServer, "password-present"},
			"password-in-address": {trace.AuthorizationServer, "parameters-in-body"},
			"unknown-scope":       {trace.AuthorizationServer, "scope-allowed"},
			"greedy-scope":        {},
			"password-again":      {},
			"kept-password":       {},
			"no-token":            {trace.ResourceServer, "bearer-present"},
			"expired-token":       {trace.ResourceServer, "token-exp"},
		},
	}
}

func passwordFlow(t *testing.T) flows.Flow {
	t.Helper()
	f, ok := flows.Find("password")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	return f
}

func TestTheAppSeesThePasswordAndThePersonIsNeverAsked(t *testing.T) {
	tr := play(t, passwordFlow(t), stage.Choices{Person: "dana"})
	var seen []string
	for _, p := range tr.Find("dana") {
		m := tr.Messages[p.Message]
		if p.Name == "password" && (m.From == trace.Client || m.To == trace.Client) && !slices.Contains(seen, m.Step) {
			seen = append(seen, m.Step)
		}
	}
	if want := []string{"type-into-app", "holds-password", "token"}; !slices.Equal(seen, want) {
		t.Errorf("the app has the password at %v, want %v", seen, want)
	}
	for _, m := range tr.Messages {
		if m.From == trace.UserAgent || m.To == trace.UserAgent {
			t.Errorf("a browser takes part in %s, so the provider could have asked", m.Step)
		}
	}
}

// TestAPasswordGivesMoreThanWasNeeded shows why the mistakes that nobody
// refuses are mistakes: the app gets what the person was not asked about.
func TestAPasswordGivesMoreThanWasNeeded(t *testing.T) {
	f := passwordFlow(t)
	tokens := func(id string) (n int, scope string) {
		m, _ := f.Mistake(id)
		tr := mistaken(t, f, m)
		for _, m := range tr.Messages {
			if m.Step == "token-response" {
				n, scope = n+1, trace.JSONMember(m.Body, "scope")
			}
		}
		return n, scope
	}
	if n, _ := tokens("password-again"); n != 2 {
		t.Errorf("the same password gave %d answers", n)
	}
	if n, _ := tokens("kept-password"); n != 1 {
		t.Errorf("after a month the password gave %d answers", n)
	}
	if _, scope := tokens("greedy-scope"); scope != "openid profile email mail.read" {
		t.Errorf("granted: %q", scope)
	}
}
