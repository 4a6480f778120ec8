package mockidp

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// identity is what a realm is called under one issuer.
type identity struct {
	issuer string
	path   string // of the issuer: "/realms/demo"
	secure bool   // the issuer is https, so cookies are Secure
	name   string
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
// has no path, so its name says which realm it is of, under which issuer.
func (i *identity) cookieName(name string) string {
	if !i.secure {
		return name
	}
	alias := ""
	if strings.HasPrefix(i.path, "/auth/") {
		alias = "_alias"
	}
	return "__Host-" + name + alias + "." + i.name
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
