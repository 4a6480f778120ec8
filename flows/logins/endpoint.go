package logins

import (
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Endpoint is what a request was sent to.
type Endpoint string

// The endpoints. Their names are those of the provider's rules where it has them.
const (
	Discovery           Endpoint = "discovery"
	Keys                Endpoint = "certs"
	Authorization       Endpoint = "authorization"
	Page                Endpoint = "page" // of the provider: sign-in, consent, whatever the person sees there
	Pushed              Endpoint = "pushed-authorization"
	Token               Endpoint = "token"
	UserInfo            Endpoint = "userinfo"
	DeviceAuthorization Endpoint = "device-authorization"
	Introspection       Endpoint = "introspection"
	Revocation          Endpoint = "revocation"
	Logout              Endpoint = "logout"
	Registration        Endpoint = "registration"
	Callback            Endpoint = "callback" // the redirection endpoint of a client (RFC 6749 section 3.1.2)
	API                 Endpoint = "api"
	Other               Endpoint = "elsewhere"
)

// Endpoints lists them all.
func Endpoints() []Endpoint {
	return []Endpoint{
		Discovery, Keys, Authorization, Page, Pushed, Token, UserInfo, DeviceAuthorization, Introspection, Revocation, Logout,
		Registration, Callback, API, Other,
	}
}

// Provides reports whether a provider answers there.
func (p Endpoint) Provides() bool { return p != Callback && p != API && p != Other }

// atlas is what is known of addresses so far.
type atlas struct {
	named     map[string]Endpoint // by address without query, as metadata named them
	providers map[string]bool     // hosts
	callbacks map[string]bool     // redirection URIs without query
}

func newAtlas() *atlas {
	return &atlas{named: map[string]Endpoint{}, providers: map[string]bool{}, callbacks: map[string]bool{}}
}

// place finds out what a request was sent to.
func (a *atlas) place(e *Exchange) Endpoint {
	address := e.Address()
	switch p := a.named[address]; {
	case p != "":
		return p
	case e.told != nil:
		return Page
	}
	if p := byParameters(e); p != "" && (p != Callback || e.Request.To != trace.AuthorizationServer) {
		return p
	}
	if a.callbacks[address] {
		return Callback
	}
	if p := byPath(e); p != "" {
		return p
	}
	switch {
	case e.Request.To == trace.Client:
		return Other
	case e.Request.To != trace.AuthorizationServer && asksAnAPI(e):
		return API
	case a.providers[e.Host()], e.Request.To == trace.AuthorizationServer:
		return Page
	}
	return Other
}

// asksAnAPI goes by what an API needs: a token, or a refusal for want of one.
func asksAnAPI(e *Exchange) bool {
	if e.Request.To == trace.ResourceServer || e.Request.HeaderValue("Authorization") != "" {
		return true
	}
	if strings.Contains(strings.ToLower(e.Request.HeaderValue("Access-Control-Request-Headers")), "authorization") {
		return true
	}
	if _, found := e.InQuery("access_token"); found {
		return true
	}
	return e.Answer != nil && (e.Status() == 401 || strings.HasPrefix(e.Answer.HeaderValue("WWW-Authenticate"), "Bearer"))
}

// byParameters knows a request by what it carries.
func byParameters(e *Exchange) Endpoint {
	has := func(name string) bool { _, found := e.Sent(name); return found }
	code := has("code")
	switch {
	case has("grant_type"), has("code_verifier") && code, has("code") && has("client_secret"):
		return Token
	case has("redirect_uris") && e.Request.Method == http.MethodPost:
		return Registration
	case asksForALogin(e, has):
		if e.Request.Method == http.MethodPost && strings.Contains(e.Path(), "par") {
			return Pushed
		}
		return Authorization
	case comesBack(e, has):
		return Callback
	case has("post_logout_redirect_uri"), leaves(e, has):
		return Logout
	}
	return ""
}

// asksForALogin knows an authorization request, also one that lacks something.
func asksForALogin(e *Exchange, has func(string) bool) bool {
	opened := e.Request.Method == http.MethodGet && (has("request_uri") || has("redirect_uri"))
	return has("client_id") && (has("response_type") || opened) || has("response_type") && has("redirect_uri")
}

// comesBack knows an answer that a browser brings to an app.
func comesBack(e *Exchange, has func(string) bool) bool {
	marked := has("state") || has("iss") || has("session_state")
	marked = marked || has("error_description") && !has("client_id") // a provider's own page of errors tells that one
	if marked && (has("code") || has("error")) || has("state") && (has("id_token") || has("access_token")) {
		return true
	}
	return has("code") && e.Request.Method == http.MethodGet && !has("client_id") && strings.Contains(strings.ToLower(e.Path()), "callback")
}

// leaves knows a request to sign out by the names that providers have for it beside the standard's.
func leaves(e *Exchange, has func(string) bool) bool {
	return (has("id_token_hint") || has("logout_uri") || has("returnTo")) && strings.Contains(strings.ToLower(e.Path()), "logout")
}

// byPath knows a request by the usual paths of providers.
func byPath(e *Exchange) Endpoint {
	path := strings.ToLower(strings.TrimRight(e.Path(), "/"))
	for _, usual := range usualPaths() {
		for _, end := range usual.ends {
			if strings.HasSuffix(path, end) {
				return usual.place
			}
		}
	}
	if strings.Contains(path, "/.well-known/openid-configuration") || strings.Contains(path, "/.well-known/oauth-authorization-server") {
		return Discovery
	}
	refused := e.Request.IsJSON() && e.Came("error") != "" // JSON is what it does not take
	if e.Request.Method == http.MethodPost && strings.HasSuffix(path, "/token") && (e.Request.IsForm() || refused) {
		return Token // whose parameters nobody brought
	}
	return ""
}

type usualPath struct {
	place Endpoint
	ends  []string
}

// usualPaths are those of Keycloak, Entra ID, Auth0, Okta, Google, Duende,
// Spring, Cognito, Ory and Authentik, the longer ones first.
//
//nolint:gochecknoglobals // never changes, and is asked for each exchange
var usualPaths = sync.OnceValue(func() []usualPath {
	return []usualPath{
		{Discovery, []string{"openid-configuration", "oauth-authorization-server"}},
		{DeviceAuthorization, []string{
			"/auth/device", "/devicecode", "/device/code", "/device_authorization", "/device/authorize",
			"/device/auth",
		}},
		{Introspection, []string{"/introspect", "/introspection"}},
		{Revocation, []string{"/revoke", "/revocation"}},
		{Pushed, []string{"/par", "/par/request"}},
		{Registration, []string{
			"/connect/register", "/oauth2/register", "/oauth/register", "/oidc/register",
			"/clients-registrations/openid-connect",
		}},
		{Keys, []string{
			"/jwks.json", "/jwks", "/protocol/openid-connect/certs", "/oauth2/v3/certs", "/discovery/keys",
			"/discovery/v2.0/keys", "/v1/keys", "/auth/keys", "/oauth/discovery/keys", "/keys.json",
		}},
		{UserInfo, []string{"/userinfo", "/oidc/me"}},
		{Logout, []string{"/logout/confirm", "/protocol/openid-connect/logout", "/endsession", "/end_session", "/end-session", "/oidc/logout"}},
		{Page, []string{"/auth/sign-in", "/auth/consent"}},
		{Authorization, []string{
			"/openid-connect/auth", "/oauth2/authorize", "/oauth/authorize", "/connect/authorize", "/v1/authorize",
			"/oauth2/auth",
		}},
		{Token, []string{
			"/openid-connect/token", "/oauth2/token", "/oauth/token", "/connect/token", "/v1/token", "/v2.0/token", "/oauth/access_token",
			"/login/oauth/access_token",
		}},
	}
})

// learn remembers what an exchange tells of addresses.
func (a *atlas) learn(e *Exchange) {
	switch e.Endpoint {
	case Discovery:
		a.metadata(e)
	case Authorization, Pushed, Token, DeviceAuthorization:
		if e.Request.Method != http.MethodOptions {
			a.providers[e.Host()] = true
		}
	}
	if to := e.Param("redirect_uri"); to != "" && (e.Endpoint == Authorization || e.Endpoint == Pushed) {
		a.callback(to)
	}
	if e.Answer == nil || !e.Endpoint.Provides() {
		return
	}
	if to := e.Answer.HeaderValue("Location"); to != "" && (e.Came("code") != "" || e.Came("error") != "" && e.Came("state") != "") {
		a.callback(to)
	}
}

func (a *atlas) callback(to string) {
	if u, err := url.Parse(to); err == nil && u.IsAbs() {
		a.callbacks[base(to)] = true
	}
}

// metadata notes where discovery says that the endpoints are.
func (a *atlas) metadata(e *Exchange) {
	for member, place := range map[string]Endpoint{
		"authorization_endpoint": Authorization, "token_endpoint": Token, "jwks_uri": Keys, "userinfo_endpoint": UserInfo,
		"introspection_endpoint": Introspection, "revocation_endpoint": Revocation, "end_session_endpoint": Logout,
		"pushed_authorization_request_endpoint": Pushed, "device_authorization_endpoint": DeviceAuthorization,
		"registration_endpoint": Registration,
	} {
		if address := e.Came(member); address != "" {
			a.named[base(address)] = place
			if u, err := url.Parse(address); err == nil {
				a.providers[u.Host] = true
			}
		}
	}
}
