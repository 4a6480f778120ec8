package mockidp

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// demands are what a configuration is held to besides its own sense: what this
// provider has, and what it was told to let pass.
type demands struct {
	relaxed Relaxed
	keys    *keys.Set // of the realm that is looked at
	grants  grantTable
	auth    *authenticator
}

// with returns the demands of a realm that has these keys.
func (d *demands) with(set *keys.Set) *demands {
	own := *d
	own.keys = set
	return &own
}

func checkRealm(r *Realm, d *demands) error {
	if !wire.IsSegment(r.Name) {
		return within(ConfigError{Realm: r.Name},
			wrong("name", "must be letters, digits, '-', '_' and '.', at most 64, because it is part of a URL; got %q", r.Name))
	}
	if !slices.Contains([]string{"", DPoPNonceAlways, DPoPNonceNever}, r.DPoPNonce) {
		return within(ConfigError{Realm: r.Name},
			wrong("dpop_nonce", "%q is not one of %q and %q; or leave it out", r.DPoPNonce, DPoPNonceAlways, DPoPNonceNever))
	}
	scopes, err := checkScopes(r)
	if err != nil {
		return err
	}
	for _, err := range []error{checkDeviceLifetime(r.Lifetimes), checkLifetimes(r.Lifetimes, "")} {
		if err != nil {
			return within(ConfigError{Realm: r.Name}, err)
		}
	}
	for _, check := range []func(*Realm) error{checkDetailsTypes, checkAutoSignIn, checkFailedSignIns, checkPeople, checkPairwise} {
		if err := check(r); err != nil {
			return err
		}
	}
	if err := checkAlgorithms(r, d.keys); err != nil {
		return err
	}
	if g := r.Registration; g != nil {
		if err := checkGrantTypes("registration.grant_types", g.GrantTypes, d.grants); err != nil {
			return within(ConfigError{Realm: r.Name}, err)
		}
	}
	return checkClients(r, &neighbours{scopes, subjectsOf(r.People), r.SigningAlgorithms}, d)
}

func checkFailedSignIns(r *Realm) error {
	if n := r.FailedSignInsPerAddress; n < 0 || n > mostFailuresOfAddress {
		return within(ConfigError{Realm: r.Name}, wrong("failed_sign_ins_per_address",
			"%d must be between 1 and %d; leave it out, and addresses are not counted", n, mostFailuresOfAddress))
	}
	return nil
}

func checkClients(r *Realm, n *neighbours, d *demands) error {
	clients := map[string]bool{}
	for i := range r.Clients {
		c := &r.Clients[i]
		if clients[c.ClientID] {
			return within(ConfigError{Realm: r.Name, Client: c.ClientID}, wrong("client_id", "is listed twice; give each client its own"))
		}
		clients[c.ClientID] = true
		err := checkClient(c, n, d)
		if err == nil {
			err = checkClientOf(c, r)
		}
		if err != nil {
			return within(ConfigError{Realm: r.Name, Client: c.ClientID}, err)
		}
	}
	return nil
}

// checkClientOf holds a client to the rest of its realm, and to its profile.
func checkClientOf(c *Client, r *Realm) error {
	for _, err := range []error{checkProfile(c), checkDetailsOf(c, r.AuthorizationDetailsTypes), checkReferences(c, r)} {
		if err != nil {
			return err
		}
	}
	return nil
}

func checkScopes(r *Realm) (map[string]bool, error) {
	scopes := map[string]bool{}
	for _, s := range r.Scopes {
		if s.Name == "" {
			return nil, within(ConfigError{Realm: r.Name}, wrong("scope.name", "must not be empty; it is what clients ask for"))
		}
		if !wire.IsScopeToken(s.Name) {
			return nil, within(ConfigError{Realm: r.Name, Scope: s.Name},
				wrong("name", "must be one scope-token, without spaces and quotes (RFC 6749 section 3.3)"))
		}
		if scopes[s.Name] {
			return nil, within(ConfigError{Realm: r.Name, Scope: s.Name}, wrong("name", "is listed twice; write each scope once"))
		}
		if err := checkClaimNames(s.IDTokenClaims, s.AccessTokenClaims); err != nil {
			return nil, within(ConfigError{Realm: r.Name, Scope: s.Name}, err)
		}
		scopes[s.Name] = true
	}
	for _, s := range strings.Fields(r.DefaultScope) {
		if !scopes[s] {
			return nil, within(ConfigError{Realm: r.Name}, wrong("default_scope", notOfRealm, s))
		}
	}
	if err := checkAccessTokenType(r.AccessTokenType); err != nil {
		return nil, within(ConfigError{Realm: r.Name}, err)
	}
	return scopes, nil
}

func checkPeople(r *Realm) error {
	names, subjects := map[string]bool{}, map[string]bool{}
	for i := range r.People {
		p := &r.People[i]
		if err := checkSomebody(p, names, subjects); err != nil {
			return within(ConfigError{Realm: r.Name, Person: p.Username}, err)
		}
		names[p.Username], subjects[p.Subject] = true, true
	}
	return nil
}

// checkSomebody holds a person to the rules, and to the names that others have.
func checkSomebody(p *Person, names, subjects map[string]bool) error {
	switch {
	case p.Username == "":
		return wrong("person.username", "must not be empty: people sign in by it") // so the place names nobody
	case p.Password == "":
		return wrong("password", "must not be empty: people sign in with it")
	case names[p.Username]:
		return wrong("username", "is listed twice; give each person their own")
	case len(p.Subject) > 255 || !wire.IsVisibleASCII(p.Subject):
		return wrong("subject", "must be at most 255 ASCII characters (OpenID Connect Core section 2)")
	case subjects[p.Subject]:
		return wrong("subject", "%q is listed twice; sub is never reused, so use another (OpenID Connect Core section 2)", p.Subject)
	}
	return checkClaims(p.Claims)
}

func checkClient(c *Client, n *neighbours, d *demands) error {
	if c.ClientID == "" {
		return wrong("client.client_id", "must not be empty; it is what the client calls itself")
	}
	if len(c.ClientID) > 255 || !wire.IsVisibleASCII(c.ClientID) {
		return wrong("client_id", "must be 1 to 255 printable ASCII characters (RFC 6749 appendix A.1)")
	}
	for _, check := range []func() error{
		func() error { return checkRequestWays(c) },
		func() error { return checkRequestURIs(c, d.relaxed) },
		func() error { return checkSubjectType(c, d.relaxed) },
		func() error { return checkAuthMethod(c, d.auth) },
		func() error { return checkCertificateMethod(c, d.auth) },
		func() error { return checkClientKeys(c, d.relaxed) },
		func() error { return checkSigning(c, algorithmsOf(n.algorithms, d.keys)) },
		func() error { return checkAccessTokenFormat(c) },
		func() error { return checkTokenClaims(c) },
		func() error { return checkClientLists(c, n, d) },
		func() error { return checkClientURIs(c, d.relaxed) },
		func() error { return checkDeviceLifetime(c.Lifetimes) },
		func() error { return checkLifetimes(c.Lifetimes, c.Profile) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkGrantTypes refuses grant types that this provider does not have.
func checkGrantTypes(key string, types []string, there grantTable) error {
	grants := append(there.names(), grantImplicit)
	for _, g := range types {
		if !slices.Contains(grants, g) {
			return wrong(key, "%q is not one of %s", g, strings.Join(grants, ", "))
		}
	}
	return nil
}

// checkClientLists holds a client to what the provider has.
func checkClientLists(c *Client, n *neighbours, d *demands) error {
	if err := checkGrantTypes("grant_types", c.GrantTypes, d.grants); err != nil {
		return err
	}
	if err := checkResponseTypes(c); err != nil {
		return err
	}
	for _, s := range strings.Fields(c.Scope) {
		if !n.scopes[s] {
			return wrong("scope", notOfRealm, s)
		}
	}
	if err := checkDefaultScope(c, n); err != nil {
		return err
	}
	if err := d.grants.check(c, n); err != nil {
		return err
	}
	return checkContext(c)
}

func checkClientURIs(c *Client, relaxed Relaxed) error {
	if len(c.ResponseTypes) > 0 && len(c.RedirectURIs) == 0 {
		return wrong("redirect_uris", "an answer of the authorization endpoint needs at least one to go to (RFC 6749 section 3.1.2.2); "+
			"for a client without a browser write grant_types")
	}
	for _, uri := range c.RedirectURIs {
		if err := checkRedirectURI("redirect_uris", uri, relaxed); err != nil {
			return err
		}
	}
	for _, uri := range c.PostLogoutRedirectURIs {
		if err := checkRedirectURI("post_logout_redirect_uris", uri, relaxed); err != nil {
			return err
		}
	}
	if err := checkShownURIs(map[string]string{
		"client_uri": c.ClientURI, "logo_uri": c.LogoURI, "policy_uri": c.PolicyURI, "tos_uri": c.TOSURI,
	}); err != nil {
		return err
	}
	if err := checkLogoutURIs(c, relaxed); err != nil {
		return err
	}
	return checkOrigins(c)
}

func checkOrigins(c *Client) error {
	for _, origin := range c.Origins {
		u, err := url.Parse(origin)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Scheme+"://"+u.Host != origin {
			return wrong("origins", "%q is not a web origin such as https://app.example", origin)
		}
	}
	return nil
}

// checkShownURIs holds what people see of a client, or are led to, to the
// schemes of web pages: nothing else belongs behind a link (RFC 7591 section 5).
func checkShownURIs(uris map[string]string) error {
	for name, uri := range uris {
		u, err := url.Parse(uri)
		if uri != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || !wire.IsHost(u.Hostname()) || u.User != nil ||
			!wire.IsVisibleASCII(uri)) {
			return wrong(wire.Printable(name, 64), "%q must be an http or https address", wire.Shown(uri))
		}
	}
	return nil
}

// checkRedirectURI demands an absolute URI without fragment (RFC 6749 section
// 3.1.2), https except on loopback, and for apps a private-use scheme with a
// period in it (RFC 8252 section 8.4).
func checkRedirectURI(key, uri string, relaxed Relaxed) error {
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		return wrong(key, unreadableURI, uri)
	case u.Scheme == "" || !wire.IsVisibleASCII(uri) || strings.ContainsAny(uri, " \"<>\\^`{|}"):
		return wrong(key, "%q must be an absolute URI (RFC 6749 section 3.1.2)", uri)
	case strings.Contains(uri, "#"):
		return wrong(key, "%q must not have a fragment (RFC 6749 section 3.1.2)", uri)
	case strings.Contains(uri, "*"):
		return wrong(key, "%q must be exact, no wildcards (RFC 9700 section 2.1)", uri)
	case u.User != nil:
		return wrong(key, "%q must not have user information", uri)
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return wrong(key, "%q: http is for loopback only (RFC 9700 section 2.6); use https, or %s", uri, settingPlainHTTP)
	case (u.Scheme == "http" || u.Scheme == "https") && !wire.IsHost(u.Hostname()):
		return wrong(key, "%q must name a host", uri)
	case u.Scheme != "http" && u.Scheme != "https" && !strings.Contains(u.Scheme, "."):
		return wrong(key, "%q: a private-use scheme must be a reversed domain name with a period, as in com.example.app:/callback (RFC 8252 "+
			"section 7.1)", uri)
	}
	return nil
}
