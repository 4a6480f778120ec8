// Package live turns what clients do with a server into runs: a tape is read,
// its exchanges are joined into logins, and each login is told as a walk of the
// flow that it comes closest to.
//
// A [Log] is what a live view looks at. It judges nothing; why a login fails
// says package diagnosis.
package live

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Most is how many runs a log lists: of more, the oldest are left out.
const Most = 1000

// Log reads a tape, and forgets about as much as the tape does. It is not safe
// for concurrent use.
type Log struct {
	tape   *tape.Tape
	read   int // number of the last exchange that was read
	gone   int // that gave way before they were read
	joiner *logins.Joiner
	known  diagnosis.Known
	events []Event

	cleared int // number of the last exchange that is not listed any more
	kept    []*logins.Login
	runs    map[*logins.Login]toldRun
}

// New returns a log of all that is and will be on a tape. Known is what the
// server says of its clients, if it says anything.
func New(t *tape.Tape, known diagnosis.Known) *Log {
	return &Log{tape: t, joiner: logins.NewJoiner(), known: known, runs: map[*logins.Login]toldRun{}}
}

// Know is told what the server says of its clients, where that comes later.
func (l *Log) Know(known diagnosis.Known) { l.known = known }

// atOnce bounds how long one reading takes.
const atOnce = 2000

// Read takes what is new on the tape, and reports whether there was anything.
func (l *Log) Read() bool {
	found, gone := l.tape.After(l.read, atOnce)
	l.gone += gone
	l.read += gone + len(found)
	for i := range found {
		e := &found[i]
		if e.Event != nil {
			l.hear(e)
			continue
		}
		l.add(e)
	}
	l.joiner.Keep(l.tape.Len())
	return len(found)+gone > 0
}

// add joins what crossed with what came before. Who sent it is told once it is
// known what it was for.
func (l *Log) add(e *tape.Exchange) {
	answer := &e.Answer
	if answer.Kind == "" {
		answer = nil
	}
	joined, _ := l.joiner.Add(&e.Request, answer)
	e.Request.From, e.Request.Channel = sender(joined)
	e.Answer.To, e.Answer.Channel = e.Request.From, e.Request.Channel
}

// Len is how many exchanges are listed: those that were not cleared, and those of logins that are kept.
func (l *Log) Len() int {
	all := l.joiner.Log().Exchanges
	n := l.uncleared()
	return n + len(l.keptBefore(all[len(all)-n:]))
}

// uncleared is how many exchanges are remembered that were not cleared.
func (l *Log) uncleared() int {
	all := l.joiner.Log().Exchanges
	if len(all) == 0 {
		return 0
	}
	return min(len(all), all[len(all)-1].Number-l.cleared)
}

// Seen is how many exchanges and events were read, those that are forgotten by now among them.
func (l *Log) Seen() int { return l.read - l.gone }

// Lost is how many gave way before they could be told or read.
func (l *Log) Lost() int { return l.gone + l.tape.Lost() }

// Around is how many exchanges belong to no login: metadata, keys, and what nobody knows.
func (l *Log) Around() int {
	n := 0
	for _, e := range l.joiner.Log().Around {
		if e.Number > l.cleared {
			n++
		}
	}
	return n
}

// Gone is how many exchanges nobody can see any more.
func (l *Log) Gone() int { return l.Lost() + l.joiner.Log().Gone }

// Clear shows only what comes from now on, and what is kept. A login that goes
// on shows again, whole.
func (l *Log) Clear() {
	if all := l.joiner.Log().Exchanges; len(all) > 0 {
		l.cleared = all[len(all)-1].Number
	}
	l.events = nil
}

// sender is who sent a request, as far as a walk is concerned: what the app does
// for itself it does as the client, even where it is a page in a browser. Who
// comes to the authorization endpoint is a browser, whatever it says of itself
// (RFC 6749 section 3.1).
func sender(e *logins.Exchange) (trace.Role, trace.Channel) {
	m := e.Request
	switch {
	case m.HeaderValue("Sec-Fetch-Mode") == "navigate":
		return trace.UserAgent, trace.Front
	case m.HeaderValue("Origin") != "" && m.HeaderValue("Sec-Fetch-Mode") != "":
		return trace.Client, trace.Front // fetch, of a page
	case m.HeaderValue("Origin") != "" && m.HeaderValue("Cookie") == "":
		return trace.Client, trace.Front
	case e.Endpoint == logins.Authorization && m.From == trace.Client:
		return trace.UserAgent, trace.Front
	}
	return m.From, m.Channel
}

// Run is a login in the list.
type Run struct {
	Number int // counts from 1; it stays
	Began  time.Time
	Client string // client_id; "" where nobody named one
	State  logins.State
	At     logins.Endpoint // where it stopped, or where it is
	Grant  string          // grant_type that it asked with there; "" where it asked for no tokens
	Flow   string          // id of the flow that it comes closest to
	Kept   bool            // see [Log.Keep]
}

// Runs lists the logins, the newest first.
func (l *Log) Runs() []Run {
	runs, _ := l.Find(Filter{}, Most)
	return runs
}

// Newest is the number of the login that began last; 0 where there is none.
func (l *Log) Newest() int {
	all := l.joiner.Log().Logins
	if len(all) == 0 || all[len(all)-1].Last().Number <= l.cleared {
		return 0
	}
	return all[len(all)-1].Number
}

// Login is the login of a number, or nil.
func (l *Log) Login(number int) *logins.Login {
	all := l.joiner.Log().Logins
	if i, found := slices.BinarySearchFunc(all, number, func(login *logins.Login, n int) int { return login.Number - n }); found {
		return all[i]
	}
	if i := slices.IndexFunc(l.kept, func(login *logins.Login) bool { return login.Number == number }); i >= 0 {
		return l.kept[i]
	}
	return nil
}

// Diagnose says why a login fails. It finds nothing in one that is not there.
func (l *Log) Diagnose(number int) diagnosis.Diagnosis {
	login := l.Login(number)
	if login == nil {
		return diagnosis.Diagnosis{}
	}
	return diagnosis.OfLogin(l.joiner.Log(), login, l.known)
}

// Trace tells a login as a walk: its messages have the steps of the flow that
// it comes closest to. The trace is a copy; nil where there is no such login.
func (l *Log) Trace(number int) *trace.Trace {
	login := l.Login(number)
	if login == nil {
		return nil
	}
	return TraceOf(login, l.EventsOf(number)...)
}

// TraceOf is [Log.Trace] of a login that somebody else joined, with notes of
// what was done to the server meanwhile and since.
func TraceOf(login *logins.Login, events ...Event) *trace.Trace {
	id := FlowOf(login)
	flow, _ := flows.Find(id)
	t := &trace.Trace{Flow: id, Outcome: outcome(login)}
	for i, e := range login.Exchanges {
		for len(events) > 0 && events[0].At.Before(e.At()) {
			t.Messages, events = append(t.Messages, events[0].note(flow, t)), events[1:]
		}
		request := *e.Request
		request.Exchange = i + 1
		request.Step, request.Chapter = flow.Name(&request, nil)
		t.Messages = append(t.Messages, request)
		if e.Answer == nil {
			continue
		}
		answer := *e.Answer
		answer.Exchange = i + 1
		answer.Step, answer.Chapter = flow.Name(&answer, &request)
		if answer.Step == flows.OtherResponse {
			answer.Step, answer.Chapter = shortcut(&flow, &answer, &request)
		}
		t.Messages = append(t.Messages, answer)
	}
	for i := range events { // that nothing of the login came after yet
		t.Messages = append(t.Messages, events[i].note(flow, t))
	}
	return t
}

// shortcut names an answer that leads back to the app though pages of the flow
// are still to come: who is signed in already, or need not be asked, sees none.
func shortcut(flow *flows.Flow, answer, request *trace.Message) (step, chapter string) {
	as := *request
	for i := range flow.Steps {
		if s := &flow.Steps[i]; s.Location != "" {
			as.Step = s.Answers
			if step, chapter := flow.Name(answer, &as); step == s.ID {
				return step, chapter
			}
		}
	}
	return answer.Step, answer.Chapter
}

// note tells an event between the messages, in the chapter that goes on.
func (e *Event) note(flow flows.Flow, t *trace.Trace) trace.Message {
	m := e.deed()
	if m.Chapter = flow.Chapters[0]; len(t.Messages) > 0 {
		m.Chapter = t.Messages[len(t.Messages)-1].Chapter
	}
	return m
}

func outcome(login *logins.Login) trace.Outcome {
	switch login.State() {
	case logins.Done:
		return trace.Outcome{State: trace.Completed}
	case logins.Waiting:
		return trace.Outcome{State: trace.Running}
	case logins.Stopped:
	}
	out := trace.Outcome{State: trace.Refused}
	if stop := login.Stop(); stop != nil {
		out.By, out.Error, out.Reason = stop.Request.To, stop.Error(), stop.Description()
		if c := stop.Broken(); c != nil {
			out.By, out.Rule, out.Error = c.By, c.ID, c.Error
		}
	}
	return out
}
