package mockidp

import (
	"cmp"
	"mime"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// registering is a request to register a client (RFC 7591), or to read, change
// or delete one that registered itself (RFC 7592).
type registering struct {
	p       *registrationEndpoint
	t       *tenant
	r       *request
	tokens  []string    // bearer tokens of the Authorization header
	current *registered // the client that the token is for; nil when it is for none
	isJSON  bool
	sent    submission
	client  Client // what would be registered, with defaults
}

// registrationEndpoint is where clients register themselves, and change that.
type registrationEndpoint struct {
	draw          *source
	demands       *demands
	library       *library
	rows          []rule.Row[registering]
	configuration []rule.Row[registering]
}

func (e *registrationEndpoint) newRegistering(t *tenant, r *request) *registering {
	in := &registering{p: e, t: t, r: r}
	for _, h := range r.Header.Values("Authorization") {
		if scheme, token, _ := strings.Cut(h, " "); strings.EqualFold(scheme, "Bearer") {
			in.tokens = append(in.tokens, strings.TrimSpace(token))
		}
	}
	if id, ok := strings.CutPrefix(r.URL.Path, t.path+pathClient); ok && len(in.tokens) == 1 {
		in.current = t.clients.with(id, in.tokens[0])
	}
	media, _, err := mime.ParseMediaType(r.MediaType)
	in.isJSON = err == nil && media == "application/json"
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		in.sent = readSubmission(r.Body)
		if !t.requestURIs {
			in.sent.RequestURIs = nil // as a member that nobody here knows (RFC 7591 section 2)
		}
		in.client = clientWithDefaults(in.sent.client(t.registration), t.algorithms)
	}
	return in
}

// opens reports whether clients may register for all of these grants. A realm
// without registration opens none.
func (g *Registration) opens(grants ...string) bool {
	return g != nil && len(wire.Without(grants, g.GrantTypes)) == 0
}

// serveRegistration is the client registration endpoint (RFC 7591 section 3).
func (e *registrationEndpoint) serveRegistration(t *tenant, r *request) (wire.Answer, error) {
	in := e.newRegistering(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		return refuseRegistration(t, broken, "POST, OPTIONS")
	}
	id, err := e.draw.random(16)
	if err != nil {
		return wire.Answer{}, err
	}
	in.client.ClientID = id
	return e.store(in, http.StatusCreated)
}

// serveClient is the client configuration endpoint (RFC 7592 section 2).
func (e *registrationEndpoint) serveClient(t *tenant, r *request) (wire.Answer, error) {
	in := e.newRegistering(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.configuration, in); broken != nil {
		return refuseRegistration(t, broken, "GET, HEAD, PUT, DELETE, OPTIONS")
	}
	switch r.Method {
	case http.MethodPut:
		in.client.ClientID, in.client.ClientSecret = in.current.client.ClientID, in.current.client.ClientSecret
		return e.store(in, http.StatusOK)
	case http.MethodDelete:
		t.clients.unregister(in.current.client.ClientID)
		t.forget(in.current.client.ClientID)
		return wire.Uncached(wire.Answer{Status: http.StatusNoContent, Client: in.current.client.ClientID}), nil
	default:
		a, err := in.current.describe(t, in.tokens[0]).write(http.StatusOK, in.current.translations)
		a.Client = in.current.client.ClientID
		return a, err
	}
}

// store registers the client, with a secret where it needs one and a new
// registration access token, of which only the hash stays here.
func (e *registrationEndpoint) store(in *registering, status int) (wire.Answer, error) {
	token, err := e.draw.random(32)
	if err != nil {
		return wire.Answer{}, err
	}
	c := in.client
	switch needs := usesSecret(c.TokenEndpointAuthMethod); {
	case !needs:
		c.ClientSecret = ""
	case c.ClientSecret == "":
		if c.ClientSecret, err = e.newSecret(in.t.registration.SymbolsInSecrets); err != nil {
			return wire.Answer{}, err
		}
	}
	r := &registered{
		client: &c, metadata: in.sent.clientMetadata, translations: in.sent.translations, origins: webOrigins(&c),
		tokenHash: keys.Digest(token), issued: in.r.Now,
	}
	if in.current != nil {
		r.issued = in.current.issued
	}
	if gone := in.t.clients.register(r); gone != "" {
		in.t.full.note(limitRegistered)
		in.t.forget(gone)
	}
	a, err := r.describe(in.t, token).write(status, r.translations)
	a.Client = c.ClientID
	return a, err
}

// newSecret draws a client_secret, with symbols in it that a client has to
// encode where that is wanted. What follows the % is no digit, so that a client
// that does not is found out whatever was drawn, and by the same rule.
func (e *registrationEndpoint) newSecret(symbols bool) (string, error) {
	secret, err := e.draw.random(48)
	if err == nil && symbols {
		half := len(secret) / 2
		secret = secret[:half] + "%+/" + secret[half:]
	}
	return secret, err
}

// refuseRegistration is RFC 7591 section 3.2.2, and RFC 6750 section 3 where
// it is the token that is wrong.
func refuseRegistration(t *tenant, broken *rule.Refusal, allow string) (wire.Answer, error) {
	challenge := `Bearer realm="` + t.name + `"`
	if broken.Check.Error == "" { // who brought no token made no mistake yet (RFC 6750 section 3.1)
		a := wire.Uncached(wire.Answer{Status: broken.Status})
		a.Set("WWW-Authenticate", challenge)
		return a, nil
	}
	a, err := wire.JSON(broken.Status, wire.ErrorResponse{Error: broken.Check.Error, Description: wire.Describe(broken.Check.Reason)})
	switch broken.Status {
	case http.StatusUnauthorized:
		a.Set("WWW-Authenticate", challenge+`, error="`+broken.Check.Error+`", error_description="`+wire.Describe(broken.Check.Reason)+`"`)
	case http.StatusMethodNotAllowed:
		a.Set("Allow", allow)
	}
	return wire.Uncached(a), err
}

// describe says what is registered: what was sent, with the defaults that
// were filled in.
func (r *registered) describe(t *tenant, accessToken string) registrationResponse {
	c := r.client
	said := registrationResponse{
		ClientID: c.ClientID, IssuedAt: unix(r.issued), ClientSecret: c.ClientSecret, AccessToken: accessToken,
		ClientURI: t.calls + pathClient + c.ClientID, clientMetadata: r.metadata,
	}
	if c.ClientSecret != "" {
		said.SecretExpiresAt = new(int64)
	}
	said.GrantTypes, said.ResponseTypes = append([]string{}, c.GrantTypes...), append([]string{}, c.ResponseTypes...)
	said.TokenEndpointAuthMethod, said.IDTokenAlg = c.TokenEndpointAuthMethod, c.IDTokenSignedResponseAlg
	said.Scope = strings.Join(t.allowedScopes(c), " ")
	said.ApplicationType = cmp.Or(said.ApplicationType, applicationWeb)
	said.SubjectType = cmp.Or(said.SubjectType, subjectPublic)
	return said
}

func registrationSpec(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Dynamic Client Registration 1.0", Section: section}
}

// usesSecret reports whether a client that authenticates in this way needs one.
func usesSecret(method string) bool { return strings.HasPrefix(method, "client_secret_") }
