package mockidp

import (
	"fmt"
	"strings"
)

// ServedRealm is a realm of a provider by its addresses, so that nobody has to
// put them together; [Provider.Realm] returns it. They are those of the
// metadata (RFC 8414 section 2), which stays the way for whoever can read it.
type ServedRealm struct {
	p   *Provider
	t   *tenant // nil when there is no such realm
	err error
}

// Realm returns a realm by its name. A name that the config does not have is an
// error and no address that looks like one: a provider of [Start] or [StartTLS]
// ends its test with it, elsewhere [ServedRealm.Err] returns it, and every
// address is empty.
func (p *Provider) Realm(name string) ServedRealm {
	if t := p.tenants["/realms/"+name]; t != nil {
		return ServedRealm{p: p, t: t}
	}
	err := fmt.Errorf("there is no realm %q; the realms of this provider are %s", name, p.realmsInWords())
	if p.tb != nil {
		p.tb.Helper()
		p.tb.Fatal(err)
	}
	return ServedRealm{err: err}
}

// Err says that there is no such realm, and which there are; nil when all is well.
func (r ServedRealm) Err() error { return r.err }

// Issuer returns the issuer identifier, which is iss in the realm's tokens.
func (r ServedRealm) Issuer() string { return r.at("") }

// DiscoveryURL returns where the metadata is (OpenID Connect Discovery section 4).
func (r ServedRealm) DiscoveryURL() string { return r.at(pathDiscovery) }

// AuthURL returns the authorization endpoint (RFC 6749 section 3.1).
func (r ServedRealm) AuthURL() string { return r.at(pathAuthorization) }

// TokenURL returns the token endpoint (RFC 6749 section 3.2).
func (r ServedRealm) TokenURL() string { return r.at(pathToken) }

// DeviceAuthURL returns the device authorization endpoint (RFC 8628 section 3.1).
func (r ServedRealm) DeviceAuthURL() string { return r.at(pathDeviceAuthorization) }

// PushedAuthURL returns the pushed authorization request endpoint (RFC 9126 section 2).
func (r ServedRealm) PushedAuthURL() string { return r.at(pathPushed) }

// UserInfoURL returns the UserInfo endpoint (OpenID Connect Core section 5.3).
func (r ServedRealm) UserInfoURL() string { return r.at(pathUserInfo) }

// JWKSURL returns where the keys are that verify the realm's signatures (RFC 7517 section 5).
func (r ServedRealm) JWKSURL() string { return r.at(pathCerts) }

// IntrospectionURL returns the introspection endpoint (RFC 7662 section 2).
func (r ServedRealm) IntrospectionURL() string { return r.at(pathIntrospection) }

// RevocationURL returns the revocation endpoint (RFC 7009 section 2).
func (r ServedRealm) RevocationURL() string { return r.at(pathRevocation) }

// EndSessionURL returns where a client sends people who sign out (OpenID
// Connect RP-Initiated Logout section 2).
func (r ServedRealm) EndSessionURL() string { return r.at(pathLogout) }

// RegistrationURL returns the client registration endpoint (RFC 7591 section
// 3), or "" where clients can't register themselves.
func (r ServedRealm) RegistrationURL() string {
	if r.t == nil || r.t.registration == nil {
		return ""
	}
	return r.at(pathRegistration)
}

func (r ServedRealm) at(path string) string {
	if r.t == nil {
		return ""
	}
	return r.t.issuer + path
}

// IsIssuer reports whether the realm has this issuer identifier. It has one for
// each name of the machine by which a client may come, and one below /auth.
func (r ServedRealm) IsIssuer(issuer string) bool {
	if r.t == nil {
		return false
	}
	old := r.p.tenants["/auth/realms/"+r.t.name]
	return r.t.isIssuer(issuer) || old != nil && old.isIssuer(issuer)
}

// AllowsOrigin reports whether pages of this origin belong to a client of the
// realm, so that they may read answers that are for programs.
func (r ServedRealm) AllowsOrigin(origin string) bool { return r.t != nil && r.t.allowsOrigin(origin) }

// Client returns a client of the realm as it is registered now, what was left
// out filled in (RFC 7591 section 2). Those that registered themselves are
// among them.
func (r ServedRealm) Client(id string) (Client, error) {
	if r.err != nil {
		return Client{}, r.err
	}
	c := r.t.clients.get(id)
	if c == nil {
		return Client{}, fmt.Errorf("realm %s has no client %q; its config has %s", r.t.name, id, strings.Join(r.t.clients.ids(), ", "))
	}
	return clientWithDefaults(*c, r.t.algorithms), nil
}
