package live

import (
	"cmp"
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// mostSaved bounds about how many bytes of messages a session has, so that what
// is written can be read again.
const mostSaved = 12 << 20

// Session is all that is in the list and around it as one trace, the newest
// exchanges where it would be too large. Left is how many were left out.
func (l *Log) Session() (t *trace.Trace, left int) {
	all := l.listedExchanges()
	first := firstSaved(all)
	t = &trace.Trace{Outcome: trace.Outcome{State: trace.Running}}
	events := l.events
	for i, e := range all[first:] {
		for len(events) > 0 && events[0].At.Before(e.At()) {
			t.Messages, events = append(t.Messages, events[0].deed()), events[1:]
		}
		t.Messages = append(t.Messages, stepless(*e.Request, i+1, flows.OtherRequest))
		if e.Answer != nil {
			t.Messages = append(t.Messages, stepless(*e.Answer, i+1, flows.OtherResponse))
		}
	}
	for i := range events {
		t.Messages = append(t.Messages, events[i].deed())
	}
	return t, first
}

// listedExchanges are those that were not cleared, and those of the logins that
// are kept, whatever was cleared or forgotten.
func (l *Log) listedExchanges() []*logins.Exchange {
	all := l.joiner.Log().Exchanges
	all = all[len(all)-l.uncleared():]
	older := l.keptBefore(all)
	slices.SortFunc(older, func(a, b *logins.Exchange) int { return cmp.Compare(a.Number, b.Number) })
	return append(older, all...)
}

// keptBefore are the exchanges of logins that are kept which are older than some others.
func (l *Log) keptBefore(others []*logins.Exchange) (older []*logins.Exchange) {
	for _, login := range l.kept {
		for _, e := range login.Exchanges {
			if len(others) == 0 || e.Number < others[0].Number {
				older = append(older, e)
			}
		}
	}
	return older
}

// firstSaved is the first of the exchanges that a session has room for.
func firstSaved(all []*logins.Exchange) int {
	first, size := len(all), 0
	for first > 0 {
		e := all[first-1]
		size += sizeOf(e.Request)
		if e.Answer != nil {
			size += sizeOf(e.Answer)
		}
		if size > mostSaved {
			break
		}
		first--
	}
	return first
}

// stepless is a message of no flow, as a file of a run has to have it.
func stepless(m trace.Message, exchange int, step string) trace.Message {
	m.Exchange, m.Step = exchange, step
	m.From, m.To = cmp.Or(m.From, trace.Client), cmp.Or(m.To, trace.AuthorizationServer)
	m.Channel = cmp.Or(m.Channel, trace.Back)
	return m
}

func sizeOf(m *trace.Message) int {
	n := 512 + len(m.URL) + len(m.Body)
	for _, f := range m.Header {
		n += len(f.Name) + len(f.Value)
	}
	return n + 512*len(m.Checks)
}

// Tape puts a trace onto a tape, as if it had just been served.
func Tape(t *trace.Trace) *tape.Tape {
	kept := tape.New(tape.Bounds{})
	answers := map[int]*trace.Message{}
	for i := range t.Messages {
		if m := &t.Messages[i]; m.Kind == trace.Response {
			answers[m.Exchange] = m
		}
	}
	for i := range t.Messages {
		m := &t.Messages[i]
		if e, ok := eventOf(m); ok {
			kept.Recall(e, m.At)
		}
		if m.Kind != trace.Request {
			continue
		}
		var answer trace.Message
		if a := answers[m.Exchange]; a != nil {
			answer = *a
		}
		kept.Put(*m, answer)
	}
	return kept
}
