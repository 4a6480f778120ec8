//go:build !race

package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAFlowOffersOnlyWhatItHas(t *testing.T) {
	for _, f := range flows.All() {
		offers := f.Offers()
		if offers.SignIn && !offers.Person || offers.Consent && !offers.SignIn {
			t.Errorf("%s offers %+v", f.ID, offers)
		}
		asked := flows.Permissions(play(t, f, stage.Choices{}))
		if offers.Consent != (len(asked) > 0) {
			t.Errorf("%s: consent is offered: %v, and the page asks for %q", f.ID, offers.Consent, asked)
		}
		for _, permission := range asked {
			leaves(t, f, permission)
		}
	}
}

// leaves plays a flow in which the person withholds one permission.
func leaves(t *testing.T, f flows.Flow, permission string) {
	t.Helper()
	run := play(t, f, stage.Choices{Withhold: []string{permission}})
	i := indexOf(t, run, stage.StepGiveConsent)
	if told := run.Messages[i].Act.Fields; len(told) != 1 || stage.Permission(told[0].Name) != permission || told[0].Value != stage.Unticked {
		t.Errorf("%s: the act of who withholds %s tells %v", f.ID, permission, told)
	}
	if got := granted(run); slices.Contains(strings.Fields(got), permission) {
		t.Errorf("%s: %s is withheld and granted: %q", f.ID, permission, got)
	}
}

// granted is the scope that the provider names where it gives an access token out.
func granted(t *trace.Trace) string {
	for i := range t.Messages {
		m := t.Messages[i]
		if m.Kind != trace.Response || m.From != trace.AuthorizationServer {
			continue
		}
		said := map[string]string{}
		for _, p := range m.Places() {
			said[p.Name] = p.Value
		}
		if said["access_token"] != "" {
			return said["scope"]
		}
	}
	return ""
}
