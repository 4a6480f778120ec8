//go:build !race

package flows_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// seenBy lists who sees the value that a name had last.
func seenBy(t *testing.T, tr *trace.Trace, name string) []trace.Witness {
	t.Helper()
	value := tr.Latest(name)
	if value == "" {
		t.Fatalf("%s: the run has no %s", tr.Flow, name)
	}
	var out []trace.Witness
	for _, s := range tr.Sights(value) {
		if s.Seen {
			out = append(out, s.Who)
		}
	}
	return out
}

func TestEachValueOfTheStoryIsSeenByWhomTheStandardsWarnOf(t *testing.T) {
	nobody := []trace.Witness{}
	through := []trace.Witness{trace.ThePerson, trace.History, trace.ServerLogs, trace.Scripts}
	for flow, values := range map[string]map[string][]trace.Witness{
		"authorization-code-pkce": {
			"code": through, "state": through, "nonce": through, "code_challenge": through,
			"code_verifier": nobody, "access_token": nobody, "id_token": nobody,
			"password": {trace.ThePerson, trace.Scripts}, "travel_session": {trace.ThePerson, trace.Scripts},
		},
		"authorization-code": {"code": through, "client_secret": nobody, "access_token": nobody},
		"client-credentials": {"client_secret": nobody, "access_token": nobody},
		"refresh-token":      {"refresh_token": nobody},
		"password":           {"password": {trace.ThePerson}, "access_token": nobody},
		"implicit":           {"access_token": {trace.ThePerson, trace.History, trace.Scripts}},
		"device-code":        {"device_code": nobody},
	} {
		f, ok := flows.Find(flow)
		if !ok {
			continue // not taught yet
		}
		tr := play(t, f, stage.Choices{})
		for name, want := range values {
			if got := seenBy(t, tr, name); !slices.Equal(got, want) {
				t.Errorf("%s: %s is seen by %v, want %v", flow, name, got, want)
			}
		}
	}
}

func TestATokenInTheQueryIsInTheLogsOfTheAPI(t *testing.T) {
	f, _ := flows.Find("authorization-code-pkce")
	m, _ := f.Mistake("token-in-query")
	tr := mistaken(t, f, m)
	if got := seenBy(t, tr, "access_token"); !slices.Equal(got, []trace.Witness{trace.ServerLogs}) {
		t.Errorf("seen by %v", got)
	}
}

func TestOverLoopbackOtherProgramsMayListen(t *testing.T) {
	w := start(t, flows.Options{Provider: provider(t), Transport: stage.Loopback})
	if got := seenBy(t, finish(t, w), "code"); !slices.Contains(got, trace.OtherApps) || slices.Contains(got, trace.Wire) {
		t.Errorf("the code is seen by %v", got)
	}
}

// What no message of the browser carries, nothing of the browser can know.
func TestWhatNeverPassesTheBrowserIsSeenByNothingOfTheBrowser(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		tr := play(t, f, stage.Choices{})
		looked := 0
		for _, value := range neverInTheBrowser(tr) {
			for _, s := range tr.Sights(value) {
				looked++
				if s.Seen && s.Who != trace.ServerLogs && s.Who != trace.Wire {
					t.Errorf("%s: %s sees %q because of %s", f.ID, s.Who, value, s.Because)
				}
			}
		}
		if looked == 0 {
			t.Errorf("%s: no value was looked at", f.ID)
		}
	}
}

func neverInTheBrowser(tr *trace.Trace) []string {
	return slices.DeleteFunc(valuesOf(tr), func(value string) bool { return passesTheBrowser(tr, value) })
}

func passesTheBrowser(tr *trace.Trace, value string) bool {
	for _, v := range tr.Travels(value) {
		if m := tr.Messages[v.Message]; m.Channel == trace.Front || m.Kind == trace.Gesture || m.From == trace.UserAgent {
			return true
		}
	}
	return false
}

func valuesOf(tr *trace.Trace) []string {
	seen := map[string]bool{}
	var out []string
	for i := range tr.Messages {
		for _, p := range tr.Messages[i].Places() {
			if !seen[p.Value] && len(out) < 400 {
				seen[p.Value] = true
				out = append(out, p.Value)
			}
		}
	}
	return out
}
