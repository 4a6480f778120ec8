package mockidp

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

var _ http.Handler = (*Provider)(nil)

// Provider answers for every realm of its [Config]. It is safe for concurrent
// use. It keeps sessions, codes and tokens in memory only, within limits.
type Provider struct {
	services
	tenancy

	cfg      Config
	door     []rule.Row[wire.Request]
	mischief mischiefs
	crossed  *tape.Tape // what a provider of Start received and answered, for Explain; nil elsewhere
	tb       TB         // whose test it is, of a provider of Start; nil elsewhere

	*gallery
}

// gallery is who watches a provider, and whoever takes its place.
type gallery struct {
	watchers atomic.Pointer[[]*Watcher] // nil while nobody watches
	watchMu  sync.Mutex                 // guards closed, and changes of watchers
	closed   bool
	marks    *marker // the same for all of them, so that a log can be read across a change of the config
}

// New returns a provider for cfg, or an error that names the rule which the
// configuration breaks. It makes no keys, so it takes microseconds.
func New(cfg Config) (*Provider, error) { return newProvider(cfg, allTables()) }

func newProvider(cfg Config, t *tables) (*Provider, error) {
	if err := checkAddresses(&cfg); err != nil {
		return nil, err
	}
	if err := checkCertificates(&cfg); err != nil {
		return nil, err
	}
	if len(cfg.Realms) == 0 {
		cfg.Realms = []Realm{StoryRealm()}
	}
	if _, host, _ := strings.Cut(cfg.BackChannelURL, "://"); host != "" && len(cfg.Hosts) > 0 {
		host, _, _ = strings.Cut(host, "/")
		cfg.Hosts = append(slices.Clone(cfg.Hosts), host)
	}
	cfg.Hosts = slices.Clone(cfg.Hosts)
	for i, host := range cfg.Hosts { // in what a request says, too, case makes no difference
		cfg.Hosts[i] = strings.ToLower(host)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Reader
	}
	at, err := newAddresses(&cfg)
	if err != nil {
		return nil, err
	}
	p := &Provider{cfg: cfg, door: t.door, gallery: &gallery{marks: newMarker()}}
	p.tenancy = tenancy{config: &p.cfg, at: at, tenants: map[string]*tenant{}, paths: t.paths}
	secret := make([]byte, 32)
	p.build(&p.cfg, p.at, t, secret)
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
	with, err := p.cfg.keysOf(&r)
	if err != nil {
		return err
	}
	if err := checkRealm(&r, p.demands.with(with)); err != nil {
		return err
	}
	if p.tenants["/realms/"+r.Name] != nil {
		return within(ConfigError{Realm: r.Name}, wrong("name", "is listed twice; give each realm its own"))
	}
	// The /auth prefix of older Keycloak versions is an issuer of its own:
	// OpenID Connect Discovery section 4.3 demands that the issuer in the
	// metadata is the URL it was asked for under.
	if r.Registration != nil && r.Registration.GrantTypes == nil {
		usual := *r.Registration
		usual.GrantTypes = p.token.grants.open()
		r.Registration = &usual
	}
	full := &fullness{}
	trouble, guesses, door := &troubles{}, newThrottle(r.FailedSignInsPerAddress, full), &openDoor{byHint: r.AutoSignInByHint}
	door.username.Store(&r.AutoSignIn)
	for _, prefix := range []string{"", "/auth"} {
		below := prefix + "/realms/" + r.Name
		t := newTenant(&r, p.at, below, p.desk.secret, full)
		t.trouble, t.guesses, t.door, t.keys, t.signer = trouble, guesses, door, with, p.cfg.signerOf(&r)
		p.tenants[below] = t
	}
	return p.beginTrouble(&r)
}

// Close breaks off what the provider does in the background, which is telling
// clients that a person signed out, and waits until that has ended; then it
// ends every watch. It always returns nil, and may be called often.
func (p *Provider) Close() error {
	p.herald.calls.close()
	p.endWatches()
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
	return &request{Request: wire.Read(r, p.cfg.Now(), p.cfg.Hosts, p.at.proxies)}
}

// answer finds the endpoint and lets it answer.
func (p *Provider) answer(req *request) wire.Answer {
	if broken := rule.RunQuietly(req.Context(), trace.AuthorizationServer, p.door, &req.Request); broken != nil {
		return p.turnAway(req, broken)
	}
	t, e, below := p.route(req.URL.Path)
	if e == nil {
		return p.notFound(req)
	}
	t = p.at.reached(t, req.Host)
	req.tenant, req.endpoint, req.below = t, e.name, below
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
	if _, e, _ := p.route(req.URL.Path); e == nil || !e.forPrograms() {
		return p.pages.errorPage(broken.Status, nil, broken.Check)
	}
	a, err := wire.JSON(broken.Status, wire.ErrorResponse{Error: "invalid_request", Description: wire.Describe(broken.Check.Reason)})
	if err != nil {
		return wire.ServerError(err)
	}
	return wire.Uncached(a)
}

// Notices says in sentences what a provider does that a strict one would not:
// first the relaxations, then the deliberate trouble of each realm. None is the
// rule. Pages show them, and a server prints them when it starts.
func (p *Provider) Notices() []string { return texts(p.NoticesAbout()) }

// NoticesAbout are [Provider.Notices] with what each is about.
func (p *Provider) NoticesAbout() []Notice {
	notices := p.pages.relaxations()
	for i := range p.cfg.Realms {
		r := &p.cfg.Realms[i]
		if t, err := p.realm(r.Name); err == nil {
			notices = append(notices, t.relaxations(p.cfg.Words)...)
			notices = append(notices, t.notices(p.cfg.Words)...)
		}
	}
	return notices
}

// RotateKeys makes the provider sign with new keys from now on. The old ones
// stay in the JWK Set and go on verifying until nothing that they signed can
// be shown any more: tokens until they expire, ID tokens as hints for as long
// as a session lasts. It fails with [DemoKeys].
func (p *Provider) RotateKeys() error {
	owners := map[*keys.Set]*tenant{} // one of those that share a set
	for _, t := range p.tenants {
		owners[t.keys] = t
	}
	for _, t := range owners {
		if err := p.mischief.rotateKeys(t); err != nil {
			return err
		}
	}
	return nil
}
