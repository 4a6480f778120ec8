package inspector

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAnAnswerShowsWhatWasCheckedBeforeIt(t *testing.T) {
	request := &trace.Message{Kind: trace.Request, Checks: []trace.Check{{By: trace.AuthorizationServer}}}
	answer := &trace.Message{Kind: trace.Response, Checks: []trace.Check{{By: trace.Client}, {By: trace.Client}}}
	groups := checkGroups(&Content{Message: answer, Request: request, Response: answer})
	if len(groups) != 2 || groups[0].by != trace.AuthorizationServer || len(groups[1].checks) != 2 {
		t.Errorf("got %+v", groups)
	}
}

func TestTheCheckThatMattersFailedOrIsTheLastEqualLongPair(t *testing.T) {
	long := strings.Repeat("x", 43)
	groups := []checkGroup{
		{
			by:     trace.AuthorizationServer,
			checks: []trace.Check{{Result: trace.Pass, Expected: long, Got: long}, {Result: trace.Pass, Expected: "a", Got: "a"}},
		},
		{by: trace.Client, checks: []trace.Check{{Result: trace.Pass}}},
	}
	if group, index := matters(groups); group != 0 || index != 0 {
		t.Errorf("got %d of group %d", index, group)
	}
	groups[1].checks = append(groups[1].checks, trace.Check{Result: trace.Fail})
	if group, index := matters(groups); group != 1 || index != 1 {
		t.Errorf("beside a failure got %d of group %d", index, group)
	}
	if _, index := matters(nil); index != -1 {
		t.Errorf("without checks got %d", index)
	}
}

func TestAReasonThatRepeatsWhatWasComparedIsLeftOut(t *testing.T) {
	for reason, want := range map[string]bool{"": false, "wanted abc, got xyz": false, "xyz is not it": false, "they differ": true} {
		if got := addsReason(trace.Check{Result: trace.Fail, Expected: "abc", Got: "xyz", Reason: reason}); got != want {
			t.Errorf("%q adds something: %v", reason, got)
		}
	}
}
