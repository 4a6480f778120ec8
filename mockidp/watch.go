package mockidp

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Exchange is one request and how it was answered, with every rule that ran.
// It is fit for a screen and for a log line: no secret, token or code whole,
// and nothing but printable ASCII, so that no caller can forge a line. Watchers
// share it, so none may change it.
type Exchange struct {
	Began    time.Time // real time
	Realm    string    // empty where the address names none
	Endpoint Endpoint  // as in Rule.Endpoint; empty where there is none
	Method   string
	Path     string
	// Params are the parameters of the query and of the form body, the first
	// 40. What could be a secret is cut to its beginning.
	Params []Field
	Trail  *Trail // nil unless a watcher asked for it, and of what somebody beside the provider had
	Status int
	Client string        // client_id of a known client, else empty
	Error  string        // the error code of the answer; empty when no rule was broken
	Check  *Check        // the rule that the request broke; nil when it broke none
	Checks []Check       // all that ran, in order; deliberate trouble is among them
	Took   time.Duration // real time, until the answer was ready to be sent
	// Limits are those, by [Limit.Name], that made something give way since the
	// last exchange of the realm; each is told once a minute.
	Limits []string
	// Missed is how many exchanges this watcher lost just before this one,
	// because it did not take them in time.
	Missed int
}

// Troubles lists the deliberate trouble in the exchange.
func (e *Exchange) Troubles() []Check {
	var found []Check
	for _, c := range e.Checks {
		if c.ID == troubleID {
			found = append(found, c)
		}
	}
	return found
}

// usualChecks is room for the rules of most requests, so that it is made once.
const usualChecks = 32

// maxBuffer bounds what a watcher that takes nothing can make us keep.
const maxBuffer = 1 << 14

// Watcher is told of exchanges, see [Provider.Watch]. It is safe for concurrent
// use.
type Watcher struct {
	p      *Provider
	ch     chan Exchange
	trails atomic.Bool

	mu     sync.Mutex // guards all below, and sending
	ended  bool
	recent int // missed since the last that was sent
	missed int
}

// Watch tells of every exchange from now on until [Watcher.Stop] or
// [Provider.Close]. It tells before it sends, so whoever has an answer finds
// its exchange here. Up to buffer of them wait (at least 1, at
// most 16384). The provider never waits: what finds no room is lost for this
// watcher, and counted. A provider that nobody watches pays nothing for it.
func (p *Provider) Watch(buffer int) *Watcher {
	w := &Watcher{p: p, ch: make(chan Exchange, min(max(buffer, 1), maxBuffer))}
	p.watchMu.Lock()
	defer p.watchMu.Unlock()
	if p.closed {
		w.end()
		return w
	}
	var all []*Watcher
	if now := p.watchers.Load(); now != nil {
		all = slices.Clone(*now)
	}
	all = append(all, w)
	p.watchers.Store(&all)
	return w
}

// WithTrails has every exchange from now on carry its [Trail], which takes the
// time of some hashes, and returns the watcher.
func (w *Watcher) WithTrails() *Watcher {
	w.trails.Store(true)
	return w
}

// Exchanges returns where they arrive. It is closed once the watcher has
// stopped and what waits was taken.
func (w *Watcher) Exchanges() <-chan Exchange { return w.ch }

// Missed returns how many exchanges were lost altogether.
func (w *Watcher) Missed() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.missed
}

// Stop ends the watch. What waits can still be taken. It may be called often.
func (w *Watcher) Stop() {
	p := w.p
	p.watchMu.Lock()
	defer p.watchMu.Unlock()
	if now := p.watchers.Load(); now != nil {
		rest := slices.DeleteFunc(slices.Clone(*now), func(other *Watcher) bool { return other == w })
		p.watchers.Store(&rest)
		if len(rest) == 0 {
			p.watchers.Store(nil)
		}
	}
	w.end()
}

func (w *Watcher) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ended {
		w.ended = true
		close(w.ch)
	}
}

func (w *Watcher) tell(e Exchange) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	e.Missed = w.recent
	select {
	case w.ch <- e:
		w.recent = 0
	default:
		w.recent++
		w.missed++
	}
}

// endWatches ends every watch, and those to come.
func (g *gallery) endWatches() {
	g.watchMu.Lock()
	defer g.watchMu.Unlock()
	g.closed = true
	if all := g.watchers.Swap(nil); all != nil {
		for _, w := range *all {
			w.end()
		}
	}
}

// Tell tells those who watch of an exchange that somebody beside the provider
// had, such as an API that takes its tokens. Its words are made fit for a line.
func (p *Provider) Tell(e Exchange) {
	watchers := p.watchers.Load()
	if watchers == nil {
		return
	}
	e.Method, e.Path, e.Client = wire.Printable(e.Method, 16), wire.Printable(e.Path, 200), wire.Printable(e.Client, 255)
	e.Checks = slices.Clone(e.Checks)
	for i := range e.Checks {
		e.Checks[i] = logged(e.Checks[i])
	}
	e.blame()
	for _, watcher := range *watchers {
		watcher.tell(e)
	}
}

// blame says which of the checks the request broke.
func (e *Exchange) blame() {
	for i := range e.Checks {
		c := &e.Checks[i]
		if c.Result != trace.Fail {
			continue
		}
		e.Error = c.Error
		if c.ID != troubleID {
			e.Check = c
		}
	}
}

// serveWatched is ServeHTTP while somebody watches.
func (p *Provider) serveWatched(w http.ResponseWriter, r *http.Request, watchers []*Watcher) {
	e := Exchange{Began: time.Now(), Method: wire.Printable(r.Method, 16), Path: strings.Clone(wire.Printable(r.URL.Path, 200))}
	outer := r.Context()
	req := p.newRequest(r.WithContext(trace.WithRecorder(outer, func(c trace.Check) {
		if e.Checks == nil {
			e.Checks = make([]trace.Check, 0, usualChecks)
		}
		e.Checks = append(e.Checks, logged(c))
		trace.Record(outer, c)
	})))
	a := p.answer(req)
	e.Status, e.Client, e.Params = a.Status, wire.Printable(a.Client, 255), masked(req)
	if req.tenant != nil {
		e.Realm, e.Endpoint = req.tenant.name, req.endpoint
		e.Limits = req.tenant.full.news(e.Began)
	}
	if slices.ContainsFunc(watchers, func(w *Watcher) bool { return w.trails.Load() }) {
		e.Trail = p.marks.trail(req, &a)
	}
	redact(e.Checks, req)
	e.blame()
	e.Took = time.Since(e.Began)
	for _, watcher := range watchers {
		watcher.tell(e)
	}
	a.Write(w, r)
}

// logged makes a check fit for a line: what it quotes may come from anybody.
func logged(c trace.Check) trace.Check {
	short := func(s string) string { return strings.Clone(wire.Printable(s, 600)) } // a piece of a request keeps all of it alive
	c.Expected, c.Got, c.Reason = short(c.Expected), short(c.Got), short(c.Reason)
	return c
}
