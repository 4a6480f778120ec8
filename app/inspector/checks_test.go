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

func TestTheTellingCheckIsTheLastEqualLongPair(t *testing.T) {
	long := strings.Repeat("x", 43)
	checks := []trace.Check{{Result: trace.Pass, Expected: long, Got: long}, {Result: trace.Pass, Expected: "a", Got: "a"}}
	if got := telling(checks); got != 0 {
		t.Errorf("got %d", got)
	}
	if got := telling(append(checks, trace.Check{Result: trace.Fail})); got != -1 {
		t.Errorf("beside a failure got %d", got)
	}
}
