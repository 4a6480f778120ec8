package onstage

import (
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// EndpointAPI is where calls of [APIs] are said to have been.
const EndpointAPI mockidp.Endpoint = "api"

// Ways are how the APIs may find out whether a token is good, the usual one first.
func Ways() []string {
	var names []string
	for _, w := range stage.Ways() {
		names = append(names, string(w))
	}
	return names
}

// Paths are where the APIs answer.
func Paths() []string {
	var paths []string
	for _, g := range guards() {
		for _, r := range g.Routes {
			if !slices.Contains(paths, r.Path) {
				paths = append(paths, r.Path)
			}
		}
	}
	return paths
}

func guards() []stage.Guard { return []stage.Guard{stage.Profile(), stage.Mailbox(), stage.Invoices()} }

// APIs readies the story's APIs beside a provider that serves other programs:
// they take the tokens of each of its realms and hold them to the rules of the
// walks. needs is what the provider is to be made with: where they may have to
// ask about tokens, each realm gets a client for that, as any resource server
// has (RFC 7662 section 2.1). around answers for such a provider and for them.
func APIs(way string, cfg mockidp.Config) (needs mockidp.Config, around func(*mockidp.Provider) http.Handler) {
	a := &apis{way: stage.Way(way), config: cfg, asker: map[string]mockidp.Client{}}
	a.config.Realms = slices.Clone(cfg.Realms)
	for i := range a.config.Realms {
		if a.way == stage.ByKeys {
			break
		}
		r := &a.config.Realms[i]
		c := mockidp.Client{
			ClientID: freeID(r), ClientName: "Grantwalk's APIs", ClientSecret: rand.Text(), TokenEndpointAuthMethod: stage.AuthBasic,
			GrantTypes: []string{}, ResponseTypes: []string{}, Audiences: audiences(&a.config, r),
		}
		r.Clients = append(slices.Clone(r.Clients), c)
		a.asker[r.Name] = c
	}
	return a.config, a.around
}

// apis are the APIs for one config.
type apis struct {
	way    stage.Way
	config mockidp.Config
	asker  map[string]mockidp.Client // by which they ask, by realm
}

// freeID is a client_id that no client of the realm has.
func freeID(r *mockidp.Realm) string {
	id := "grantwalk-api"
	for slices.ContainsFunc(r.Clients, func(c mockidp.Client) bool { return c.ClientID == id }) {
		id += "_"
	}
	return id
}

// audiences are all that a token of the realm can be for: the APIs of its
// scopes, and the provider itself under each of its names.
func audiences(cfg *mockidp.Config, r *mockidp.Realm) []string {
	var list []string
	for _, s := range r.Scopes {
		if s.Audience != "" && !slices.Contains(list, s.Audience) {
			list = append(list, s.Audience)
		}
	}
	for _, base := range bases(cfg.BaseURL) {
		list = append(list, base+"/realms/"+r.Name, base+"/auth/realms/"+r.Name)
	}
	return list
}

// bases are a base URL and, where it is on this machine, the same by its other names.
func bases(base string) []string {
	list := []string{base}
	own := []string{"127.0.0.1", "localhost", "::1"}
	u, err := url.Parse(base)
	if err != nil || !slices.Contains(own, u.Hostname()) {
		return list
	}
	for _, name := range own {
		if name == u.Hostname() {
			continue
		}
		other := *u
		other.Host = strings.TrimSuffix(net.JoinHostPort(name, u.Port()), ":")
		list = append(list, other.String())
	}
	return list
}

func (a *apis) around(p *mockidp.Provider) http.Handler {
	var trusted []stage.Trusted
	for i := range a.config.Realms {
		trusted = append(trusted, a.trusted(&a.config.Realms[i], p))
	}
	u, err := url.Parse(a.config.BaseURL)
	if err != nil {
		u = &url.URL{} // there would be no provider
	}
	now := a.config.Now
	if now == nil {
		now = time.Now
	}
	return &neighbours{provider: p, path: strings.TrimSuffix(u.Path, "/"), apis: stage.Serve(stage.ServedOptions{
		APIs: guards(), Trusted: trusted, Way: a.way, Provider: p, Now: now,
		Origins: func(origin string) bool {
			return slices.ContainsFunc(a.config.Realms, func(r mockidp.Realm) bool { return p.Realm(r.Name).AllowsOrigin(origin) })
		},
	})}
}

// trusted is what the APIs know of a realm.
func (a *apis) trusted(r *mockidp.Realm, p *mockidp.Provider) stage.Trusted {
	served, own := p.Realm(r.Name), a.asker[r.Name]
	with := func(is func(mockidp.Client) bool) bool { return slices.ContainsFunc(r.Clients, is) }
	return stage.Trusted{
		Name: r.Name, Issuer: served.Issuer(), Owns: served.IsIssuer,
		Audience: func(issuer, scope string) string {
			for _, s := range r.Scopes {
				if s.Name == scope && s.Audience != "" {
					return s.Audience
				}
			}
			return issuer
		},
		AnyType:  r.AccessTokenType == "JWT" || with(func(c mockidp.Client) bool { return c.AccessTokenType == "JWT" }),
		Opaque:   with(func(c mockidp.Client) bool { return c.AccessTokenFormat == "opaque" }),
		About:    func(subject string, scopes []string) map[string]any { return about(r, subject, scopes) },
		ClientID: own.ClientID, ClientSecret: own.ClientSecret,
	}
}

// about tells of a person what the scopes release (OpenID Connect Core section 5.4).
func about(r *mockidp.Realm, subject string, scopes []string) map[string]any {
	known := map[string]any{}
	i := slices.IndexFunc(r.People, func(p mockidp.Person) bool {
		return p.Subject == subject || p.Subject == "" && p.Username == subject
	})
	if i < 0 {
		return known
	}
	all := r.Scopes
	if len(all) == 0 {
		all = mockidp.StandardScopes()
	}
	for _, s := range all {
		if !slices.Contains(scopes, s.Name) {
			continue
		}
		for _, c := range r.People[i].Claims {
			if slices.Contains(s.Claims, c.Name) {
				known[c.Name] = c.Value
			}
		}
	}
	return known
}

// neighbours are a provider and the APIs beside it, below the path of its base URL.
type neighbours struct {
	provider *mockidp.Provider
	path     string
	apis     *stage.Served
}

// ServeHTTP implements http.Handler. Whoever watches the provider is told of
// calls to the APIs too.
func (n *neighbours) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, n.path)
	if !n.apis.Answers(path) {
		n.provider.ServeHTTP(w, r)
		return
	}
	e := mockidp.Exchange{Began: time.Now(), Endpoint: EndpointAPI, Method: r.Method, Path: r.URL.Path}
	noted := &statusNoted{ResponseWriter: w, status: http.StatusOK}
	outer := r.Context()
	call := r.Clone(trace.WithRecorder(outer, func(c trace.Check) {
		e.Checks = append(e.Checks, c)
		trace.Record(outer, c)
	}))
	call.URL.Path, call.URL.RawPath = path, ""
	e.Realm, e.Client = n.apis.Answer(noted, call)
	e.Status, e.Took = noted.status, time.Since(e.Began)
	n.provider.Tell(e)
}

// statusNoted notes the status of an answer.
type statusNoted struct {
	http.ResponseWriter

	status int
}

// WriteHeader implements http.ResponseWriter.
func (s *statusNoted) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}
