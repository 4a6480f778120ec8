//go:build !race

package flows_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// bare is a run as somebody else's provider would leave it: without a check.
func bare(t *trace.Trace) *trace.Trace {
	out := &trace.Trace{Flow: t.Flow, Outcome: t.Outcome}
	for _, m := range t.Messages {
		m.Checks = nil
		out.Messages = append(out.Messages, m)
	}
	return out
}

// TestNoCauseShowsInARunThatGoesWell holds for our own provider and for one
// that says nothing of its rules.
func TestNoCauseShowsInARunThatGoesWell(t *testing.T) {
	t.Parallel()
	// What a story is about; and of two apps in one run nobody can tell the logins apart by the wire alone.
	meant := map[string][]string{
		"introspection-revocation": {"refresh-revoked"}, "single-sign-on": {"login-required", "state-mismatch"},
		"client-authentication": {"auth-method-other", "secret-missing", "assertion-used-twice", "secret-wrong", "certificate-bound"}, // the thief
	}
	n := 0
	for _, f := range flows.All() {
		for name, run := range runs(t, f) {
			if run.Outcome.State != trace.Completed || run.Mistake != "" {
				continue
			}
			n++
			for _, tr := range []*trace.Trace{run, bare(run)} {
				noCause(t, f.ID+", "+name, tr, meant[f.ID])
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d runs went well", n)
	}
}

// noCause wants a run to show no cause but those that its story means.
func noCause(t *testing.T, where string, tr *trace.Trace, meant []string) {
	t.Helper()
	if c := diagnosis.First(diagnosis.Of(logins.Join(tr), diagnosis.Known{Ended: true})); c != nil && !slices.Contains(meant, c.ID) {
		t.Errorf("%s: nothing is wrong, and %s is said to be %s: %v", where, c.ID, c.Sure, c.Evidence)
	}
}

// TestARefusedRunIsDiagnosed wants the rule that ended a run to be what a cause is about.
func TestARefusedRunIsDiagnosed(t *testing.T) {
	t.Parallel()
	// Rules of what no client of the standards meets: the play's own forms, and its APIs' own rules.
	// Nor what is said at the endpoints for introspection and revocation, which is no login.
	other := map[string]bool{
		"": true, "method-get": true, "invoice-whole": true,
		"token-known-to-client": true, "token-issued-to-client": true, "token-revocable": true,
		"logout-state-matches": true, "post-logout-uri-registered": true, "id-token-hint-genuine": true,
		"logout-token-signature": true, "logout-token-typ": true, "logout-token-new": true, "logout-token-exp": true,
		"id-token-auth-time": true,
		// Nor what is said at the registration endpoints.
		"initial-access-token-sent": true, "grant-types-open": true, "metadata-valid": true, "registration-access-token-matches": true,
	}
	for _, f := range flows.All() {
		for name, run := range runs(t, f) {
			if run.Outcome.State != trace.Refused || other[run.Outcome.Rule] {
				continue
			}
			all := diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true})
			if first := diagnosis.First(all); first == nil && name != "off the road" {
				t.Errorf("%s, %s: refused by %s, and no cause is named", f.ID, name, run.Outcome.Rule)
			} else if first != nil && first.Sure != diagnosis.Certain {
				t.Errorf("%s, %s: refused by %s, and %s is only %s", f.ID, name, run.Outcome.Rule, first.ID, first.Sure)
			}
		}
	}
}
