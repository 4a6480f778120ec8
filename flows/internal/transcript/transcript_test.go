package transcript_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// everything is a run with a message of each kind that carries all that such a
// message can, and an end with a reason.
func everything() *trace.Trace {
	start := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0." // {"alg":"none"} {"sub":"jane"}
	tr := &trace.Trace{
		Flow: "a-flow",
		Messages: []trace.Message{
			{
				Step: "click", Chapter: "ask", Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
				Act: &trace.Act{Verb: "types", Object: "a name", Fields: []trace.Field{{Name: "username", Value: ""}}},
			},
			{
				Step: "draw", Chapter: "ask", Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local, Depth: 1,
				Calc: &trace.Calc{
					Inputs: []trace.Field{{Name: "verifier", Value: "v"}}, Outputs: []trace.Field{{Name: "challenge", Value: "c"}},
					Steps: []trace.CalcStep{{Does: "hash it", Result: "00"}}, Command: "printf v | sha256sum",
				},
			},
			{
				Step: "token", Chapter: "tokens", Kind: trace.Request, From: trace.Client, To: trace.AuthorizationServer, Channel: trace.Back,
				Exchange: 1, Depth: 1, Method: http.MethodPost, URL: "https://idp.example/token?a=1#b=2",
				Header: []trace.Field{
					{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "Authorization", Value: "Bearer " + token},
				},
				Body:   []byte("code=x&long=" + strings.Repeat("y", 80)),
				Edited: []trace.EditMark{{What: "parameter code", Before: "", After: "x"}},
				Checks: []trace.Check{
					{
						By: trace.AuthorizationServer, ID: "code-known", Rule: "code is known", Spec: trace.Spec{Doc: "RFC 6749", Section: "4.1.3"},
						Expected: "a code", Got: "x", Result: trace.Fail, Reason: "nobody issued it", Error: "invalid_grant",
					},
					{By: trace.AuthorizationServer, ID: "code-fresh", Rule: "code is fresh", Result: trace.Skip, Reason: "not looked at"},
					{By: trace.AuthorizationServer, ID: "code-unused", Result: trace.Skip, Reason: "not looked at"},
					{By: trace.Client, ID: "code-whole", Expected: "whole", Got: "whole", Result: trace.Pass},
					{By: trace.AuthorizationServer, ID: "code-short", Expected: "at most 2", Got: "1", Result: trace.Pass},
				},
			},
			{
				Step: "refused", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client, Channel: trace.Back,
				Exchange: 1, Depth: 1, Status: http.StatusFound, Took: time.Second,
				Header: []trace.Field{
					{Name: "Content-Type", Value: "application/json"}, {Name: "Location", Value: "https://travel.example/?x=1#y=2"},
				},
				Body: []byte(`{"error":"invalid_grant"}`),
			},
			{
				Step: "bytes", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client,
				Status: 299, Body: []byte{0xff},
			},
		},
		Outcome: trace.Outcome{
			State: trace.Refused, By: trace.AuthorizationServer, Rule: "code-known", Error: "invalid_grant", Reason: "nobody\x1b issued it",
		},
	}
	for i := range tr.Messages {
		tr.Messages[i].At = start.Add(time.Duration(i) * time.Second)
	}
	return tr
}

const everythingWritten = `flow a-flow

== ask

1 click: gesture resource-owner -> user-agent, local, at 0s
  types a name
    username:

2 draw: note client -> client, local, depth 1, at 1s
  inputs
    verifier: v
  step hash it
    = 00
  outputs
    challenge: c
  $ printf v | sha256sum

== tokens

3 token: request client -> authorization-server, back, exchange 1, depth 1, at 2s
  edited parameter code
    before:
    after: x
  POST https://idp.example/token
  query
    a: 1
  fragment
    b: 2
  header
    Content-Type: application/x-www-form-urlencoded
    Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0.
    Content-Length: not sent
  form
    code: x
    long: yyyyyyyy…yyyyyyyy (80, sum e8730587)
  decoded Authorization
    header
      alg: "none"
    payload
      sub: "jane"
  fail code-known
    expected: a code
    got: x
    reason: nobody issued it
    error: invalid_grant
  skip code-fresh, code-unused: not looked at
  pass code-whole by client: whole
  pass code-short: 1 (expected: at most 2)

4 refused: response authorization-server -> client, back, exchange 1, depth 1, at 3s
  302 Found
  header
    Content-Type: application/json
    Location: https://travel.example/
    Content-Length: not sent
  redirect
    x: 1
  fragment
    y: 2
  body, compact JSON
    | {
    |   "error": "invalid_grant"
    | }

5 bytes: response authorization-server -> client, , at 4s
  299
  header
    Content-Length: not sent
  body in hex
    ff

== outcome refused
by: authorization-server
rule: code-known
error: invalid_grant
reason: nobody\x1b issued it
`

func TestATranscriptHoldsAllThatARunIs(t *testing.T) {
	if diff := cmp.Diff(everythingWritten, transcript.Of(everything())); diff != "" {
		t.Errorf("it is written otherwise (-want +got):\n%s", diff)
	}
}

func TestATranscriptDoesNotDependOnHowLongThingsTook(t *testing.T) {
	slow := everything()
	for i := range slow.Messages {
		slow.Messages[i].Took += time.Hour
	}
	if transcript.Of(everything()) != transcript.Of(slow) {
		t.Error("a run on a slow machine has another transcript")
	}
}

func TestATranscriptTellsEveryChangeOfARun(t *testing.T) {
	before := transcript.Of(everything())
	for what, change := range map[string]func(*trace.Message, *trace.Outcome){
		"a step":                 func(m *trace.Message, _ *trace.Outcome) { m.Step += "x" },
		"a channel":              func(m *trace.Message, _ *trace.Outcome) { m.Channel = trace.Front },
		"a depth":                func(m *trace.Message, _ *trace.Outcome) { m.Depth++ },
		"a method":               func(m *trace.Message, _ *trace.Outcome) { m.Method = http.MethodPut },
		"the end of a URL":       func(m *trace.Message, _ *trace.Outcome) { m.URL += "#" },
		"a space in a header":    func(m *trace.Message, _ *trace.Outcome) { m.Header[0].Value += " x" },
		"one byte of the body":   func(m *trace.Message, _ *trace.Outcome) { m.Body[20]++ },
		"a line feed at the end": func(m *trace.Message, _ *trace.Outcome) { m.Body = append(m.Body, '\n') },
		"a result":               func(m *trace.Message, _ *trace.Outcome) { m.Checks[0].Result = trace.Pass },
		"what was expected":      func(m *trace.Message, _ *trace.Outcome) { m.Checks[0].Expected += "x" },
		"what was got":           func(m *trace.Message, _ *trace.Outcome) { m.Checks[0].Got += "x" },
		"an edit":                func(m *trace.Message, _ *trace.Outcome) { m.Edited[0].After += "x" },
		"the reason":             func(_ *trace.Message, o *trace.Outcome) { o.Reason += "x" },
	} {
		tr := everything()
		change(&tr.Messages[2], &tr.Outcome)
		if transcript.Of(tr) == before {
			t.Errorf("%s changed, and the transcript did not", what)
		}
	}
}

func TestATranscriptIsLinesOfPlainText(t *testing.T) {
	for evil, want := range map[string]string{
		"a\nb":         `a\nb`,
		"\x1b[31m":     `\x1b[31m`,
		"\u202eevil":   `\u202eevil`,
		"\xff broken":  `\xff broken`,
		"\U000e0041":   `\U000e0041`,
		"Zoë, 'ok' \\": `Zoë, 'ok' \`,
	} {
		tr := everything()
		tr.Messages[0].Act.Object = evil
		if text := transcript.Of(tr); !strings.Contains(text, "\n  types "+want+"\n") {
			t.Errorf("%q is not written as %q", evil, want)
		}
	}
}
