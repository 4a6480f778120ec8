package flows_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func singleSignOnStory() story {
	param := func(step, name, value string) stage.Choices {
		return stage.Choices{Edits: []stage.Edit{{Step: step, Params: []stage.Change{{Name: name, Value: value, Remove: value == ""}}}}}
	}
	return story{
		runs: map[string]stage.Choices{
			"happy": {},
			"late":  {Switches: map[string]string{"comes": "late"}},
			"here":  {Switches: map[string]string{"log-out": "here"}},
		},
		more: map[string]stage.Choices{
			"sam":              {Person: "sam"},
			"wrong-password":   {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
			"no state":         param("authorize", "state", ""),
			"asks for a token": param("authorize", "response_type", "token"),
			"nobody asks":      param("authorize", "client_id", "nobody"),
			"second: nobody":   param("second-authorize", "client_id", "nobody"),
			"another code":     param("callback", "code", "x"),
			"keys by POST":     {Edits: []stage.Edit{{Step: "jwks", Method: "POST"}}},
			"off the road":     {Edits: []stage.Edit{{Step: "login", URL: "/elsewhere"}}},
		},
		refused: map[string]refusal{
			"max-age-dropped":       {trace.OtherClient, "id-token-auth-time"},
			"other-post-logout-uri": {trace.AuthorizationServer, "post-logout-uri-registered"},
			"forged-hint":           {trace.AuthorizationServer, "id-token-hint-genuine"},
			"other-logout-state":    {trace.Client, "logout-state-matches"},
			"forged-logout":         {trace.OtherClient, "logout-token-signature"},
			"id-token-as-logout":    {trace.OtherClient, "logout-token-typ"},
			"repeated-logout":       {trace.OtherClient, "logout-token-new"},
			"late-logout":           {trace.OtherClient, "logout-token-exp"},
			"silent-with-a-page":    {trace.AuthorizationServer, "prompt-none-alone"},
		},
	}
}

func signedOnce(t *testing.T, c stage.Choices) *trace.Trace {
	t.Helper()
	f, ok := flows.Find("single-sign-on")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	return play(t, f, c)
}

// stepsOf counts the messages of a step.
func stepsOf(tr *trace.Trace, step string) int {
	n := 0
	for _, m := range tr.Messages {
		if m.Step == step {
			n++
		}
	}
	return n
}

// TestOnePasswordOpensTwoApps unless the second one wants it to be younger (max_age).
func TestOnePasswordOpensTwoApps(t *testing.T) {
	for comes, want := range map[string]int{"soon": 1, "late": 2} {
		tr := signedOnce(t, stage.Choices{Switches: map[string]string{"comes": comes}})
		if got := stepsOf(tr, "type-password"); got != want || stepsOf(tr, "welcome-page") != 2 {
			t.Errorf("%s: the password is typed %d times, want %d, for %d apps", comes, got, want, stepsOf(tr, "welcome-page"))
		}
	}
}

// TestWhatIsOverAfterALogoutIsWhatTheAppAskedFor answers “I logged out, why am I in again?”.
func TestWhatIsOverAfterALogoutIsWhatTheAppAskedFor(t *testing.T) {
	for ends, want := range map[string]struct {
		told  int
		shown string
	}{"everywhere": {1, "log-in-page"}, "here": {0, "welcome-page"}} {
		tr := signedOnce(t, stage.Choices{Switches: map[string]string{"log-out": ends}})
		shown := tr.Messages[len(tr.Messages)-2].Step
		if got := stepsOf(tr, "logout-call"); got != want.told || shown != want.shown {
			t.Errorf("%s: the second app was told %d times, and then there was %s; want %+v", ends, got, shown, want)
		}
	}
}
