package mockidp

import (
	"cmp"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// tenant is a realm under one issuer: what it is called, what it has and what it
// remembers. A copy is the same realm, see [tenant.as].
type tenant struct {
	identity
	catalogue
	*setup
	*memory
}

// setup is what the config says of a realm.
type setup struct {
	directory

	lifetimes    Lifetimes     // none of them zero but those of refresh tokens
	registration *Registration // nil: clients can't register themselves
	origins      map[string]bool
	dpopNonce    string   // Realm.DPoPNonce
	algorithms   []string // Realm.SigningAlgorithms
	requestURIs  bool     // Realm.RequestURIParameterSupported

	signer  string    // what decides the keys; empty where they are drawn
	keys    *keys.Set // of the realm, under whichever issuer
	trouble *troubles // likewise
	guesses *throttle // likewise
	door    *openDoor // likewise
	full    *fullness // likewise

	clients clients
}

// memory is what a realm remembers, each kind with a lock and bounds of its own.
type memory struct {
	answered   answered
	sessions   sessions
	apart      signInsApart
	browsers   browsers
	pushed     pushedRequests
	codes      codes
	devices    devices
	tokens     *tokens
	families   families
	proofs     once // that were used, by key and jti
	assertions once // that clients have shown, by client and jti
}

// newTenant is a realm of the config, whose address goes on with below.
func newTenant(r *Realm, at *addresses, below string, secret []byte, full *fullness) *tenant {
	who, has := newIdentity(r.Name, at, below), newSetup(r)
	has.full = full
	return &tenant{
		identity: who,
		catalogue: catalogue{
			provider: who.issuer, scopes: r.Scopes, details: r.AuthorizationDetailsTypes,
			defaultScope: r.DefaultScope, tokenType: cmp.Or(r.AccessTokenType, typeAccessToken),
		},
		setup: has, memory: newMemory(r, has, secret),
	}
}

func newSetup(r *Realm) *setup {
	s := &setup{
		directory: newDirectory(r.Name, r.People, r.PairwiseSalt), lifetimes: r.Lifetimes.or(usualLifetimes()),
		registration: r.Registration, origins: map[string]bool{}, dpopNonce: r.DPoPNonce,
		algorithms: r.SigningAlgorithms, requestURIs: r.RequestURIParameterSupported, clients: newClients(r),
	}
	for i := range r.Clients {
		for _, origin := range webOrigins(&r.Clients[i]) {
			s.origins[origin] = true
		}
	}
	return s
}

func newMemory(r *Realm, has *setup, secret []byte) *memory {
	tokens := newTokens(secret, has.full)
	return &memory{
		answered: newAnswered(has.full), sessions: newSessions(has.lifetimes.Session, tokens, has.full), browsers: newBrowsers(has.full),
		apart:  newSignInsApart(has.lifetimes.Session, has.full),
		pushed: newPushedRequests(has.full), codes: newCodes(has.full), devices: newDevices(r, has.full), tokens: tokens,
		families: newFamilies(has.lifetimesOf, has.full), proofs: newProofs(has.full), assertions: newAssertions(has.full),
	}
}

// forget removes all that was given to a client which is no longer registered;
// its access tokens are refused because it is no longer known.
func (t *tenant) forget(client string) {
	t.codes.forget(client)
	t.devices.forget(client)
	t.families.forget(client)
	t.sessions.forget(client)
}

// lifetimesOf returns how long what a client is given is good for.
func (s *setup) lifetimesOf(c *Client) Lifetimes {
	l := c.Lifetimes.or(s.lifetimes)
	if c.Profile == ProfileFAPI2 {
		l.Code = min(l.Code, longestFAPICode)
		l.PushedRequest = min(l.PushedRequest, longestFAPIPush)
	}
	return l
}
