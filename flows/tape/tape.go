// Package tape keeps what a server really received and what it answered, whole
// and with the rules that ran, so that somebody can look at the traffic of an
// app as at a walk.
//
// Put [Tape.Around] around a handler, and read with [Tape.After] and
// [Tape.Wait]. Whoever reads never holds the server up: the tape has a bound,
// and what gives way is counted. It holds secrets, tokens and passwords as they
// crossed the network, so keep it where only the owner of the machine gets.
package tape

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Bounds say how much a tape keeps. What is zero is as in [Usual].
type Bounds struct {
	Exchanges int // how many exchanges
	Bytes     int // of all bodies, addresses and headers together
	Body      int // bytes of one body; the rest is cut, and the exchange says so
}

// Usual returns bounds for a day of work: 100,000 exchanges or 64 MiB, whichever
// is reached first, and 64 KiB of one body.
func Usual() Bounds { return Bounds{Exchanges: 100_000, Bytes: 64 << 20, Body: 64 << 10} }

// Exchange is a request and its answer. Its messages have no step: what they are
// in a login is found out by whoever reads them.
type Exchange struct {
	Number  int           `json:"number"` // counts from 1, without a gap
	Request trace.Message `json:"request"`
	Answer  trace.Message `json:"answer"`
	// CutRequest and CutAnswer are how many bytes of the body were left out.
	CutRequest int `json:"cut_request,omitempty"`
	CutAnswer  int `json:"cut_answer,omitempty"`
	// Guessed means that nothing in the request shows whether a browser or a
	// server sent it.
	Guessed bool `json:"guessed,omitempty"`
	// Event is set where nobody asked and nobody answered, but something was
	// done to the server.
	Event *Event `json:"event,omitempty"`
}

// entry is an exchange as it is kept: packed where it was recorded here, and
// open where another process told it, since who looks on there has it open anyway.
type entry struct {
	packed []byte
	open   *Exchange
	size   int
}

// Tape is safe for concurrent use. Make one with [New].
type Tape struct {
	bounds Bounds
	now    func() time.Time

	mu    sync.Mutex // guards all below
	kept  []entry    // the oldest first, from index first on
	first int
	last  int           // number of the newest, or 0
	bytes int           // of those that are kept
	lost  int           // see [Tape.Lost]
	news  chan struct{} // closed when there is a new one; nil: nobody waits
	packs packing
}

// New returns an empty tape.
func New(b Bounds) *Tape {
	usual := Usual()
	if b.Exchanges <= 0 {
		b.Exchanges = usual.Exchanges
	}
	if b.Bytes <= 0 {
		b.Bytes = usual.Bytes
	}
	if b.Body <= 0 {
		b.Body = usual.Body
	}
	return &Tape{bounds: b, now: time.Now}
}

// After returns up to most exchanges that came after the one of a number; 0 is
// before the first. Gone is how many between gave way and can't be had any more.
func (t *Tape) After(number, most int) (found []Exchange, gone int) {
	of := t.take(nil, number, most)
	return of.open(nil), of.gone
}

// stretch is a part of a tape, as it is kept.
type stretch struct {
	kept     []entry
	first    int // number of the first of them
	gone     int // between these and those that were known
	left     int // after these
	glossary *glossary
	knows    count // how much of it these need at most
}

// last is the number of the last of them.
func (s *stretch) last() int { return s.first + len(s.kept) - 1 }

// take returns up to most entries after a number, in the room of a list.
func (t *Tape) take(room []entry, after, most int) stretch {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stretch(room, after, most)
}

func (t *Tape) stretch(room []entry, after, most int) stretch {
	kept := t.kept[t.first:]
	oldest := t.last - len(kept) + 1
	after = max(0, min(after, t.last))
	of := stretch{glossary: t.packs.glossary}
	if of.glossary != nil {
		of.knows = of.glossary.told
	}
	if after < oldest-1 {
		of.gone, after = oldest-1-after, oldest-1
	}
	kept = kept[after-(oldest-1):]
	n := min(max(most, 0), len(kept))
	of.kept, of.first, of.left = append(room[:0], kept[:n]...), after+1, len(kept)-n
	return of
}

// open appends the exchanges to a list.
func (s *stretch) open(to []Exchange) []Exchange {
	var opening opening
	if s.glossary != nil {
		opening.known, opening.rules = s.glossary.texts[:s.knows.texts], s.glossary.rules[:s.knows.rules]
	}
	to = slices.Grow(to, len(s.kept))
	for i := range s.kept {
		to = append(to, Exchange{})
		e := &to[len(to)-1]
		if open := s.kept[i].open; open != nil {
			*e = *open
		} else if opened, err := opening.exchange(s.kept[i].packed); err == nil { // we packed it ourselves
			*e = opened
		}
		e.Number = s.first + i
		if e.Event == nil {
			e.Request.Exchange, e.Answer.Exchange = e.Number, e.Number
		}
	}
	return to
}

// Last is the number of the newest exchange; 0 when there was none.
func (t *Tape) Last() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last
}

// Len is how many exchanges are kept.
func (t *Tape) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.kept) - t.first
}

// Wait returns as soon as there is an exchange after the one of a number, or
// with the error of the context.
func (t *Tape) Wait(ctx context.Context, number int) error {
	for {
		t.mu.Lock()
		there := t.last > number
		if !there && t.news == nil {
			t.news = make(chan struct{})
		}
		news := t.news
		t.mu.Unlock()
		if there {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Lost is how many exchanges another tape that is followed could not tell any more.
func (t *Tape) Lost() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lost
}

func (t *Tape) lose(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lost += n
}

// Clear forgets what is kept. Numbers go on.
func (t *Tape) Clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept, t.first, t.bytes = nil, 0, 0
}

// Put adds an exchange that was recorded elsewhere; an answer without a kind
// means that none came.
func (t *Tape) Put(request, answer trace.Message) { t.add(&Exchange{Request: request, Answer: answer}) }

// add keeps an exchange that was recorded here. It shares no memory with it.
func (t *Tape) add(e *Exchange) {
	size := sizeOf(&e.Request) + sizeOf(&e.Answer)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(entry{packed: t.pack(e), size: size})
}

func (t *Tape) pack(e *Exchange) []byte {
	if t.packs.glossary == nil {
		t.packs.glossary = newGlossary()
	}
	return t.packs.exchange(e)
}

// hold keeps an exchange that another process told.
func (t *Tape) hold(e *Exchange) {
	size := sizeOf(&e.Request) + sizeOf(&e.Answer)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(entry{open: e, size: size})
}

func (t *Tape) keep(e entry) {
	t.last++
	t.kept = append(t.kept, e)
	t.bytes += e.size
	for len(t.kept)-t.first > t.bounds.Exchanges || t.bytes > t.bounds.Bytes && len(t.kept)-t.first > 1 {
		t.bytes -= t.kept[t.first].size
		t.kept[t.first] = entry{}
		t.first++
	}
	if t.first > len(t.kept)/2 { // gives the room of what is gone back, at a cost that each one bears once
		t.kept = append(make([]entry, 0, len(t.kept)-t.first+1), t.kept[t.first:]...)
		t.first = 0
	}
	if t.news != nil {
		close(t.news)
		t.news = nil
	}
}

// sizeOf is about what a message takes: the texts, and a little for each piece.
func sizeOf(m *trace.Message) int {
	const piece = 48
	n := 256 + len(m.URL) + len(m.Body)
	for _, f := range m.Header {
		n += piece + len(f.Name) + len(f.Value)
	}
	for i := range m.Checks {
		c := &m.Checks[i]
		n += 3*piece + len(c.Expected) + len(c.Got) + len(c.Reason)
	}
	return n
}
