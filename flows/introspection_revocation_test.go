package flows_test

import (
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func introspectionRevocationStory() story {
	nobody := []stage.Change{{Name: "Cookie", Remove: true}}
	return story{
		runs: map[string]stage.Choices{
			"happy":     {},
			"remembers": {Switches: map[string]string{"check": "remembers"}},
			"reads":     {Switches: map[string]string{"check": "reads"}},
		},
		more: map[string]stage.Choices{
			"sam":             {Person: "sam"},
			"denied":          {Deny: true},
			"wrong-password":  {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
			"no session left": {Edits: []stage.Edit{{Step: "disconnect", Headers: nobody}}},
			"no state":        {Edits: []stage.Edit{{Step: "authorize", Params: []stage.Change{{Name: "state", Remove: true}}}}},
			"other app": {Edits: []stage.Edit{
				{Step: "authorize", Params: []stage.Change{{Name: "client_id", Value: "nobody"}}},
			}},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
			"code too late":  {Jumps: []stage.Jump{{Step: "token", By: 2 * time.Minute}}},
			"keys by POST":   {Edits: []stage.Edit{{Step: "jwks", Method: "POST"}}},
			"off the road":   {Edits: []stage.Edit{{Step: "login", URL: "/elsewhere"}}},
			"asks for a token": {Edits: []stage.Edit{
				{Step: "authorize", Params: []stage.Change{{Name: "response_type", Value: "token"}}},
			}},
		},
		refused: map[string]refusal{
			"tampered-token":       {trace.AuthorizationServer, "token-known-to-client"},
			"refresh-token-at-api": {trace.AuthorizationServer, "token-known-to-client"},
			"asks-unnamed":         {trace.ResourceServer, "token-told"},
			"another-api-asks":     {trace.AuthorizationServer, "token-known-to-client"},
			"only-access-token":    {},
			"unknown-token":        {},
			"other-client-revokes": {trace.AuthorizationServer, "token-issued-to-client"},
			"id-token-revoked":     {trace.AuthorizationServer, "token-revocable"},
			"token-in-address":     {trace.AuthorizationServer, "parameters-in-body"},
		},
	}
}

func introspectionRevoked(t *testing.T, c stage.Choices) *trace.Trace {
	t.Helper()
	f, ok := flows.Find("introspection-revocation")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	return play(t, f, c)
}

// answers lists how the API answered the helper, who holds copies of what was taken back.
func answers(tr *trace.Trace) []string {
	var steps []string
	for _, m := range tr.Messages {
		if m.Kind == trace.Response && m.From == trace.ResourceServer && m.Chapter == "after" {
			steps = append(steps, m.Step)
		}
	}
	return steps
}

// TestHowSoonANoIsHeardDependsOnHowTheAPIChecks is what the switch is about.
func TestHowSoonANoIsHeardDependsOnHowTheAPIChecks(t *testing.T) {
	for way, want := range map[string]struct {
		after []string
		rule  string // by which the API refuses the copy at last
		told  trace.Result
	}{
		"asks":      {[]string{"new-mail-refused"}, "token-active", trace.Pass},
		"remembers": {[]string{"new-mail-response", "new-mail-refused"}, "token-active", trace.Skip},
		"reads":     {[]string{"new-mail-response", "new-mail-refused"}, "token-exp", ""},
	} {
		tr := introspectionRevoked(t, stage.Choices{Switches: map[string]string{"check": way}})
		if got := answers(tr); !slices.Equal(got, want.after) {
			t.Errorf("%s: the helper was answered %v, want %v", way, got, want.after)
		}
		rule, told := refusedCopy(tr.Messages[indexOf(t, tr, "new-mail"):])
		if rule != want.rule || told != want.told {
			t.Errorf("%s: refused by %q, asked first: %q; want %q, %q", way, rule, told, want.rule, want.told)
		}
	}
}

// refusedCopy is the rule by which the API refused the copy at last, and how asking the provider came out the first time.
func refusedCopy(after []trace.Message) (rule string, told trace.Result) {
	for _, m := range after {
		for _, c := range m.Checks {
			if c.ID == "token-told" && told == "" {
				told = c.Result
			}
			if c.Result == trace.Fail && c.By == trace.ResourceServer {
				rule = c.ID
			}
		}
	}
	return rule, told
}

// TestAnOpaqueTokenSaysNothingToAnybody holds the story to what it tells of the key.
func TestAnOpaqueTokenSaysNothingToAnybody(t *testing.T) {
	if _, err := trace.DecodeJWT(introspectionRevoked(t, stage.Choices{}).Latest("access_token")); err == nil {
		t.Error("the access token can be read")
	}
}

// TestWhoGaveBackTheKeyAloneGetsAnotherOne is why the refresh token is what is revoked (RFC 7009 section 2.1).
func TestWhoGaveBackTheKeyAloneGetsAnotherOne(t *testing.T) {
	f, _ := flows.Find("introspection-revocation")
	m, _ := f.Mistake("only-access-token")
	if got := answers(mistaken(t, f, m)); !slices.Equal(got, []string{"new-mail-refused", "new-mail-response"}) {
		t.Errorf("the helper was answered %v", got)
	}
}
