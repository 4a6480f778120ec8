package mockidp

import (
	"cmp"
	"strings"
)

// tenant is a realm under one issuer: what it is, and what it remembers, each
// kind with a lock and bounds of its own.
type tenant struct {
	identity
	directory
	catalogue

	lifetimes    Lifetimes     // none of them zero but those of refresh tokens
	registration *Registration // nil: clients can't register themselves
	origins      map[string]bool
	dpopNonce    string // Realm.DPoPNonce
	requestURIs  bool   // Realm.RequestURIParameterSupported

	trouble *troubles // of the realm, under whichever issuer
	guesses *throttle // likewise
	door    *openDoor // likewise

	clients    clients
	forms      forms
	sessions   sessions
	browsers   browsers
	pushed     pushedRequests
	codes      codes
	devices    devices
	tokens     tokens
	families   families
	proofs     once // that were used, by key and jti
	assertions once // that clients have shown, by client and jti
}

func newTenant(r *Realm, base, path string) *tenant {
	lifetimes := r.Lifetimes.or(usualLifetimes())
	t := &tenant{
		identity:  identity{issuer: base + path, path: path, secure: strings.HasPrefix(base, "https://"), name: r.Name},
		directory: newDirectory(r.Name, r.People, r.PairwiseSalt),
		catalogue: catalogue{
			provider: base + path, scopes: r.Scopes, details: r.AuthorizationDetailsTypes,
			defaultScope: r.DefaultScope, tokenType: cmp.Or(r.AccessTokenType, typeAccessToken),
		},
		lifetimes: lifetimes, registration: r.Registration, origins: map[string]bool{}, dpopNonce: r.DPoPNonce,
		requestURIs: r.RequestURIParameterSupported,
		clients:     newClients(r), forms: newForms(), sessions: newSessions(lifetimes.Session), browsers: newBrowsers(),
		pushed: newPushedRequests(), codes: newCodes(), devices: newDevices(r), tokens: newTokens(),
		proofs: newProofs(), assertions: newAssertions(),
	}
	t.families = newFamilies(t.lifetimesOf)
	for i := range r.Clients {
		for _, origin := range webOrigins(&r.Clients[i]) {
			t.origins[origin] = true
		}
	}
	return t
}

// forget removes all that was given to a client which is no longer registered;
// its access tokens are refused because it is no longer known.
func (t *tenant) forget(client string) {
	t.forms.forget(client)
	t.codes.forget(client)
	t.devices.forget(client)
	t.families.forget(client)
	t.sessions.forget(client)
}

// lifetimesOf returns how long what a client is given is good for.
func (t *tenant) lifetimesOf(c *Client) Lifetimes {
	l := c.Lifetimes.or(t.lifetimes)
	if c.Profile == ProfileFAPI2 {
		l.Code = min(l.Code, longestFAPICode)
		l.PushedRequest = min(l.PushedRequest, longestFAPIPush)
	}
	return l
}
