package mockidp

import (
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Endpoint names an endpoint of a realm: in [Rules], in the trouble that is
// ordered for it, and in what [Provider.Watch] tells.
type Endpoint string

// EveryEndpoint stands for all of them, for rules about HTTP itself.
const EveryEndpoint Endpoint = "every"

// Endpoints lists what a realm answers at, in the order of the routing table.
func Endpoints() []Endpoint {
	var names []Endpoint
	for _, e := range endpoints() {
		names = append(names, e.name)
	}
	return names
}

// endpoint is one line of the routing table.
type endpoint struct {
	name    Endpoint
	path    string  // below the issuer's path
	methods string  // what Allow says
	cors    readers // which pages of other origins may call it with fetch
	serve   func(*Provider, *tenant, *request) (wire.Answer, error)
}

// readers says whose pages may call an endpoint from a browser and read what it
// answers.
type readers int

const (
	noPage      readers = iota
	clientPages         // those of the realm's clients
	// anyPage is for what is public, and for registration, where whoever calls
	// has no origin that anybody knows yet. No credentials go along.
	anyPage
)

// forPrograms reports whether the answers are read by programs and not shown to
// people.
func (e *endpoint) forPrograms() bool { return e.cors != noPage || e.path == pathIntrospection }

const protocolPath = "/protocol/openid-connect"

// endpoints is the routing table, in Keycloak's layout.
func endpoints() []endpoint {
	return []endpoint{
		{"authorization", pathAuthorization, "GET, HEAD, POST", noPage, (*Provider).serveAuthorization},
		{"sign-in", pathSignIn, "POST", noPage, (*Provider).serveSignIn},
		{"consent", pathConsent, "POST", noPage, (*Provider).serveConsent},
		{"pushed-authorization", pathPushed, "POST, OPTIONS", clientPages, (*Provider).servePushed},
		{"token", pathToken, "POST, OPTIONS", clientPages, (*Provider).serveToken},
		{"device-authorization", pathDeviceAuthorization, "POST, OPTIONS", clientPages, (*Provider).serveDeviceAuthorization},
		{"device", pathDevice, "GET, HEAD, POST", noPage, (*Provider).serveDevice},
		{"revocation", pathRevocation, "POST, OPTIONS", clientPages, (*Provider).serveRevocation},
		{"introspection", pathIntrospection, "POST", noPage, (*Provider).serveIntrospection},
		{"logout", pathLogout, "GET, POST", noPage, (*Provider).serveLogout},
		{"logout-confirmation", pathLogoutForm, "POST", noPage, (*Provider).serveLogoutForm},
		{"certs", pathCerts, "GET, HEAD, OPTIONS", anyPage, (*Provider).serveCerts},
		{"userinfo", pathUserInfo, "GET, HEAD, POST, OPTIONS", clientPages, (*Provider).serveUserInfo},
		{"registration", pathRegistration, "POST, OPTIONS", anyPage, (*Provider).serveRegistration},
		{"client-configuration", pathClient, "GET, HEAD, PUT, DELETE, OPTIONS", anyPage, (*Provider).serveClient},
		{"cookie-check", pathCookieCheck, "GET, HEAD", noPage, (*Provider).serveCookieCheck},
		{"discovery", pathDiscovery, "GET, HEAD, OPTIONS", anyPage, (*Provider).serveDiscovery},
	}
}

const (
	pathAuthorization       = protocolPath + "/auth"
	pathSignIn              = protocolPath + "/auth/sign-in"
	pathConsent             = protocolPath + "/auth/consent"
	pathToken               = protocolPath + "/token"
	pathPushed              = protocolPath + "/ext/par/request"
	pathDeviceAuthorization = pathAuthorization + "/device"
	pathDevice              = "/device" // short, because people type it
	pathRevocation          = protocolPath + "/revoke"
	pathIntrospection       = pathToken + "/introspect"
	pathLogout              = protocolPath + "/logout"
	pathLogoutForm          = pathLogout + "/confirm"
	pathCerts               = protocolPath + "/certs"
	pathUserInfo            = protocolPath + "/userinfo"
	pathRegistration        = "/clients-registrations/openid-connect"
	pathClient              = pathRegistration + "/" // the client_id follows
	pathCookieCheck         = protocolPath + "/3p-cookies/step1.html"
	pathDiscovery           = "/.well-known/openid-configuration"

	// pathMetadata comes before the issuer's path (RFC 8414 section 3.1).
	pathMetadata = "/.well-known/oauth-authorization-server"
)

// route finds the tenant and the endpoint of a path, or nil.
func (p *Provider) route(path string) (*tenant, *endpoint) {
	if issuerPath, ok := strings.CutPrefix(path, pathMetadata); ok {
		if t := p.tenants[issuerPath]; t != nil {
			return t, p.endpointAt(pathDiscovery)
		}
		return nil, nil
	}
	rest, prefix := path, ""
	if cut, ok := strings.CutPrefix(path, "/auth/"); ok {
		rest, prefix = "/"+cut, "/auth"
	}
	below, ok := strings.CutPrefix(rest, "/realms/")
	if !ok {
		return nil, nil
	}
	name, tail, _ := strings.Cut(below, "/")
	t := p.tenants[prefix+"/realms/"+name]
	if t == nil || t.registration == nil && strings.HasPrefix("/"+tail, pathRegistration) {
		return nil, nil
	}
	return t, p.endpointAt("/" + tail)
}

// endpointAt finds an endpoint. A path in the table that ends with a slash
// stands for all below it.
func (p *Provider) endpointAt(path string) *endpoint {
	for i := range p.tables.paths {
		e := &p.tables.paths[i]
		if e.path == path || strings.HasSuffix(e.path, "/") && strings.HasPrefix(path, e.path) {
			return e
		}
	}
	return nil
}
