package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const formLifetime = 10 * time.Minute

// forms are the pages of a realm that wait for an answer.
type forms struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[form]
}

// form is a request that waits for the person: the state behind a sign-in,
// consent or logout page.
type form struct {
	id       string
	browser  string // the browser it was made for
	network  string // that asked for it
	request  *approved
	logout   *signOut // instead of request, behind the page that asks whether to sign out
	userCode bool     // instead of request, the page that asks for the code of a device
	session  string   // set once somebody signed in for it: the consent page
}

func newForms(full *fullness) forms {
	return forms{kept: newShelf[form](full, limitForms, formLifetime, maxForms)}
}

// put stores a form, anew or again.
func (all *forms) put(f form, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutOf(f.network, f.id, f, now)
}

// get returns a form that waits.
func (all *forms) get(id string, now time.Time) (form, bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.kept.Get(id, now)
}

// take removes a form and reports whether it was still there: of two requests
// with the same form only one gets it.
func (all *forms) take(id string, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	_, ok := all.kept.Get(id, now)
	all.kept.Remove(id)
	return ok
}

// forget removes the forms of a client.
func (all *forms) forget(client string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.RemoveIf(func(f form) bool {
		return f.request != nil && f.request.client.ClientID == client ||
			f.logout != nil && f.logout.client != nil && f.logout.client.ClientID == client
	})
}

// signOut is a wish to sign out that waits for the person to confirm it.
type signOut struct {
	client      *Client // nil when nobody said who asks
	redirectURI string  // registered for the client; empty when the person stays here
	state       string
}
