package stage

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// NoSuchHostError means that a request went to a host where nobody of the cast answers.
type NoSuchHostError struct{ Host string }

func (e *NoSuchHostError) Error() string {
	return "nobody in this story answers at " + e.Host
}

// network carries every message: it stops it at the gate, writes it into the
// trace, hands it over, and does the same with the answer.
type network struct {
	ctx       context.Context // the life of the run; handlers behind TCP have contexts of their own
	clock     *clock
	gate      func(context.Context, *trace.Message) error
	name      func(m, request *trace.Message) (step, chapter string)
	choices   Choices
	classroom bool
	carry     carrier

	identities *identities

	mu        sync.Mutex // guards all below; checks arrive from server goroutines
	trace     *trace.Trace
	exchanges int
	waited    time.Duration
	pending   []int          // index of every request that has no answer yet, outermost first
	seen      map[string]int // requests that were about to be sent, by step
	reached   map[string]int // messages that came to the gate, by step
}

// carrier hands a request to its receiver and brings back the answer.
type carrier interface {
	// roundTrip reports the receiver's checks to record, which may be nil.
	roundTrip(req *http.Request, to trace.Role, record func(trace.Check)) (*http.Response, error)
	role(host string) (trace.Role, bool)
	hosts() []string
	ports() []int
	start(trace.Role, http.Handler)
	close() error
}

func newNetwork(ctx context.Context, c *clock, o Options) *network {
	n := &network{
		ctx: ctx, clock: c, gate: o.Gate, name: o.Name, choices: o.Choices, classroom: o.Classroom,
		trace: &trace.Trace{Flow: o.Flow, Mistake: o.Choices.mistake(), Outcome: trace.Outcome{State: trace.Running}},
		seen:  map[string]int{}, reached: map[string]int{},
		identities: &identities{now: c.Now, seed: o.Seed, known: map[string]tls.Certificate{}},
	}
	if n.gate == nil {
		n.gate = func(ctx context.Context, _ *trace.Message) error { return ctx.Err() }
	}
	return n
}

func (n *network) listen(o Options) (addresses, error) {
	var err error
	var at addresses
	if o.Transport == Loopback {
		n.carry, at, err = newLoopback(n.clock, n.identities, o)
	} else {
		n.carry, at, err = newMemory(n.clock, n.identities, o.Cast)
	}
	return at, err
}

// raise lets one of the cast answer at its address.
func (n *network) raise(role trace.Role, h http.Handler) { n.carry.start(role, h) }

func (n *network) close() error { return n.carry.close() }

// exchange carries a request and its answer; when the learner asked for it, twice.
func (n *network) exchange(m *trace.Message) (*http.Response, error) {
	if to, err := url.Parse(m.URL); err == nil {
		m.To, _ = n.carry.role(to.Host)
	}
	first := *m
	edit := n.editFor(m)
	if edit != nil {
		edit.apply(m)
		if err := n.show(m, edit.Certificate); err != nil {
			return nil, err
		}
	}
	resp, err := n.once(m, edit)
	if err != nil || edit == nil || !edit.Twice {
		return resp, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, fmt.Errorf("close first answer: %w", err)
	}
	again := first
	again.Edited = []trace.EditMark{{What: trace.SentAgain, Before: "sent once", After: "sent again"}}
	return n.once(&again, nil)
}

func (n *network) editFor(m *trace.Message) *Edit {
	n.label(m, nil)
	n.mu.Lock()
	defer n.mu.Unlock()
	occurrence := n.seen[m.Step]
	n.seen[m.Step]++
	for i, e := range n.choices.Edits {
		if e.Step == m.Step && e.Occurrence == occurrence {
			return &n.choices.Edits[i]
		}
	}
	return nil
}

// jump lets the clock run before a message crosses, as far as the learner asked for it there.
func (n *network) jump(m *trace.Message) {
	n.mu.Lock()
	occurrence := n.reached[m.Step]
	n.reached[m.Step]++
	n.mu.Unlock()
	for _, j := range n.choices.Jumps {
		if j.Step == m.Step && j.Occurrence == occurrence {
			n.clock.advance(j.By)
			m.Waited += j.By
		}
	}
}

func (n *network) once(m *trace.Message, edit *Edit) (*http.Response, error) {
	target, err := url.Parse(m.URL)
	if err != nil {
		return nil, fmt.Errorf("read the URL of the request: %w", err)
	}
	to, ok := n.carry.role(target.Host)
	if !ok {
		return nil, &NoSuchHostError{Host: target.Host}
	}
	m.To = to
	if edit != nil && edit.Wait > 0 {
		n.clock.advance(edit.Wait)
		m.Waited += edit.Wait
	}
	n.mu.Lock()
	n.exchanges++
	m.Exchange, m.Depth = n.exchanges, len(n.pending)
	n.mu.Unlock()
	index, err := n.cross(m, nil)
	if err != nil {
		return nil, err
	}
	return n.deliver(index, to)
}

// deliver hands a request that crossed to its receiver and brings the answer to the gate.
func (n *network) deliver(index int, to trace.Role) (*http.Response, error) {
	n.mu.Lock()
	request := n.trace.Messages[index]
	n.pending = append(n.pending, index)
	n.mu.Unlock()

	ctx := n.ctx
	if c, ok := n.identities.known[request.Certificate]; ok {
		ctx = withCertificate(ctx, &c)
	}
	req, err := httpRequest(ctx, &request)
	if err != nil {
		return nil, fmt.Errorf("build the request: %w", err)
	}
	started, held := time.Now(), n.held()
	resp, err := n.carry.roundTrip(req, to, n.record)
	took := time.Since(started) - (n.held() - held)

	n.mu.Lock()
	n.pending = n.pending[:len(n.pending)-1]
	n.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("deliver %s %s: %w", request.Method, request.URL, err)
	}
	answer, err := responseMessage(resp)
	if err != nil {
		return nil, fmt.Errorf("read the answer to %s: %w", request.Step, err)
	}
	answer.From, answer.To, answer.Channel = request.To, request.From, request.Channel
	answer.Exchange, answer.Depth = request.Exchange, request.Depth
	if !n.classroom {
		answer.Took = took
	}
	if _, err := n.cross(&answer, &request); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer.Body))
	return resp, nil
}

// cross stops a message at the gate and then writes it into the trace.
func (n *network) cross(m, request *trace.Message) (int, error) {
	n.label(m, request)
	n.jump(m)
	m.At = n.clock.advance(hop)
	arrived := time.Now()
	if err := n.gate(n.ctx, m); err != nil {
		return 0, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.waited += time.Since(arrived)
	if len(n.trace.Messages) >= MaxMessages {
		return 0, ErrTooLong
	}
	n.trace.Messages = append(n.trace.Messages, *m)
	return len(n.trace.Messages) - 1, nil
}

// held is how long messages have stood at the gate so far: time that no party took.
func (n *network) held() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.waited
}

func (n *network) label(m, request *trace.Message) {
	if n.name != nil {
		m.Step, m.Chapter = n.name(m, request)
		if m.Chapter == "" {
			m.Chapter = n.chapter()
		}
	}
}

// chapter is that of the message before.
func (n *network) chapter() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last := len(n.trace.Messages) - 1; last >= 0 {
		return n.trace.Messages[last].Chapter
	}
	return ""
}

// record adds a check to the request that is being answered.
func (n *network) record(c trace.Check) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.pending) == 0 {
		return
	}
	m := &n.trace.Messages[n.pending[len(n.pending)-1]]
	m.Checks = append(m.Checks, c)
}

// note writes a calculation that a party made by itself.
func (n *network) note(by trace.Role, step string, calc trace.Calc, checks []trace.Check) error {
	m := trace.Message{Step: step, Kind: trace.Note, From: by, To: by, Channel: trace.Local, Calc: &calc, Checks: checks}
	n.mu.Lock()
	m.Depth = len(n.pending)
	n.mu.Unlock()
	_, err := n.cross(&m, nil)
	return err
}

// gesture writes an act of the person, or what the person is shown.
func (n *network) gesture(from, to trace.Role, step string, act trace.Act, takes time.Duration) error {
	n.clock.advance(takes)
	m := trace.Message{Step: step, Kind: trace.Gesture, From: from, To: to, Channel: trace.Local, Act: &act}
	_, err := n.cross(&m, nil)
	return err
}

// IsEnded reports whether an error means that the run was closed, not that something is broken.
func IsEnded(err error) bool { return errors.Is(err, context.Canceled) }
