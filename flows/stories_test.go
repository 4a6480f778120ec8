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
