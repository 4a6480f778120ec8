package mockidp

import "strings"

// endpoint is one line of the routing table.
type endpoint struct {
	path    string // below the issuer's path
	methods string // what Allow says
	cors    bool   // whether a browser app calls it with fetch
	serve   func(*Provider, *tenant, *request) (answer, error)
}

const protocolPath = "/protocol/openid-connect"

// endpoints is the routing table, in Keycloak's layout.
func endpoints() []endpoint {
	return []endpoint{
		{pathAuthorization, "GET, HEAD, POST", false, (*Provider).serveAuthorization},
		{pathSignIn, "POST", false, (*Provider).serveSignIn},
		{pathConsent, "POST", false, (*Provider).serveConsent},
		{pathToken, "POST, OPTIONS", true, (*Provider).serveToken},
		{pathRevocation, "POST, OPTIONS", true, (*Provider).serveRevocation},
		{pathIntrospection, "POST", false, (*Provider).serveIntrospection},
		{pathLogout, "GET, POST", false, (*Provider).serveLogout},
		{pathLogoutForm, "POST", false, (*Provider).serveLogoutForm},
		{pathCerts, "GET, HEAD, OPTIONS", true, (*Provider).serveCerts},
		{pathUserInfo, "GET, HEAD, POST, OPTIONS", true, (*Provider).serveUserInfo},
		{pathDiscovery, "GET, HEAD, OPTIONS", true, (*Provider).serveDiscovery},
	}
}

const (
	pathAuthorization = protocolPath + "/auth"
	pathSignIn        = protocolPath + "/auth/sign-in"
	pathConsent       = protocolPath + "/auth/consent"
	pathToken         = protocolPath + "/token"
	pathRevocation    = protocolPath + "/revoke"
	pathIntrospection = pathToken + "/introspect"
	pathLogout        = protocolPath + "/logout"
	pathLogoutForm    = pathLogout + "/confirm"
	pathCerts         = protocolPath + "/certs"
	pathUserInfo      = protocolPath + "/userinfo"
	pathDiscovery     = "/.well-known/openid-configuration"

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
	if t == nil {
		return nil, nil
	}
	return t, p.endpointAt("/" + tail)
}

func (p *Provider) endpointAt(path string) *endpoint {
	for i := range p.tables.paths {
		if p.tables.paths[i].path == path {
			return &p.tables.paths[i]
		}
	}
	return nil
}
