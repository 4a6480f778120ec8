// Package trace is the record that every party of a flow writes and every
// screen, export and test reads: who sent what to whom, which rules the
// receiver ran on it, and where each value went.
//
// Read [Message] first, then [Trace]. A party that validates something calls
// [Record] with a [Check]; a party that computes something leaves a message
// of kind [Note] with a [Calculation].
//
// The package knows nothing of OAuth grants, of the identity provider, of
// words for learners or of any screen.
package trace

import (
	"slices"
	"strings"
	"time"
)

// Role is a party of RFC 6749 section 1.1, or the browser that acts for the
// person, or somebody who should not be there.
type Role string

// The cast.
const (
	ResourceOwner       Role = "resource-owner"
	UserAgent           Role = "user-agent"
	Client              Role = "client"
	AuthorizationServer Role = "authorization-server"
	ResourceServer      Role = "resource-server"
	// OtherClient is a second app, in stories in which it matters that there are several.
	OtherClient Role = "other-client"
	Attacker    Role = "attacker"
)

// Roles lists every role in the order in which lanes are drawn.
func Roles() []Role {
	return []Role{ResourceOwner, UserAgent, Client, OtherClient, AuthorizationServer, ResourceServer, Attacker}
}

// Kind tells what sort of arrow a message is.
type Kind string

const (
	// Request is an HTTP request.
	Request Kind = "request"
	// Response is the HTTP response to the request of the same Exchange.
	Response Kind = "response"
	// Gesture is an act of the person: a click, a typed password, a decision. It carries no HTTP.
	Gesture Kind = "gesture"
	// Note is a calculation that one party makes by itself. From and To are the same.
	Note Kind = "note"
)

// Channel tells how a message travelled.
type Channel string

const (
	// Front is the front channel: through the browser, where the person, its history and its extensions can see.
	Front Channel = "front"
	// Back is the back channel: directly from server to server.
	Back Channel = "back"
	// Local is no network at all: a gesture or a calculation.
	Local Channel = "local"
)

// Message is one arrow.
//
// The HTTP fields are as they crossed the network: Method and URL for a
// request, Status for a response, Header and Body for both. The URL is
// absolute. Body is complete; the stage refuses bodies over its limit.
type Message struct {
	Step     string  `json:"step"`     // id of the step that this message is, e.g. "token"
	Chapter  string  `json:"chapter"`  // id of the chapter that the step belongs to, e.g. "tokens"
	Kind     Kind    `json:"kind"`     //
	From     Role    `json:"from"`     //
	To       Role    `json:"to"`       //
	Channel  Channel `json:"channel"`  //
	Exchange int     `json:"exchange"` // pairs a response with its request; counts from 1; 0 for gestures and notes
	// Depth is how many requests were still unanswered when this one was sent; a response has that of its request.
	Depth int `json:"depth,omitempty"`

	Method string  `json:"method,omitempty"`
	URL    string  `json:"url,omitempty"`
	Status int     `json:"status,omitempty"`
	Header []Field `json:"header,omitempty"` // in a fixed order, names in canonical form
	Body   []byte  `json:"body,omitempty"`
	// Certificate is what the sender of a request presented in the TLS handshake before it, in base64 of its DER, as in x5c
	// (RFC 7517 section 4.7); empty where it presented none.
	Certificate string     `json:"certificate,omitempty"`
	Checks      []Check    `json:"checks,omitempty"` // what the receiver verified, in the order in which it did
	Act         *Act       `json:"act,omitempty"`    // set for gestures
	Calc        *Calc      `json:"calc,omitempty"`   // set for notes
	Edited      []EditMark `json:"edited,omitempty"` // what the learner changed before it was sent

	At     time.Time     `json:"at"`               // on the stage's clock
	Waited time.Duration `json:"waited,omitempty"` // how long the learner let the clock run before it
	Took   time.Duration `json:"took,omitempty"`   // real time from request to response; zero in classroom runs
}

// Field is one named value: a header, a parameter, a claim, an input of a calculation.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// HeaderFields lists the headers of a message by name, so that a trace repeats.
func HeaderFields(h map[string][]string) []Field {
	fields := make([]Field, 0, len(h))
	for name, values := range h {
		for _, v := range values {
			fields = append(fields, Field{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// EditMark says what the learner changed in a request.
type EditMark struct {
	What   string `json:"what"`   // "method", "url", "body", "parameter redirect_uri", "header Authorization", "sent twice"
	Before string `json:"before"` // empty when it was not there
	After  string `json:"after"`  // empty when it was removed
}

// SentAgain is the EditMark of the second sending of a request that the learner repeats.
const SentAgain = "sent again"

// Act is what the person did in a [Gesture].
type Act struct {
	Verb   string  `json:"verb"`             // "clicks", "types", "agrees", "refuses", "reads"
	Object string  `json:"object"`           // what the verb acts on: "Log in with Demo"
	Fields []Field `json:"fields,omitempty"` // what was typed or chosen
}

// Calc is a calculation that one party made by itself, shown so that it can be repeated by hand.
type Calc struct {
	Inputs  []Field    `json:"inputs,omitempty"`
	Steps   []CalcStep `json:"steps,omitempty"`
	Outputs []Field    `json:"outputs,omitempty"`
	Command string     `json:"command,omitempty"` // a POSIX shell command that prints the first output; empty where none can
}

// CalcStep is one line of a calculation.
type CalcStep struct {
	Does   string `json:"does"`   // "SHA-256(code_verifier)"
	Result string `json:"result"` // "13d31e96…" in full
}

// HeaderValue returns the first header field of that name, compared without case, or "".
func (m *Message) HeaderValue(name string) string {
	for _, f := range m.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Failed reports whether a check of this message failed.
func (m *Message) Failed() bool { return m.FailedCheck() != nil }

// FailedCheck returns the first check of this message that failed, or nil.
func (m *Message) FailedCheck() *Check {
	for i := range m.Checks {
		if m.Checks[i].Result == Fail {
			return &m.Checks[i]
		}
	}
	return nil
}

// Trace is the messages of one run in the order in which they crossed the network.
type Trace struct {
	Flow     string    `json:"flow"`
	Mistake  string    `json:"mistake,omitempty"` // id of the classic mistake that the learner makes in it, and nothing else
	Messages []Message `json:"messages"`
	Outcome  Outcome   `json:"outcome"`
}

// Outcome is how a run ended.
type Outcome struct {
	State  State  `json:"state"`
	By     Role   `json:"by,omitempty"`     // who refused
	Rule   string `json:"rule,omitempty"`   // id of the rule that failed, when a rule did
	Error  string `json:"error,omitempty"`  // the protocol's error code, e.g. "invalid_grant"
	Reason string `json:"reason,omitempty"` // in words, for a developer
}

// State tells how far a run has come.
type State string

const (
	// Running means that the run has not ended yet.
	Running State = "running"
	// Completed means that the flow ended as it should.
	Completed State = "completed"
	// Refused means that a party said no. That is a result, not a fault of the program.
	Refused State = "refused"
)

// Upto returns the trace as it was when n messages had crossed. It shares memory with t.
func (t *Trace) Upto(n int) *Trace {
	n = max(0, min(n, len(t.Messages)))
	out := Outcome{State: Running}
	if n == len(t.Messages) {
		out = t.Outcome
	}
	return &Trace{Flow: t.Flow, Mistake: t.Mistake, Messages: t.Messages[:n:n], Outcome: out}
}

// Kept returns the index of the first answer that a browser keeps from a page of another origin, because no header opens
// it to that origin (Fetch Standard), or -1. No party refused it, so no check failed there.
func (t *Trace) Kept() int {
	for i := range t.Messages {
		m := &t.Messages[i]
		asked := t.Request(i)
		if m.To == UserAgent && asked >= 0 && t.Messages[asked].HeaderValue("Origin") != "" &&
			m.HeaderValue("Access-Control-Allow-Origin") == "" {
			return i
		}
	}
	return -1
}

// Failed returns the index of the message whose check is the reason of the
// outcome, and where none is, of the first message with a failed check, or -1.
func (t *Trace) Failed() int {
	first := -1
	for i := range t.Messages {
		c := t.Messages[i].FailedCheck()
		if c == nil {
			continue
		}
		if first < 0 {
			first = i
		}
		if c.ID == t.Outcome.Rule && c.By == t.Outcome.By {
			return i
		}
	}
	return first
}

// Request returns the index of the request that message i answers, or -1 when i is no response.
func (t *Trace) Request(i int) int {
	if i < 0 || i >= len(t.Messages) || t.Messages[i].Kind != Response {
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		if t.Messages[j].Exchange == t.Messages[i].Exchange {
			return j
		}
	}
	return -1
}

// Response returns the index of the answer to request i, or -1 when there is none (yet).
func (t *Trace) Response(i int) int {
	if i < 0 || i >= len(t.Messages) || t.Messages[i].Kind != Request {
		return -1
	}
	for j := i + 1; j < len(t.Messages); j++ {
		if t.Messages[j].Exchange == t.Messages[i].Exchange {
			return j
		}
	}
	return -1
}
