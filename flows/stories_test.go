package flows_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// story is how the tests hold a flow to what it tells. Each flow has one, in
// its own test file.
type story struct {
	runs    map[string]stage.Choices // each has a transcript in testdata; "happy" is one
	more    map[string]stage.Choices // runs without a transcript, which reach the odd step
	refused map[string]refusal       // by mistake; the zero value is one that nobody notices
}

// refusal is who refuses a mistake, and by which rule.
type refusal struct {
	by   trace.Role
	rule string
}

// state is how the run ends.
func (r refusal) state() trace.State {
	if r == (refusal{}) {
		return trace.Completed
	}
	return trace.Refused
}

// stories lists the story of each flow.
func stories() map[string]story {
	return map[string]story{
		"authorization-code":       authorizationCodeStory(),
		"openid-connect":           openIDConnectStory(),
		"authorization-code-pkce":  authorizationCodePKCEStory(),
		"client-credentials":       clientCredentialsStory(),
		"device-code":              deviceCodeStory(),
		"introspection-revocation": introspectionRevocationStory(),
		"single-sign-on":           singleSignOnStory(),
		"client-authentication":    clientAuthenticationStory(),
		"password":                 passwordStory(),
		"refresh-token":            refreshTokenStory(),
		"implicit":                 implicitStory(),
	}
}

func TestEveryFlowHasAStory(t *testing.T) {
	all := stories()
	for _, f := range flows.All() {
		s, ok := all[f.ID]
		if _, happy := s.runs["happy"]; !ok || !happy {
			t.Errorf("%s has no happy run among the stories", f.ID)
		}
		if len(s.refused) != len(f.Mistakes) {
			t.Errorf("%s: %d mistakes are tested, the flow offers %d", f.ID, len(s.refused), len(f.Mistakes))
		}
		delete(all, f.ID)
	}
	for id := range all {
		t.Errorf("there is a story of %s, which is no flow", id)
	}
}

func TestTheGoodRunEndsWell(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
			t.Run(f.ID+"/"+string(transport), func(t *testing.T) {
				w := startFlow(t, f, flows.Options{Provider: provider(t), Classroom: true, Transport: transport, Ports: anyPorts()})
				if o := finish(t, w).Outcome; o.State != trace.Completed {
					t.Errorf("it ended as %+v", o)
				}
			})
		}
	}
}

// TestEveryMistakeIsRefusedByItsRule holds each classic mistake to the party
// and the rule that answer it. One that nobody notices goes through, which is
// then what is to be learned.
func TestEveryMistakeIsRefusedByItsRule(t *testing.T) {
	for _, f := range flows.All() {
		for _, m := range f.Mistakes {
			t.Run(f.ID+"/"+m.ID, func(t *testing.T) {
				want, ok := stories()[f.ID].refused[m.ID]
				if !ok {
					t.Fatal("this mistake has no test")
				}
				if o := mistaken(t, f, m).Outcome; o.State != want.state() || o.By != want.by || o.Rule != want.rule {
					t.Errorf("the run ended as %+v; want it %s by %q because of %q", o, want.state(), want.by, want.rule)
				}
			})
		}
	}
}
