package flows_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func classroom(t *testing.T) flows.Options {
	t.Helper()
	return flows.Options{Provider: provider(t), Classroom: true}
}

func steps(tr *trace.Trace) []string {
	var ids []string
	for _, m := range tr.Messages {
		ids = append(ids, m.Step)
	}
	return ids
}

func TestTheHappyPathHasTheStepsOfTheStory(t *testing.T) {
	want := strings.Fields(`click-login login create-state create-pkce login-redirect authorize sign-in-page
		type-password sign-in consent-page give-consent consent code-redirect callback
		token token-response jwks jwks-response validate-id-token mail mail-response welcome-page see-result`)
	if diff := cmp.Diff(want, steps(walk(t, stage.Choices{}))); diff != "" {
		t.Error(diff)
	}
}

func TestNextReleasesOneMessageAtATime(t *testing.T) {
	w := start(t, classroom(t))
	for n := range w.Plan().Messages {
		if got := len(w.Trace().Messages); got != n {
			t.Fatalf("%d messages crossed after %d steps", got, n)
		}
		if w.Waiting() == nil || w.Waiting().Step != w.Plan().Messages[n].Step {
			t.Fatalf("message %d waits as %v, planned was %s", n, w.Waiting(), w.Plan().Messages[n].Step)
		}
		if _, err := w.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if w.Waiting() != nil {
		t.Error("a message waits after the end")
	}
	if _, err := w.Next(t.Context()); !errors.Is(err, flows.ErrEnded) {
		t.Errorf("Next after the end returned %v", err)
	}
}

func TestThePlanIsWhatThenHappens(t *testing.T) {
	w := start(t, classroom(t))
	got := finish(t, w)
	if diff := cmp.Diff(transcript.Of(w.Plan()), transcript.Of(got)); diff != "" {
		t.Error(diff)
	}
}

func TestARunWithAFreshSeedRepeatsItsOwnPlan(t *testing.T) {
	for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
		t.Run(string(transport), func(t *testing.T) {
			w := start(t, flows.Options{Provider: provider(t), Transport: transport})
			got := finish(t, w)
			if diff := cmp.Diff(transcript.Of(w.Plan()), transcript.Of(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTwoFreshRunsDiffer(t *testing.T) {
	a := start(t, flows.Options{Provider: provider(t)}).Plan().Latest("state")
	b := start(t, flows.Options{Provider: provider(t)}).Plan().Latest("state")
	if a == "" || a == b {
		t.Errorf("two runs have the states %q and %q", a, b)
	}
}

func TestARunOverTCPIsTheRunInMemory(t *testing.T) {
	memory := walk(t, stage.Choices{})
	w := start(t, flows.Options{Provider: provider(t), Classroom: true, Transport: stage.Loopback, Ports: anyPorts()})
	tcp := finish(t, w)
	if diff := cmp.Diff(steps(memory), steps(tcp)); diff != "" {
		t.Error(diff)
	}
	for i := range memory.Messages {
		if diff := cmp.Diff(headerNames(&memory.Messages[i]), headerNames(&tcp.Messages[i])); diff != "" {
			t.Errorf("%s: headers differ:\n%s", memory.Messages[i].Step, diff)
		}
		if diff := cmp.Diff(checkIDs(&memory.Messages[i]), checkIDs(&tcp.Messages[i])); diff != "" {
			t.Errorf("%s: checks differ:\n%s", memory.Messages[i].Step, diff)
		}
	}
	again := finish(t, w)
	if diff := cmp.Diff(transcript.Of(tcp), transcript.Of(again)); diff != "" {
		t.Error(diff)
	}
}

func headerNames(m *trace.Message) []string {
	var names []string
	for _, h := range m.Header {
		if h.Name != "Cookie" { // cookies do not tell ports apart (RFC 6265 section 8.5), so over loopback more of them are sent
			names = append(names, h.Name)
		}
	}
	return names
}

func checkIDs(m *trace.Message) []string {
	var ids []string
	for _, c := range m.Checks {
		ids = append(ids, c.ID+" "+string(c.Result))
	}
	return ids
}

func TestNestedCallsAreNested(t *testing.T) {
	tr := walk(t, stage.Choices{})
	for step, want := range map[string]int{"callback": 0, "token": 1, "token-response": 1, "mail": 1, "welcome-page": 0} {
		if got := tr.Messages[indexOf(t, tr, step)].Depth; got != want {
			t.Errorf("%s has depth %d, want %d", step, got, want)
		}
	}
	if i := indexOf(t, tr, "welcome-page"); tr.Messages[tr.Request(i)].Step != "callback" {
		t.Error("the welcome page does not answer the callback")
	}
}

func TestAnEditOfAWaitingRequestIsSent(t *testing.T) {
	w := start(t, classroom(t))
	i := indexOf(t, w.Plan(), "token")
	if err := w.Seek(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	edit := stage.Edit{
		Params:  []stage.Change{{Name: "code_verifier", Value: "wrong"}},
		Headers: []stage.Change{{Name: "x-learner", Value: "was here"}},
	}
	if err := w.Edit(t.Context(), i, edit); err != nil {
		t.Fatal(err)
	}
	if got := len(w.Trace().Messages); got != i {
		t.Fatalf("%d messages have crossed, want %d", got, i)
	}
	if w.Waiting().HeaderValue("X-Learner") != "was here" || len(w.Waiting().Edited) != 2 {
		t.Errorf("the waiting request does not show the edit: %+v", w.Waiting())
	}
	tr := finish(t, w)
	if tr.Outcome.Rule != "code-verifier-syntax" || tr.Outcome.Error != "invalid_grant" && tr.Outcome.Error != "invalid_request" {
		t.Errorf("outcome %+v", tr.Outcome)
	}
}

func TestAnEditInThePastReplaysFromTheSeed(t *testing.T) {
	w := start(t, classroom(t))
	before := transcript.Of(finish(t, w))
	i := indexOf(t, w.Plan(), "authorize")
	elsewhere := stage.Edit{Params: []stage.Change{{Name: "redirect_uri", Value: "https://attacker.example/"}}}
	if err := w.Edit(t.Context(), i, elsewhere); err != nil {
		t.Fatal(err)
	}
	if w.Waiting().Step != "authorize" || len(w.Trace().Messages) != i {
		t.Fatalf("%s waits after %d messages", w.Waiting().Step, len(w.Trace().Messages))
	}
	if tr := finish(t, w); tr.Messages[i+1].Status != http.StatusBadRequest || tr.Outcome.Rule != "redirect-uri-registered" {
		t.Errorf("answer %d, outcome %+v", tr.Messages[i+1].Status, tr.Outcome)
	}
	if err := w.Edit(t.Context(), i, stage.Edit{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, transcript.Of(finish(t, w))); diff != "" {
		t.Errorf("taking the edit back does not bring the run back:\n%s", diff)
	}
}

func TestABadEditIsRefusedAndChangesNothing(t *testing.T) {
	w := start(t, classroom(t))
	i := indexOf(t, w.Plan(), "token")
	if err := w.Seek(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	before := transcript.Of(w.Trace())
	long := strings.Repeat("x", stage.MaxBody+1)
	for name, e := range map[string]stage.Edit{
		"a method with a space":         {Method: "GET IT"},
		"a header name with a colon":    {Headers: []stage.Change{{Name: "X:Y", Value: "z"}}},
		"a header with a line break":    {Headers: []stage.Change{{Name: "X", Value: "a\r\nSet-Cookie: b"}}},
		"a body over the limit":         {Body: &long},
		"a host that nobody answers at": {URL: "https://elsewhere.example/token"},
		"a URL that is none":            {URL: "http://[::1"},
		"a wait into the past":          {Wait: -1},
		"a parameter without a name":    {Params: []stage.Change{{Value: "x"}}},
	} {
		if err := w.Edit(t.Context(), i, e); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if err := w.Edit(t.Context(), i+1, stage.Edit{Method: "PUT"}); err == nil {
		t.Error("a response was changed")
	}
	if diff := cmp.Diff(before, transcript.Of(w.Trace())); diff != "" || w.Waiting().Step != "token" {
		t.Errorf("the run changed: %s waits\n%s", w.Waiting().Step, diff)
	}
}

func TestAnyRequestCanBeSentAnyHow(t *testing.T) {
	t.Parallel()
	body := "not=the&form=at all"
	for name, e := range map[string]stage.Edit{
		"another method": {Method: "DELETE"},
		"another path":   {URL: "/nowhere"},
		"another host":   {URL: "https://mailbox.example/messages"},
		"another body":   {Body: &body},
		"a double":       {Twice: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := start(t, classroom(t))
			for _, step := range []string{"login", "authorize", "sign-in", "consent", "callback", "token", "jwks", "mail"} {
				sendChanged(t, w, step, e)
			}
		})
	}
}

// sendChanged plays a run in which one request is changed, and holds it to an end.
func sendChanged(t *testing.T, w *flows.Walk, step string, e stage.Edit) {
	t.Helper()
	if err := w.Choose(t.Context(), stage.Choices{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Edit(t.Context(), indexOf(t, w.Plan(), step), e); err != nil {
		t.Fatal(err)
	}
	if tr := finish(t, w); tr.Outcome.State == trace.Running {
		t.Errorf("after changing %s the run has no end", step)
	}
}

func TestAnotherChoiceReplaysUpToWhereItMatters(t *testing.T) {
	w := start(t, classroom(t))
	if err := w.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Choose(t.Context(), stage.Choices{Typed: &stage.Typed{Username: "jane", Password: "wrong"}}); err != nil {
		t.Fatal(err)
	}
	if got := w.Waiting(); got == nil || got.Step != stage.StepWrongPassword {
		t.Errorf("%v waits, want the wrong password", got)
	}
	if err := w.Choose(t.Context(), stage.Choices{Person: "sam"}); err != nil {
		t.Fatal(err)
	}
	if sub := trace.JSONMember(w.Plan().Messages[indexOf(t, w.Plan(), "mail-response")].Body, "owner"); sub != "Sam Reyes" {
		t.Errorf("the mailbox is %q's", sub)
	}
}

func TestSeekBackReplays(t *testing.T) {
	w := start(t, classroom(t))
	all := finish(t, w)
	if err := w.Seek(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(transcript.Of(all.Upto(5)), transcript.Of(w.Trace())); diff != "" {
		t.Error(diff)
	}
}

func TestClosingInMidWalkLeavesNothing(t *testing.T) { // TestMain looks for goroutines that are left
	for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
		for n := range 23 {
			w := start(t, flows.Options{Provider: provider(t), Transport: transport})
			if err := w.Seek(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEveryPersonHasAMailbox(t *testing.T) {
	for _, p := range stage.People() {
		tr := walk(t, stage.Choices{Person: p.Username})
		if tr.Outcome.State != trace.Completed {
			t.Errorf("%s: %+v", p.Name, tr.Outcome)
			continue
		}
		if owner := trace.JSONMember(tr.Messages[indexOf(t, tr, "mail-response")].Body, "owner"); owner != p.Name {
			t.Errorf("%s reads the mailbox of %q", p.Name, owner)
		}
	}
}

func TestAProviderThatCannotBeMadeIsAnError(t *testing.T) {
	broken := errors.New("no keys")
	flow, _ := flows.Find("authorization-code-pkce")
	for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
		_, err := flows.Start(t.Context(), flow, flows.Options{
			Transport: transport, Provider: func(stage.Env) (http.Handler, error) { return nil, broken },
		})
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", transport, err)
		}
	}
}

func TestTheStoryFollowsAValueToWhereItIsCompared(t *testing.T) {
	tr := walk(t, stage.Choices{})
	for name, want := range map[string][]string{
		"state":          {"create-state", "login-redirect", "authorize", "code-redirect", "callback"},
		"nonce":          {"create-state", "login-redirect", "authorize", "token-response", "validate-id-token"},
		"code":           {"code-redirect", "callback", "token"},
		"code_challenge": {"create-pkce", "login-redirect", "authorize", "token"},
		"code_verifier":  {"create-pkce", "token"},
	} {
		seen := map[string]bool{}
		for _, p := range tr.Find(tr.Latest(name)) {
			seen[tr.Messages[p.Message].Step] = true
		}
		for _, step := range want {
			if !seen[step] {
				t.Errorf("%s is not found in %s, only in %v", name, step, seen)
			}
		}
	}
}

func TestTheClockCanBeMovedBeforeAnyMessage(t *testing.T) {
	w := start(t, classroom(t))
	i := indexOf(t, w.Plan(), "token-response")
	before := w.Plan().Messages[i].At
	if err := w.Jump(t.Context(), i, time.Hour); err != nil {
		t.Fatal(err)
	}
	if m := w.Waiting(); m == nil || m.Step != "token-response" || m.Waited != time.Hour || !m.At.Equal(before.Add(time.Hour)) {
		t.Fatalf("%+v waits", m)
	}
	if err := w.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if o := w.Trace().Outcome; o.State != trace.Refused || o.By != trace.Client {
		t.Errorf("after an hour the run ended as %+v", o)
	}
	if err := w.Jump(t.Context(), i, 0); err != nil {
		t.Fatal(err)
	}
	if len(w.Choices().Jumps) != 0 || !w.Plan().Messages[i].At.Equal(before) {
		t.Errorf("the jump was not taken back: %+v", w.Choices().Jumps)
	}
	for _, by := range []time.Duration{-time.Second, 1000 * 24 * time.Hour} {
		if err := w.Jump(t.Context(), i, by); err == nil {
			t.Errorf("the clock was moved by %s", by)
		}
	}
}

func TestASwitchThatTheFlowDoesNotHaveIsRefused(t *testing.T) {
	f, _ := flows.Find("authorization-code-pkce")
	unknown := stage.Choices{Switches: map[string]string{"warp": "on"}}
	_, err := flows.Start(t.Context(), f, flows.Options{Provider: provider(t), Choices: unknown})
	if err == nil || !strings.Contains(err.Error(), "warp") {
		t.Errorf("got %v", err)
	}
}
