package mockidp

import (
	"container/list"
	"maps"
	"slices"
	"sync"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// clients are those of a realm: the ones of the config, and the ones that
// registered themselves.
type clients struct {
	configured map[string]*Client
	open       bool // clients can register themselves

	mu         *sync.Mutex // guards registered
	registered *registry
}

func newClients(r *Realm) clients {
	configured := make(map[string]*Client, len(r.Clients))
	for i := range r.Clients {
		configured[r.Clients[i].ClientID] = &r.Clients[i]
	}
	return clients{configured: configured, open: r.Registration != nil, mu: &sync.Mutex{}, registered: &registry{}}
}

// get returns the client with this client_id, or nil.
func (all *clients) get(id string) *Client {
	if c := all.configured[id]; c != nil || !all.open {
		return c
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if r := all.registered.get(id); r != nil {
		return r.client
	}
	return nil
}

// any reports whether what is said holds for at least one client of the config.
func (all *clients) any(which func(*Client) bool) bool {
	for _, c := range all.configured {
		if which(c) {
			return true
		}
	}
	return false
}

// ids lists the clients of the config, in order.
func (all *clients) ids() []string {
	ids := make([]string, 0, len(all.configured))
	for id := range all.configured {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// selfRegisteredIDs lists the clients that registered themselves.
func (all *clients) selfRegisteredIDs() []string {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Collect(maps.Keys(all.registered.byID))
}

// selfRegistered reports whether nobody who runs the provider chose this
// client, nor its addresses.
func (all *clients) selfRegistered(c *Client) bool { return all.configured[c.ClientID] == nil }

// use notes that a client got a code or a token.
func (all *clients) use(c *Client) {
	if !all.selfRegistered(c) {
		return
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.registered.touch(c.ClientID)
}

// register stores a client, and returns the client_id of the one that had to
// give way to it, or "".
func (all *clients) register(r *registered) (gone string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.registered.put(r)
}

// unregister removes a client (RFC 7592 section 2.3).
func (all *clients) unregister(id string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.registered.remove(id)
}

// with returns the client that this registration access token is for, or nil.
func (all *clients) with(id, token string) *registered {
	all.mu.Lock()
	defer all.mu.Unlock()
	r := all.registered.get(id)
	if r == nil || !keys.Same(r.tokenHash, keys.Digest(token)) {
		return nil
	}
	return r
}

// ownOrigin reports whether a page of one of these origins belongs to a client
// that registered itself.
func (all *clients) ownOrigin(origins ...string) bool {
	if !all.open {
		return false
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	for id := range all.registered.byID {
		for _, origin := range all.registered.get(id).origins {
			if slices.Contains(origins, origin) {
				return true
			}
		}
	}
	return false
}

// algorithms lists what clients have their tokens signed with.
func (all *clients) algorithms() []jose.SignatureAlgorithm {
	var algs []jose.SignatureAlgorithm
	add := func(c *Client) {
		for _, alg := range []string{
			c.IDTokenSignedResponseAlg, c.UserInfoSignedResponseAlg, c.AccessTokenSignedResponseAlg,
			c.AuthorizationSignedResponseAlg, c.IntrospectionSignedResponseAlg,
		} {
			if alg != "" && !slices.Contains(algs, jose.SignatureAlgorithm(alg)) {
				algs = append(algs, jose.SignatureAlgorithm(alg))
			}
		}
	}
	for _, c := range all.configured {
		add(c)
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	for id := range all.registered.byID {
		add(all.registered.get(id).client)
	}
	return algs
}

// registry keeps the clients that registered themselves. Over its limit the
// one that was registered first and never used gives way, or else the one that
// was not used for longest: who floods the endpoint with clients that do
// nothing pushes out those, not the ones that people sign in to.
//
// A registry has no lock of its own; that of the clients guards it.
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
