package mockidp

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

var _ http.Handler = (*Provider)(nil)

// Provider answers for every realm of its [Config]. It is safe for concurrent
// use. It keeps sessions, codes and tokens in memory only, within limits.
type Provider struct {
	services

	cfg      Config
	tenants  map[string]*tenant // by the path of their issuer
	door     []rule.Row[wire.Request]
	paths    []endpoint
	mischief mischiefs
	// strangers are keys that nobody publishes, for tokens that are to be foreign.
	strangers keys.Set
	tb        TB // whose test it is, of a provider of Start; nil elsewhere

	watchers atomic.Pointer[[]*Watcher] // nil while nobody watches
	watchMu  sync.Mutex                 // guards closed, and changes of watchers
	closed   bool
}

// allTables is the same for every provider, because rules hold no state; making
// them anew for each would be most of what a provider costs.
var allTables = sync.OnceValue(func() tables { return newTables(grants()) }) //nolint:gochecknoglobals // never changes

func newTables(table grantTable) tables {
	return tables{
		door: wire.Door(), trust: trustRows(), pushed: pushedRows(), pushedProof: pushedProofRows(), request: requestRows(),
		signIn: signInRows(), consent: consentRows(), token: tokenRows(), tokenProof: tokenProofRows(), userInfo: userInfoRows(),
		deviceAuthorization: deviceAuthorizationRows(), devicePage: devicePageRows(), userCode: userCodeRows(),
		revocation: revocationRows(), introspection: introspectionRows(), tokenState: tokenStateRows(),
		logout: logoutRows(), logoutForm: logoutFormRows(),
		registration: registrationRows(), clientConfiguration: clientConfigurationRows(),
		public: publicRows(), proof: proofRows(0), assertion: assertionProofRows(), grants: table, secrets: secretNames(table), paths: endpoints(),
	}
}

// tables are the rules that run, built once.
type tables struct {
	door        []rule.Row[wire.Request]
	trust       []rule.Row[authorization]
	pushed      []rule.Row[pushedRequest]
	pushedProof []rule.Row[pushedRequest]
	request     []rule.Row[authorization]
	signIn      []rule.Row[formPost]
	consent     []rule.Row[formPost]
	token       []rule.Row[tokenRequest]
	tokenProof  []rule.Row[tokenRequest]
	userInfo    []rule.Row[bearerUse]

	deviceAuthorization []rule.Row[deviceRequest]
	devicePage          []rule.Row[deviceVisit]
	userCode            []rule.Row[formPost]

	revocation    []rule.Row[tokenUse]
	introspection []rule.Row[tokenUse]
	tokenState    []rule.Row[tokenUse]
	logout        []rule.Row[endSession]
	logoutForm    []rule.Row[formPost]

	registration        []rule.Row[registering]
	clientConfiguration []rule.Row[registering]

	public []rule.Row[request]

	proof     []rule.Row[proofUse]      // of a DPoP proof, before it is claimed
	assertion []rule.Row[clientRequest] // of a client_assertion, likewise
	grants    grantTable
	secrets   []string // parameters that must not stand in a URL
	paths     []endpoint
}

// New returns a provider for cfg, or an error that names the rule which the
// configuration breaks. It makes no keys, so it takes microseconds.
func New(cfg Config) (*Provider, error) { return newProvider(cfg, allTables()) }

func newProvider(cfg Config, t tables) (*Provider, error) {
	if err := checkBaseURL(cfg.BaseURL, cfg.Relaxed); err != nil {
		return nil, err
	}
	if err := checkCertificates(&cfg); err != nil {
		return nil, err
	}
	if len(cfg.Realms) == 0 {
		cfg.Realms = []Realm{StoryRealm()}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Reader
	}
	p := &Provider{cfg: cfg, tenants: map[string]*tenant{}, door: t.door, paths: t.paths}
	secret := make([]byte, 32)
	p.services.build(&p.cfg, &t, secret)
	p.mischief = mischiefs{services: &p.services, tenants: p.tenants, wait: sleep}
	for _, r := range cfg.Realms {
		if err := p.addRealm(withDefaults(r)); err != nil {
			return nil, err
		}
	}
	if _, err := io.ReadFull(cfg.Rand, secret); err != nil {
		return nil, fmt.Errorf("config: Rand: %w", err)
	}
	return p, nil
}

func (p *Provider) addRealm(r Realm) error {
	if err := checkRealm(&r, &p.demands); err != nil {
		return err
	}
	if p.tenants["/realms/"+r.Name] != nil {
		return &ConfigError{Realm: r.Name, Err: errors.New("name is listed twice")}
	}
	// The /auth prefix of older Keycloak versions is an issuer of its own:
	// OpenID Connect Discovery section 4.3 demands that the issuer in the
	// metadata is the URL it was asked for under.
	if r.Registration != nil && r.Registration.GrantTypes == nil {
		usual := *r.Registration
		usual.GrantTypes = p.token.grants.open()
		r.Registration = &usual
	}
	trouble, guesses := &troubles{}, newThrottle()
	for _, prefix := range []string{"", "/auth"} {
		t := newTenant(&r, p.cfg.BaseURL, prefix+"/realms/"+r.Name)
		t.trouble, t.guesses = trouble, guesses
		p.tenants[t.path] = t
	}
	return p.beginTrouble(&r)
}

// withDefaults returns a copy of r with what RFC 7591 section 2 says about
// omitted values filled in.
func withDefaults(r Realm) Realm {
	if len(r.Scopes) == 0 {
		r.Scopes = StandardScopes()
	}
	r.AuthorizationDetailsTypes = cloneDetailsTypes(r.AuthorizationDetailsTypes)
	r.Scopes, r.Clients, r.People = slices.Clone(r.Scopes), slices.Clone(r.Clients), slices.Clone(r.People)
	for i := range r.Scopes {
		s := &r.Scopes[i]
		s.Claims, s.IDTokenClaims, s.AccessTokenClaims = slices.Clone(s.Claims), slices.Clone(s.IDTokenClaims), slices.Clone(s.AccessTokenClaims)
	}
	for i := range r.Clients {
		r.Clients[i] = clientWithDefaults(r.Clients[i])
		r.Clients[i].AccessTokenType = cmp.Or(r.Clients[i].AccessTokenType, r.AccessTokenType)
	}
	for i := range r.People {
		p := &r.People[i]
		p.Roles = slices.Clone(p.Roles)
		p.Claims, p.Subject = slices.Clone(p.Claims), cmp.Or(p.Subject, p.Username)
	}
	return r
}

func clientWithDefaults(c Client) Client {
	c.RedirectURIs, c.Origins = slices.Clone(c.RedirectURIs), slices.Clone(c.Origins)
	c.PostLogoutRedirectURIs = slices.Clone(c.PostLogoutRedirectURIs)
	if c.JWKS != nil {
		c.JWKS = &jose.JSONWebKeySet{Keys: slices.Clone(c.JWKS.Keys)}
	}
	c.AuthorizationDetailsTypes = slices.Clone(c.AuthorizationDetailsTypes)
	c.FurtherSecrets = slices.Clone(c.FurtherSecrets)
	c.Audiences, c.Claims = slices.Clone(c.Audiences), slices.Clone(c.Claims)
	c.IDTokenClaims, c.AccessTokenClaims = slices.Clone(c.IDTokenClaims), slices.Clone(c.AccessTokenClaims)
	c.GrantTypes, c.ResponseTypes = slices.Clone(c.GrantTypes), slices.Clone(c.ResponseTypes)
	if c.GrantTypes == nil {
		c.GrantTypes = []string{grantAuthorizationCode}
	}
	if c.ResponseTypes == nil && slices.Contains(c.GrantTypes, grantAuthorizationCode) {
		c.ResponseTypes = []string{responseTypeCode}
	}
	if c.TokenEndpointAuthMethod == "" {
		c.TokenEndpointAuthMethod = authEither
		if c.ClientSecret == "" {
			c.TokenEndpointAuthMethod = authNone
		}
	}
	c.AccessTokenFormat = cmp.Or(c.AccessTokenFormat, formatJWT)
	usual := string(jose.RS256)
	if c.Profile == ProfileFAPI2 {
		usual = string(jose.ES256)
	}
	c.IDTokenSignedResponseAlg = cmp.Or(c.IDTokenSignedResponseAlg, usual)
	c.AccessTokenSignedResponseAlg = cmp.Or(c.AccessTokenSignedResponseAlg, usual)
	return c
}

// Close breaks off what the provider does in the background, which is telling
// clients that a person signed out, and waits until that has ended; then it
// ends every watch. It always returns nil, and may be called often.
func (p *Provider) Close() error {
	p.herald.calls.close()
	p.stopWatchers()
	return nil
}

// Issuer returns the issuer identifier of a realm, short for
// [Provider.Realm].Issuer.
func (p *Provider) Issuer(realm string) string {
	if p.tb != nil {
		p.tb.Helper()
	}
	return p.Realm(realm).Issuer()
}

// ServeHTTP answers one request.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if watchers := p.watchers.Load(); watchers != nil {
		p.serveWatched(w, r, *watchers)
		return
	}
	a := p.answer(p.newRequest(r))
	a.Write(w, r)
}

func (p *Provider) newRequest(r *http.Request) *request {
	return &request{Request: wire.Read(r, p.cfg.Now(), p.cfg.Hosts)}
}

// answer finds the endpoint and lets it answer.
func (p *Provider) answer(req *request) wire.Answer {
	if broken := rule.RunQuietly(req.Context(), trace.AuthorizationServer, p.door, &req.Request); broken != nil {
		return p.turnAway(req, broken)
	}
	t, e := p.route(req.URL.Path)
	if e == nil {
		return p.notFound(req)
	}
	req.tenant, req.endpoint = t, e
	req.Now = t.trouble.clock(req.Now)
	if e.cors != noPage && req.Method == http.MethodOptions {
		return preflight(t, e, req)
	}
	a, err := p.mischief.serveTroubled(t, e, req)
	if err != nil {
		a = wire.ServerError(err)
	}
	if e.cors != noPage {
		allowOrigin(&a, t, e, req)
	}
	return a
}

// turnAway answers a request that broke a rule of plain HTTP: a program gets the
// JSON that it can read, a person a page.
func (p *Provider) turnAway(req *request, broken *rule.Refusal) wire.Answer {
	if _, e := p.route(req.URL.Path); e == nil || !e.forPrograms() {
		return p.pages.errorPage(broken.Status, nil, broken.Check)
	}
	a, err := wire.JSON(broken.Status, wire.ErrorResponse{Error: "invalid_request", Description: wire.Describe(broken.Check.Reason)})
	if err != nil {
		return wire.ServerError(err)
	}
	return wire.Uncached(a)
}
