package mockidp

import (
	"errors"
	"fmt"
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
		return &ConfigError{
			Realm: r.Name,
			Err:   fmt.Errorf("name: a realm name is letters, digits, '-', '_' and '.', at most 64, because it is part of a URL; got %q", r.Name),
		}
	}
	if !slices.Contains([]string{"", DPoPNonceAlways, DPoPNonceNever}, r.DPoPNonce) {
		return fmt.Errorf("config: realm %s: DPoPNonce %q is not %q, %q or empty", r.Name, r.DPoPNonce, DPoPNonceAlways, DPoPNonceNever)
	}
	scopes, err := checkScopes(r)
	if err != nil {
		return err
	}
	for _, err := range []error{checkDeviceLifetime(r.Lifetimes), checkLifetimes(r.Lifetimes, "")} {
		if err != nil {
			return fmt.Errorf("config: realm %s: %w", r.Name, err)
		}
	}
	for _, check := range []func(*Realm) error{checkDetailsTypes, checkAutoSignIn, checkPeople, checkPairwise} {
		if err := check(r); err != nil {
			return err
		}
	}
	if err := checkAlgorithms(r, d.keys); err != nil {
		return err
	}
	return checkClients(r, &neighbours{scopes, r.People, r.SigningAlgorithms}, d)
}

func checkClients(r *Realm, n *neighbours, d *demands) error {
	clients := map[string]bool{}
	for i := range r.Clients {
		c := &r.Clients[i]
		if clients[c.ClientID] {
			return &ConfigError{Realm: r.Name, Client: c.ClientID, Err: errors.New("client_id is listed twice")}
		}
		clients[c.ClientID] = true
		err := checkClient(c, n, d)
		if err == nil {
			err = checkClientOf(c, r)
		}
		if err != nil {
			return &ConfigError{Realm: r.Name, Client: c.ClientID, Err: err}
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
		if !wire.IsScopeToken(s.Name) {
			return nil, &ConfigError{Realm: r.Name, Scope: s.Name, Err: errors.New("name is not a scope-token (RFC 6749 section 3.3)")}
		}
		if scopes[s.Name] {
			return nil, &ConfigError{Realm: r.Name, Scope: s.Name, Err: errors.New("name is listed twice")}
		}
		if err := checkClaimNames(s.IDTokenClaims, s.AccessTokenClaims); err != nil {
			return nil, &ConfigError{Realm: r.Name, Scope: s.Name, Err: err}
		}
		scopes[s.Name] = true
	}
	for _, s := range strings.Fields(r.DefaultScope) {
		if !scopes[s] {
			return nil, &ConfigError{Realm: r.Name, Err: fmt.Errorf("default_scope: %q is not a scope of the realm", s)}
		}
	}
	if err := checkAccessTokenType(r.AccessTokenType); err != nil {
		return nil, &ConfigError{Realm: r.Name, Err: err}
	}
	return scopes, nil
}

func checkPeople(r *Realm) error {
	names, subjects := map[string]bool{}, map[string]bool{}
	for i := range r.People {
		p := &r.People[i]
		switch {
		case p.Username == "" || p.Password == "":
			return &ConfigError{Realm: r.Name, Person: p.Username, Err: errors.New("a person needs a user name and a password")}
		case names[p.Username]:
			return &ConfigError{Realm: r.Name, Person: p.Username, Err: errors.New("username is listed twice")}
		case len(p.Subject) > 255 || !wire.IsVisibleASCII(p.Subject):
			return &ConfigError{
				Realm: r.Name, Person: p.Username,
				Err: errors.New("subject must be at most 255 ASCII characters (OpenID Connect Core section 2)"),
			}
		case subjects[p.Subject]:
			return &ConfigError{
				Realm: r.Name, Person: p.Username,
				Err: fmt.Errorf("subject %q is listed twice; sub is never reused (OpenID Connect Core section 2)", p.Subject),
			}
		}
		if err := checkClaims(p.Claims); err != nil {
			return fmt.Errorf("config: realm %s: person %q: %w", r.Name, p.Username, err)
		}
		names[p.Username], subjects[p.Subject] = true, true
	}
	return nil
}

func checkClient(c *Client, n *neighbours, d *demands) error {
	if c.ClientID == "" || len(c.ClientID) > 255 || !wire.IsVisibleASCII(c.ClientID) {
		return errors.New("client_id must be 1 to 255 printable ASCII characters (RFC 6749 appendix A.1)")
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

// checkClientLists holds a client to what the provider has.
func checkClientLists(c *Client, n *neighbours, d *demands) error {
	grants := append(d.grants.names(), grantImplicit)
	for _, g := range c.GrantTypes {
		if !slices.Contains(grants, g) {
			return fmt.Errorf("grant_types: %q is not one of %s", g, strings.Join(grants, ", "))
		}
	}
	if err := checkResponseTypes(c); err != nil {
		return err
	}
	for _, s := range strings.Fields(c.Scope) {
		if !n.scopes[s] {
			return fmt.Errorf("scope: %q is not a scope of the realm", s)
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
		return errors.New("redirect_uris: an answer of the authorization endpoint needs at least one to go to (RFC 6749 section 3.1.2.2)")
	}
	for _, uri := range c.RedirectURIs {
		if err := checkRedirectURI(uri, relaxed); err != nil {
			return err
		}
	}
	for _, uri := range c.PostLogoutRedirectURIs {
		if err := checkRedirectURI(uri, relaxed); err != nil {
			return fmt.Errorf("post_logout_redirect_uris: %w", err)
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
			return fmt.Errorf("origins: %q is not a web origin such as https://app.example", origin)
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
			return fmt.Errorf("%s %q is not an http or https address", wire.Printable(name, 64), wire.Shown(uri))
		}
	}
	return nil
}

// checkRedirectURI demands an absolute URI without fragment (RFC 6749 section
// 3.1.2), https except on loopback, and for apps a private-use scheme with a
// period in it (RFC 8252 section 8.4).
func checkRedirectURI(uri string, relaxed Relaxed) error {
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		return fmt.Errorf("redirect_uri %q is not a URI: %w", uri, err)
	case u.Scheme == "" || !wire.IsVisibleASCII(uri) || strings.ContainsAny(uri, " \"<>\\^`{|}"):
		return fmt.Errorf("redirect_uri %q must be an absolute URI (RFC 6749 section 3.1.2)", uri)
	case strings.Contains(uri, "#"):
		return fmt.Errorf("redirect_uri %q must not have a fragment (RFC 6749 section 3.1.2)", uri)
	case strings.Contains(uri, "*"):
		return fmt.Errorf("redirect_uri %q must be exact, no wildcards (RFC 9700 section 2.1)", uri)
	case u.User != nil:
		return fmt.Errorf("redirect_uri %q must not have user information", uri)
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return fmt.Errorf("redirect_uri %q: http is for loopback only (RFC 9700 section 2.6); use https or set Relaxed.PlainHTTP", uri)
	case (u.Scheme == "http" || u.Scheme == "https") && !wire.IsHost(u.Hostname()):
		return fmt.Errorf("redirect_uri %q names no host", uri)
	case u.Scheme != "http" && u.Scheme != "https" && !strings.Contains(u.Scheme, "."):
		return fmt.Errorf("redirect_uri %q: a private-use scheme is a reversed domain name with a period (RFC 8252 section 7.1)", uri)
	}
	return nil
}
