package ask_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// stolen is a run in which somebody brings a code for the second time.
func stolen() *trace.Trace {
	const portal = "https://app.example/cb?code=c-1&state=s"
	return &trace.Trace{
		Flow:    "code",
		Outcome: trace.Outcome{State: trace.Refused, By: trace.AuthorizationServer, Rule: "code-unused", Error: "invalid_grant"},
		Messages: []trace.Message{
			{Step: "callback", Kind: trace.Request, From: trace.UserAgent, To: trace.Client, Channel: trace.Front, Exchange: 1, Method: "GET", URL: portal},
			{Step: "welcome", Kind: trace.Response, From: trace.Client, To: trace.UserAgent, Channel: trace.Front, Exchange: 1, Status: 200, Body: []byte("Hello Jane")},
			{
				Step: "token", Kind: trace.Request, From: trace.Attacker, To: trace.AuthorizationServer, Channel: trace.Back, Exchange: 2,
				Method: "POST", URL: "https://idp.example/token", Body: []byte("code=c-1"),
				Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
				Checks: []trace.Check{{ID: "code-known", Result: trace.Pass}, {ID: "code-unused", Result: trace.Fail}, {ID: "later", Result: trace.Skip}},
			},
			{
				Step: "token-response", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Attacker, Channel: trace.Back,
				Exchange: 2, Status: 400, At: time.Time{}.Add(10*time.Minute + 59*time.Second),
			},
		},
	}
}

func TestARunAnswersWhatItIsAsked(t *testing.T) {
	for _, yes := range []string{
		`status("token") == 400`,
		`number("token") == 3`,
		`minutes("token", "token-response") == 10`,
		`body("callback") contains "Hello" and not (body("callback") contains "Sam")`,
		`comes("callback") and not comes("mail")`,
		`outcome == "refused" and refuser == "authorization-server" and error == "invalid_grant"`,
		`rule == "code-unused" and flow == "code"`,
		`count(messages, .From == "attacker") == 1`,
		`any(messages, "code-known" in .Passed and "code-unused" in .Failed)`,
		`first("code", "client") == "callback" and first("access-token", "user-agent") == ""`,
		`sees("logs", "code") and not sees("history", "code")`,
		`value("state") == "s" and value("nonce") == ""`,
	} {
		q, err := ask.Compile(yes)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if is, err := q.Of(stolen()); err != nil || !is {
			t.Errorf("%s is %v, %v", q, is, err)
		}
	}
}

func TestAQuestionThatARunCannotAnswerHasNoAnswer(t *testing.T) {
	for text, told := range map[string]string{
		`status("tokens") == 400`:         `has no step "tokens"`,
		`number("tokens") == 1`:           `has no step "tokens"`,
		`minutes("tokens", "token") == 1`: `has no step "tokens"`,
		`minutes("token", "tokens") == 1`: `has no step "tokens"`,
		`status("callbacks") < 300`:       `has no step "callbacks"`,
		`sees("history", "codes")`:        `nothing in the run goes by the name "codes"`,
		`sees("neighbour", "code")`:       `no witness "neighbour"`,
		`messages[9].Status == 200`:       "out of range",
	} {
		q, err := ask.Compile(text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if is, err := q.Of(stolen()); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%s is %v, %v; it should say: %s", text, is, err, told)
		}
	}
}

func TestOfSeveralExpressionsTheOneThatIsTrueIsFound(t *testing.T) {
	if i, err := ask.Which(stolen(), []string{`comes("mail")`, `status("nothing") == 1`, `comes("token")`}); i != 2 || err != nil {
		t.Errorf("it is number %d, %v", i, err)
	}
	if _, err := ask.Which(stolen(), []string{`comes("mail")`}); err == nil || !strings.Contains(err.Error(), "none of these") {
		t.Errorf("a question without an answer says %v", err)
	}
	if _, err := ask.Which(stolen(), []string{`comes(`}); err == nil {
		t.Error("a slip in an expression is no answer")
	}
}

func TestASlipInAQuestionIsToldWhenItIsRead(t *testing.T) {
	for text, told := range map[string]string{
		``:                                   "is empty",
		`status("token") ==`:                 "unexpected",
		`statuss("token") == 1`:              "statuss",
		`status("token")`:                    "bool",
		`messages[0].Nothing == 1`:           "Nothing",
		`status(1) == 1`:                     "string",
		strings.Repeat("1+", 300) + "1 == 1": "nodes",
	} {
		if _, err := ask.Compile(text); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%.40q gives the error %v, which does not say %q", text, err, told)
		}
	}
}
