package mockidp

import "github.com/grantwalk/grantwalk/mockidp/internal/wire"

// endpoint is one line of the routing table.
type endpoint struct {
	name    Endpoint
	path    string  // below the issuer's path
	methods string  // what Allow says
	cors    readers // which pages of other origins may call it with fetch
	serve   func(*services, *tenant, *request) (wire.Answer, error)
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

// Endpoints lists what a realm answers at, in the order of the routing table.
func Endpoints() []Endpoint {
	var names []Endpoint
	for _, e := range endpoints() {
		names = append(names, e.name)
	}
	return names
}

// endpoints is the routing table, in Keycloak's layout.
func endpoints() []endpoint {
	return []endpoint{
		{"authorization", pathAuthorization, "GET, HEAD, POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.authorization.serveAuthorization(t, r)
		}},
		{"sign-in", pathSignIn, "POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.signIn.serveSignIn(t, r)
		}},
		{"consent", pathConsent, "POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.consent.serveConsent(t, r)
		}},
		{"pushed-authorization", pathPushed, "POST, OPTIONS", clientPages, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.pushed.servePushed(t, r)
		}},
		{"token", pathToken, "POST, OPTIONS", clientPages, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.token.serveToken(t, r)
		}},
		{
			"device-authorization", pathDeviceAuthorization, "POST, OPTIONS", clientPages,
			func(s *services, t *tenant, r *request) (wire.Answer, error) {
				return s.deviceAuthorization.serveDeviceAuthorization(t, r)
			},
		},
		{"device", pathDevice, "GET, HEAD, POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.device.serveDevice(t, r)
		}},
		{"revocation", pathRevocation, "POST, OPTIONS", clientPages, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.uses.serveRevocation(t, r)
		}},
		{"introspection", pathIntrospection, "POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.uses.serveIntrospection(t, r)
		}},
		{"logout", pathLogout, "GET, POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.logout.serveLogout(t, r)
		}},
		{"logout-confirmation", pathLogoutForm, "POST", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.logout.serveLogoutForm(t, r)
		}},
		{"certs", pathCerts, "GET, HEAD, OPTIONS", anyPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.discovery.serveCerts(t, r)
		}},
		{"userinfo", pathUserInfo, "GET, HEAD, POST, OPTIONS", clientPages, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.userInfo.serveUserInfo(t, r)
		}},
		{"registration", pathRegistration, "POST, OPTIONS", anyPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.registration.serveRegistration(t, r)
		}},
		{
			"client-configuration", pathClient, "GET, HEAD, PUT, DELETE, OPTIONS", anyPage,
			func(s *services, t *tenant, r *request) (wire.Answer, error) {
				return s.registration.serveClient(t, r)
			},
		},
		{"cookie-check", pathCookieCheck, "GET, HEAD", noPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.discovery.serveCookieCheck(t, r)
		}},
		{"discovery", pathDiscovery, "GET, HEAD, OPTIONS", anyPage, func(s *services, t *tenant, r *request) (wire.Answer, error) {
			return s.discovery.serveDiscovery(t, r)
		}},
	}
}
