// Package hold stops requests to a provider before they are answered, so that
// somebody can look at them, change them, and say how they are answered.
//
// Put [Gate.Around] around whatever answers, say with [Gate.Arm] which request
// is to be held, and decide with [Gate.LetGo]. Nothing waits for ever: what
// nobody decides about is sent on as it came. [Gate.Control] offers the same to
// other programs. A gate that is not armed lets everything pass.
package hold

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// Bounds of what is held.
const (
	Usually = 30 * time.Second // how long a request is held at most, unless the wish says so
	Longest = 5 * time.Minute
	AtOnce  = 16 // more than that pass

	maxBody = 64 << 10 // of a larger one the provider takes nothing anyway
	spare   = 30 * time.Second
)

// Options say whose requests a gate holds.
type Options struct {
	Provider func() *mockidp.Provider // that answers now
	Tape     *tape.Tape               // is told what was held; nil: nobody is
	// After is time.After; a test brings its own.
	After func(time.Duration) <-chan time.Time
}

// Wish says which request is to be held next. What is empty fits every request.
type Wish struct {
	Realm    string
	Endpoint mockidp.Endpoint
	Client   string        // client_id that the request names
	For      time.Duration // 0: as long as [Usually]
	Times    int           // how many requests; 0: one
}

// Held is a request that waits.
type Held struct {
	ID           int
	Since, Until time.Time
	Realm        string
	Endpoint     mockidp.Endpoint
	Client       string
	Method, URL  string
	Header       []trace.Field
	Query, Form  []trace.Field // in the order in which they were sent; Form only of a body that is a form
}

// Decision is what becomes of a request. The zero value sends it on as it came.
type Decision struct {
	Query, Form, Header []trace.Field  // take the place of those that came; nil leaves them
	Trouble             *mockidp.Fault // with which it is answered
}

// ErrNotHeld means that a request does not wait, or no longer.
var ErrNotHeld = errors.New("no such request is held: it was decided about, its time was up, or the client went away")

// Gate is safe for concurrent use. Make one with [New].
type Gate struct {
	options Options
	open    atomic.Bool // nothing is to be held: a look at it is all that a request pays then

	mu      sync.Mutex // guards all below
	wish    *Wish
	left    int
	last    int
	waiting []*held
}

type held struct {
	Held

	decided chan Decision // has room for one
}

// New returns a gate that lets everything pass.
func New(o Options) *Gate {
	if o.After == nil {
		o.After = time.After
	}
	g := &Gate{options: o}
	g.open.Store(true)
	return g
}

// Arm holds the next request that fits. A wish takes the place of the one before.
func (g *Gate) Arm(w Wish) error {
	switch {
	case w.For < 0 || w.For > Longest:
		return fmt.Errorf("for: %s is not from 1s to %s; a client does not wait longer", w.For, Longest)
	case w.Times < 0 || w.Times > 1000:
		return fmt.Errorf("times: %d is not from 1 to 1000", w.Times)
	case w.Endpoint != "" && !slices.Contains(mockidp.Endpoints(), w.Endpoint):
		return fmt.Errorf("endpoint: %q is not one of %q", w.Endpoint, mockidp.Endpoints())
	}
	if w.Realm != "" {
		if err := g.options.Provider().Realm(w.Realm).Err(); err != nil {
			return fmt.Errorf("realm: %w", err)
		}
	}
	if w.For == 0 {
		w.For = Usually
	}
	w.Times = max(w.Times, 1)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wish, g.left = &w, w.Times
	g.open.Store(false)
	return nil
}

// Disarm holds nothing any more, and sends on what is held.
func (g *Gate) Disarm() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wish, g.left = nil, 0
	g.open.Store(true)
	for _, h := range g.waiting {
		h.decided <- Decision{}
	}
	g.waiting = nil
}

// Armed returns the wish that waits for a request, if there is one.
func (g *Gate) Armed() (Wish, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.wish == nil {
		return Wish{}, false
	}
	w := *g.wish
	w.Times = g.left
	return w, true
}

// Held lists the requests that wait, the oldest first.
func (g *Gate) Held() []Held {
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []Held
	for _, h := range g.waiting {
		all = append(all, h.Held)
	}
	return all
}

// LetGo decides about a request that is held. The error says what is wrong with
// the trouble that was chosen; the request waits on then.
func (g *Gate) LetGo(id int, d Decision) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.IndexFunc(g.waiting, func(h *held) bool { return h.ID == id })
	if i < 0 {
		return ErrNotHeld
	}
	h := g.waiting[i]
	if d.Trouble != nil {
		if _, err := g.options.Provider().WithTrouble(context.Background(), h.Realm, *d.Trouble); err != nil {
			return err //nolint:wrapcheck // it says which trouble is wrong
		}
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	h.decided <- d
	return nil
}

// take makes a request wait if it is one that was wished for.
func (g *Gate) take(r *http.Request, body []byte) *held {
	ask := r.Clone(r.Context())
	ask.Body = io.NopCloser(bytes.NewReader(body))
	realm, endpoint, client := g.options.Provider().Asked(ask)
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.wish
	fits := w != nil && realm != "" && (w.Realm == "" || w.Realm == realm) && (w.Endpoint == "" || w.Endpoint == endpoint) &&
		(w.Client == "" || w.Client == client)
	if !fits || len(g.waiting) >= AtOnce {
		return nil
	}
	g.last++
	now := time.Now()
	h := &held{decided: make(chan Decision, 1), Held: Held{
		ID: g.last, Since: now, Until: now.Add(w.For), Realm: realm, Endpoint: endpoint, Client: client,
		Method: r.Method, URL: address(r), Header: trace.HeaderFields(r.Header), Query: trace.QueryOf(address(r)),
	}}
	asForm := trace.Message{Header: h.Header, Body: body}
	h.Form = asForm.Form()
	g.waiting = append(g.waiting, h)
	if g.left--; g.left == 0 {
		g.wish = nil
		g.open.Store(true)
	}
	return h
}

// drop forgets a request that waits no longer, and reports whether it still did.
func (g *Gate) drop(h *held) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := len(g.waiting)
	g.waiting = slices.DeleteFunc(g.waiting, func(other *held) bool { return other == h })
	return len(g.waiting) < before
}

func address(r *http.Request) string {
	u := *r.URL
	u.Host, u.Scheme = r.Host, "http"
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u.String()
}
