package mockidp

import (
	"container/list"
	"slices"
	"time"
)

// maxRegistered is how many clients that registered themselves a realm keeps.
const maxRegistered = 1000

// registered is a client that registered itself (RFC 7591), and how it can
// change that (RFC 7592).
type registered struct {
	client       *Client // replaced, never changed: requests that are under way go on with the one they began with
	metadata     clientMetadata
	translations map[string]string
	origins      []string // of its pages
	tokenHash    string   // of the registration access token
	issued       time.Time
	used         bool // a code or token was given out for it
}

// registry keeps the clients that registered themselves. Over its limit the
// one that was registered first and never used gives way, or else the one that
// was not used for longest: who floods the endpoint with clients that do
// nothing pushes out those, not the ones that people sign in to.
//
// A registry has no lock of its own; the tenant's guards it.
type registry struct {
	byID   map[string]*list.Element
	unused list.List
	inUse  list.List
}

func (g *registry) get(id string) *registered {
	e := g.byID[id]
	if e == nil {
		return nil
	}
	r, _ := e.Value.(*registered) // nothing else is ever put into the lists
	return r
}

// put adds or replaces a client and returns the client_id of the one that had
// to give way, or "".
func (g *registry) put(r *registered) string {
	id := r.client.ClientID
	if old := g.get(id); old != nil {
		r.used = old.used
		g.byID[id].Value = r
		return ""
	}
	gone := ""
	if g.unused.Len()+g.inUse.Len() >= maxRegistered {
		gone = g.oldest()
		g.remove(gone)
	}
	if g.byID == nil {
		g.byID = map[string]*list.Element{}
	}
	g.byID[id] = g.unused.PushBack(r)
	return gone
}

func (g *registry) oldest() string {
	e := g.unused.Front()
	if e == nil {
		e = g.inUse.Front()
	}
	r, _ := e.Value.(*registered)
	return r.client.ClientID
}

// touch notes that a client was used.
func (g *registry) touch(id string) {
	r := g.get(id)
	if r == nil {
		return
	}
	g.unused.Remove(g.byID[id])
	if r.used {
		g.inUse.Remove(g.byID[id])
	}
	r.used = true
	g.byID[id] = g.inUse.PushBack(r)
}

func (g *registry) remove(id string) {
	if e := g.byID[id]; e != nil {
		g.unused.Remove(e) // a list leaves alone what is in the other one
		g.inUse.Remove(e)
		delete(g.byID, id)
	}
}

// client returns the client with this client_id, or nil.
func (t *tenant) client(id string) *Client {
	if c := t.configured[id]; c != nil || t.registration == nil {
		return c
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.registry.get(id); r != nil {
		return r.client
	}
	return nil
}

// selfRegistered reports whether nobody who runs the provider chose this
// client, nor its addresses.
func (t *tenant) selfRegistered(c *Client) bool { return t.configured[c.ClientID] == nil }

// useClient notes that a client got a code or a token.
func (t *tenant) useClient(c *Client) {
	if !t.selfRegistered(c) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.registry.touch(c.ClientID)
}

// register stores a client, and forgets whatever was given to the one that has
// to give way to it.
func (t *tenant) register(r *registered) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if gone := t.registry.put(r); gone != "" {
		t.forget(gone)
	}
}

// unregister removes a client with all that was given out to it (RFC 7592
// section 2.3).
func (t *tenant) unregister(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.registry.remove(id)
	t.forget(id)
}

// forget removes codes, refresh tokens, forms and consents of a client; its
// access tokens are refused because it is no longer known. The caller holds
// the lock.
func (t *tenant) forget(id string) {
	t.forms.RemoveIf(func(f form) bool {
		return f.request != nil && f.request.client.ClientID == id ||
			f.logout != nil && f.logout.client != nil && f.logout.client.ClientID == id
	})
	t.codes.RemoveIf(func(c *code) bool { return c.client.ClientID == id })
	t.devices.forget(id)
	t.families.RemoveIf(func(f *family) bool { return f.client.ClientID == id })
	t.sessions.RemoveIf(func(s *session) bool {
		delete(s.consents, id)
		return false
	})
}

// gone says why no token of this client is good, or "".
func gone(c *Client) string {
	if c == nil {
		return "its client is no longer registered"
	}
	return ""
}

// originRegistered reports whether a page of this origin belongs to a client
// that registered itself. The caller does not hold the lock.
func (t *tenant) originRegistered(origins ...string) bool {
	if t.registration == nil {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id := range t.registry.byID {
		for _, origin := range t.registry.get(id).origins {
			if slices.Contains(origins, origin) {
				return true
			}
		}
	}
	return false
}
