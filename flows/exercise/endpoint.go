package exercise

import (
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Endpoint is what a request asks for: what one decides on is filed under it.
type Endpoint string

// The endpoints of the provider that exercises ask about, and of the token
// endpoint each grant (RFC 6749 section 1.3).
const (
	Authorization Endpoint = "authorization"
	Pushed        Endpoint = "pushed-authorization" // RFC 9126
	Token         Endpoint = "token"
	Device        Endpoint = "device-authorization" // RFC 8628
	Revocation    Endpoint = "revocation"           // RFC 7009
	Introspection Endpoint = "introspection"        // RFC 7662
	UserInfo      Endpoint = "userinfo"
	Logout        Endpoint = "logout"
	Registration  Endpoint = "registration" // RFC 7591
)

// Endpoints lists them.
func Endpoints() []Endpoint {
	return []Endpoint{Authorization, Pushed, Token, Device, Revocation, Introspection, UserInfo, Logout, Registration}
}

// Endpoint is the one that the request goes to; "" where it goes to another.
func (r *Request) Endpoint() Endpoint { return endpointOf(&r.sent) }

func endpointOf(m *trace.Message) Endpoint {
	u, err := url.Parse(m.URL)
	if err != nil {
		return ""
	}
	for _, e := range []struct {
		path string
		is   Endpoint
	}{
		{"/openid-connect/auth", Authorization},
		{"/ext/par/request", Pushed},
		{"/openid-connect/token", Token},
		{"/auth/device", Device},
		{"/openid-connect/revoke", Revocation},
		{"/token/introspect", Introspection},
		{"/openid-connect/userinfo", UserInfo},
		{"/openid-connect/logout", Logout},
		{"/clients-registrations/openid-connect", Registration},
	} {
		if strings.HasSuffix(u.Path, e.path) {
			return e.is
		}
	}
	return ""
}
