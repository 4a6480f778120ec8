package root

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/spoken"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Most is how many requests are kept for whoever opens the page.
const Most = 200

// Request is a line of the list. It is made of what the log says, which holds
// no secret, token or code whole, and is printable ASCII.
type Request struct {
	Number int    `json:"number"` // counts from 1, without a gap
	Time   string `json:"time"`
	Status int    `json:"status"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Client string `json:"client,omitempty"`
	// Rule and Spec are those that the request broke, with the reason; of
	// deliberate trouble the rule alone.
	Rule   string `json:"rule,omitempty"`
	Spec   string `json:"spec,omitempty"`
	Reason string `json:"reason,omitempty"`
	Bad    bool   `json:"bad,omitempty"` // it was refused, or struck by trouble

	rule string // its id
}

// Requests are the last ones, for the page and for those who look on. The zero
// value is ready, and safe for concurrent use.
type Requests struct {
	mu   sync.Mutex // guards all below
	kept []Request  // the oldest first
	last int        // number of the newest
	news chan struct{}
}

// Add notes one. It never waits for whoever looks on.
func (all *Requests) Add(e *mockidp.Exchange) {
	r := Request{
		Time: e.Began.Format(time.TimeOnly), Status: e.Status, Method: e.Method, Path: e.Path, Client: e.Client,
		Bad: e.Status >= http.StatusBadRequest,
	}
	if c := e.Check; c != nil {
		r.Rule, r.Spec, r.Reason, r.Bad, r.rule = c.Rule, c.Spec.String(), c.Reason, true, c.ID
	}
	for _, trouble := range e.Troubles() {
		r.Rule, r.Spec, r.Reason, r.Bad, r.rule = trouble.Rule, "", "", true, ""
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.last++
	r.Number = all.last
	if len(all.kept) == Most {
		all.kept = append(all.kept[:0], all.kept[1:]...)
	}
	all.kept = append(all.kept, r)
	if all.news != nil {
		close(all.news)
		all.news = nil
	}
}

// told are requests with their rules in the language of a catalog.
func told(all []Request, say *catalog.Catalog) []Request {
	words := spoken.Words(say)
	for i := range all {
		all[i].Rule = words.Rule(all[i].rule, all[i].Rule)
	}
	return all
}

// known is a number that there was, or 0 for one that is of a server before this one.
func (all *Requests) known(number int) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	if number > all.last {
		return 0
	}
	return number
}

// after returns those that are kept and came after the one of a number.
func (all *Requests) after(number int) []Request {
	all.mu.Lock()
	defer all.mu.Unlock()
	old := all.last - len(all.kept)
	return slices.Clone(all.kept[max(0, number-old):])
}

// wait returns as soon as there is one after that of a number, or with the error of the context.
func (all *Requests) wait(ctx context.Context, number int) error {
	for {
		all.mu.Lock()
		there := all.last > number
		if all.news == nil {
			all.news = make(chan struct{})
		}
		news := all.news
		all.mu.Unlock()
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
