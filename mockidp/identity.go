package mockidp

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// identity is what a realm is called under one issuer.
type identity struct {
	at     *addresses
	issuer string
	path   string // of the issuer: "/realms/demo"
	alias  string // what tells it from the realm's other issuer on the same host: "_alias", or empty
	secure bool   // the issuer is https, so cookies are Secure
	name   string

	// calls is what the addresses begin with that clients call without a browser,
	// as whoever asks gets there: the issuer, or the realm by Config.BackChannelURL.
	calls string
}

func newIdentity(realm string, at *addresses, below string) identity {
	i := identity{
		at: at, issuer: at.base() + below, path: at.path + below, calls: at.base() + below,
		secure: strings.HasPrefix(at.origin, "https://"), name: realm,
	}
	if strings.HasPrefix(below, "/auth/") {
		i.alias = "_alias"
	}
	return i
}

// isIssuer reports whether the realm has this issuer identifier. On loopback it
// has one for each name of this machine: they are one realm, with the same
// keys, sessions and clients, so what it gave out under one of them it takes
// under the others.
func (i *identity) isIssuer(issuer string) bool {
	origin, ok := strings.CutSuffix(issuer, i.path)
	return ok && i.at.owns(origin)
}

// isOwn reports whether an address is the realm's by any of its names, or what
// it has there under tail.
func (i *identity) isOwn(address, tail string) bool {
	begins, ok := strings.CutSuffix(address, tail)
	return ok && (i.isIssuer(begins) || begins == i.calls || i.at.back != "" && begins == i.at.back+strings.TrimPrefix(i.path, i.at.path))
}

// cookie writes a cookie that no script reads, and that other sites can send
// only by leading the person here. Without TLS it is sent to this issuer only.
func (i *identity) cookie(name, value string) string {
	c := http.Cookie{ //nolint:gosec // Secure wherever the issuer is https
		Name: i.cookieName(name), Value: value, Path: i.cookiePath(), HttpOnly: true, Secure: i.secure, SameSite: http.SameSiteLaxMode,
	}
	return c.String()
}

// cookieName returns the name under which a browser keeps a cookie. Over TLS it
// begins with __Host-, so that no neighbour under the same domain, nor anybody
// on the network, can plant one (RFC 6265bis section 4.1.3.2). Such a cookie
// has no path, so its name says which realm it is of, under which issuer and
// below which path.
func (i *identity) cookieName(name string) string {
	if !i.secure {
		return name
	}
	return "__Host-" + name + i.alias + "." + i.name + strings.ReplaceAll(i.at.path, "/", "~")
}

func (i *identity) cookiePath() string {
	if i.secure {
		return "/"
	}
	return i.path + "/"
}

// endedCookie makes the browser forget a cookie.
func (i *identity) endedCookie(name string) string { return i.cookie(name, "") + "; Max-Age=0" }

// cookieValue returns a cookie that has the form of one of ours, or "".
func (i *identity) cookieValue(r *request, name string) string {
	c, err := r.Cookie(i.cookieName(name))
	if err != nil || len(c.Value) > 64 || !wire.IsBase64URL(c.Value) {
		return ""
	}
	return strings.Clone(c.Value) // or a form would keep all of the header alive
}
