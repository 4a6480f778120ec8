package mockidp

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// addresses are the ways that lead to a provider, and under which of them its
// realms have issuers.
type addresses struct {
	origin string   // of Config.BaseURL: "https://idp.example"
	path   string   // of Config.BaseURL: "/idp", or empty
	back   string   // Config.BackChannelURL, or empty
	hosts  []string // Config.Hosts

	proxies wire.Proxies // Config.TrustedProxies
}

// newAddresses reads what checkAddresses found to be good.
func newAddresses(cfg *Config) (*addresses, error) {
	origin, path := cutOrigin(cfg.BaseURL)
	a := &addresses{origin: origin, path: path, back: cfg.BackChannelURL, hosts: cfg.Hosts}
	for _, text := range cfg.TrustedProxies {
		network, err := wire.ParseProxy(text)
		if err != nil {
			return nil, within(ConfigError{}, wrong("trusted_proxies", "%q is neither an address nor a network such as 10.0.0.0/8", text))
		}
		a.proxies = append(a.proxies, network)
	}
	return a, nil
}

// base is what the issuers begin with.
func (a *addresses) base() string { return a.origin + a.path }

// cutOrigin takes an http or https address apart.
func cutOrigin(address string) (origin, path string) {
	scheme, rest, _ := strings.Cut(address, "://")
	host, path, found := strings.Cut(rest, "/")
	if found {
		path = "/" + path
	}
	return scheme + "://" + host, path
}

// owns reports whether issuers begin with this origin. On loopback they do with
// each name of this machine that has the same scheme and port, because clients
// choose among them by their own lights: some take plain http for localhost
// only, some resolve localhost to an address that nobody listens at.
func (a *addresses) owns(origin string) bool {
	if origin == a.origin {
		return true
	}
	mine, err := url.Parse(a.origin)
	if err != nil || !isLoopback(mine.Hostname()) {
		return false
	}
	other, err := url.Parse(origin)
	return err == nil && isLoopback(other.Hostname()) && other.Scheme == mine.Scheme && other.Port() == mine.Port() &&
		other.Scheme+"://"+other.Host == origin
}

// reached returns the realm as whoever sends a request to this host calls it.
func (a *addresses) reached(t *tenant, host string) *tenant {
	scheme, mine, _ := strings.Cut(a.origin, "://")
	if host == mine {
		return t
	}
	below := strings.TrimPrefix(t.path, a.path)
	if at, _ := cutOrigin(a.back); a.back != "" && strings.HasSuffix(at, "://"+host) {
		called := *t
		called.calls = a.back + below
		return &called
	}
	if origin := scheme + "://" + host; a.owns(origin) {
		return t.as(origin + t.path)
	}
	return t
}

// inside returns a path without that of BaseURL or BackChannelURL, whether the
// proxy in front has cut it off or not.
func (a *addresses) inside(path string) string {
	if below, ok := strings.CutPrefix(path, pathMetadata); ok {
		return pathMetadata + a.withoutBase(below)
	}
	return a.withoutBase(path)
}

func (a *addresses) withoutBase(path string) string {
	_, back := cutOrigin(a.back)
	for _, base := range []string{a.path, back} {
		if below, ok := strings.CutPrefix(path, base); ok && base != "" && isTop(below) {
			return below
		}
	}
	return path
}

// isTop reports whether a path is one that begins at the base.
func isTop(path string) bool {
	return slices.ContainsFunc([]string{"/realms/", "/auth/realms/", pathMetadata + "/"}, func(top string) bool {
		return strings.HasPrefix(path, top)
	})
}

// targets are the addresses by which a request may have been sent here: under
// each of our own, and that of the Host header where the config lists it. A
// Host that nobody listed is not believed, or a proof that was made for
// somebody else's server could be used here by whoever sends its name along.
func (a *addresses) targets(r *request) []string {
	path := r.URL.EscapedPath()
	below := a.withoutBase(path)
	list := []string{keys.NormalTarget(a.base() + below)}
	if a.back != "" {
		list = append(list, keys.NormalTarget(a.back+below))
	}
	scheme, _, _ := strings.Cut(a.origin, "://")
	if origin := scheme + "://" + r.Host; slices.Contains(a.hosts, r.Host) || a.owns(origin) {
		for _, own := range []string{keys.NormalTarget(origin + path), keys.NormalTarget(origin + a.path + below)} {
			if !slices.Contains(list, own) {
				list = append(list, own)
			}
		}
	}
	return list
}

// as returns the realm under another of its issuers. It shares what the realm
// has and remembers.
func (t *tenant) as(issuer string) *tenant {
	if issuer == "" || issuer == t.issuer {
		return t
	}
	called := *t
	called.issuer, called.provider, called.calls = issuer, issuer, issuer
	return &called
}
