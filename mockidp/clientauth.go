package mockidp

import (
	"cmp"
	"crypto/x509"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// clientRequest is a request in which a client says who it is, at whatever
// endpoint: one set of rules for all of them.
type clientRequest struct {
	p      *authenticator
	t      *tenant
	r      *request
	params wire.Params
	creds  credentials
	client *Client // nil when unknown
}

// authenticator finds out which client sends a request.
type authenticator struct {
	now          func() time.Time
	fetched      *keys.Cache
	certificates bool           // Config.ClientCertificates
	cas          *x509.CertPool // Config.ClientCAs
	assertion    []rule.Row[clientRequest]
	secrets      []string // parameters that must not stand in a URL
}

func (a *authenticator) newClientRequest(t *tenant, r *request) clientRequest {
	in := clientRequest{p: a, t: t, r: r, params: r.Form, creds: readCredentials(r)}
	in.client = t.clients.get(in.creds.clientID)
	in.proveAssertion()
	in.proveCertificate()
	return in
}

func (in *clientRequest) named(a wire.Answer) wire.Answer {
	if in.client != nil {
		a.Client = in.client.ClientID
	}
	return a
}

// credentials is what a client says about itself.
type credentials struct {
	method    string
	clientID  string
	secret    string
	header    bool             // an Authorization header was sent
	assertion *clientAssertion // nil when none was sent
	malformed string           // what is wrong with the header
	raw       string           // the secret as it stands in the header, before it is decoded

	certificate *certificateUse // of a client that proves by it who it is; else nil
}

// readCredentials reads the header (RFC 6749 section 2.3.1) or the body.
func readCredentials(r *request) credentials {
	c := credentials{method: authNone, clientID: r.Form.Get("client_id"), assertion: readAssertion(r.Form)}
	if c.assertion != nil {
		// client_id may be left out, as the assertion names the client (RFC
		// 7521 section 4.2).
		c.method, c.clientID = c.assertion.method(nil), cmp.Or(c.clientID, c.assertion.claims.Subject)
	}
	if secret := r.Form.Get("client_secret"); secret != "" {
		c.method, c.secret = authPost, secret
	}
	header := r.Header.Values("Authorization")
	if len(header) == 0 {
		return c
	}
	c.method, c.header = authBasic, true
	if len(header) > 1 {
		c.malformed = "sent twice"
		return c
	}
	c.clientID, c.secret, c.raw, c.malformed = readBasic(header[0])
	return c
}

// What is wrong with an Authorization header that a client is not made for.
const (
	noColon        = "without a colon"
	notFormEncoded = "not form-encoded inside"
	formEncoded    = ": there client_id and client_secret are form-encoded before they are joined (a + is %2B, a % is %25); or send both in " +
		"the body"
)

// basicHint is how a client that sent such a header gets in.
func (c *credentials) basicHint() string {
	switch c.malformed {
	case noColon:
		return ": Basic is client_id, a colon and client_secret; a public client sends client_id in the body and no such header"
	case notFormEncoded:
		return formEncoded
	case "":
		return ""
	}
	return "; it is Basic with client_id and client_secret, or send both in the body"
}

// readBasic decodes the header. Name and secret are form-encoded before they
// are joined, which many clients forget and RFC 6749 section 2.3.1 demands.
func readBasic(header string) (id, secret, rawSecret, malformed string) {
	scheme, encoded, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", "", "", "not of the scheme Basic"
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil {
		return "", "", "", "not base64"
	}
	rawID, rawSecret, found := strings.Cut(string(raw), ":")
	if !found {
		return "", "", "", noColon
	}
	id, err1 := url.QueryUnescape(rawID)
	secret, err2 := url.QueryUnescape(rawSecret)
	if err1 != nil || err2 != nil {
		return "", "", rawSecret, notFormEncoded
	}
	return id, secret, rawSecret, ""
}

// clientRows are the rules of client authentication (RFC 6749 section 2.3).
func clientRows() []rule.Row[clientRequest] {
	return slices.Concat([]rule.Row[clientRequest]{
		{
			ID: "client-authenticates-once", Rule: "the client authenticates in one way only",
			Spec: rule.RFC("6749", "2.3"), Error: "invalid_request",
			Check: checkOneMethod,
		},
		{
			ID: "authorization-header-basic", Rule: "an Authorization header is well-formed Basic",
			Spec: rule.RFC("6749", "2.3.1"), Error: "invalid_client",
			Check: func(in *clientRequest) rule.Finding {
				if !in.creds.header {
					return rule.Skip("no Authorization header is sent")
				}
				return rule.Verdict(in.creds.malformed == "", "Basic BASE64(client_id:client_secret)",
					cmp.Or(in.creds.malformed, "Basic"), "the Authorization header is "+in.creds.malformed+in.creds.basicHint())
			},
		},
	}, assertionShapeRows(), []rule.Row[clientRequest]{
		{
			ID: "client-known", Rule: "client_id belongs to a registered client",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_client",
			Check: checkRegistered,
		},
		{
			ID: "client-auth-method", Rule: "the client authenticates in the way it is registered for",
			Spec: rule.RFC("7591", "2"), Error: "invalid_client",
			Check: func(in *clientRequest) rule.Finding {
				want, got := in.client.TokenEndpointAuthMethod, in.creds.method
				if want == got || want == authEither && (got == authBasic || got == authPost) {
					return rule.Pass(want, got)
				}
				return rule.Fail(want, got,
					"client "+in.client.ClientID+" is registered for "+want+" but used "+got+methodHint(want, got))
			},
		},
		{
			ID: "client-secret-matches", Rule: "client_secret is the client's",
			Spec: rule.RFC("6749", "2.3.1"), Error: "invalid_client",
			When: func(in *clientRequest) bool { return !hasAssertion(in) && in.creds.certificate == nil },
			Check: func(in *clientRequest) rule.Finding {
				if in.client.Public() {
					return rule.Skip("client has no secret to prove")
				}
				ok := in.client.hasSecret(in.creds.secret)
				got := "another secret"
				if ok {
					got = "the registered secret"
				}
				hint := ""
				if raw := in.creds.raw; !ok && raw != in.creds.secret && in.client.hasSecret(raw) {
					hint = ", because it stands raw in the Authorization header" + formEncoded
				}
				return rule.Verdict(ok, "the registered secret", got, "client_secret is not the one registered for "+in.client.ClientID+hint)
			},
		},
	}, assertionRows(), certificateRows())
}

// hasSecret compares with each, so that the time tells of none.
func (c *Client) hasSecret(shown string) bool {
	ok := keys.Same(c.ClientSecret, shown)
	for _, further := range c.FurtherSecrets {
		ok = keys.Same(further, shown) || ok
	}
	return ok
}

func checkRegistered(in *clientRequest) rule.Finding {
	id := in.creds.clientID
	if in.client != nil {
		return rule.Pass("the client_id of a registered client", wire.Shown(id))
	}
	reason := "no client " + wire.Shown(id) + " is registered in realm " + in.t.name
	if id == "" {
		reason = "client_id is missing, and nothing else says who is asking"
	}
	return rule.Fail("the client_id of a registered client", cmp.Or(wire.Shown(id), "none"), reason)
}

func methodHint(want, got string) string {
	switch {
	case want == authNone && got == authBasic:
		return "; a public client sends client_id in the body and no Authorization header, not even one with an empty secret"
	case want == authNone:
		return "; a public client has no secret to send"
	case want == authSecretJWT, want == authPrivateKeyJWT:
		return "; it sends client_assertion"
	case want == authTLS, want == authSelfSigned:
		return "; it sends client_id in the body and a certificate in the TLS handshake, and nothing else"
	case got == authNone:
		return "; it sent no secret"
	case want == authBasic && got == authPost, want == authPost && got == authBasic:
		return "; without a method in its registration either way would do"
	}
	return ""
}

func checkOneMethod(in *clientRequest) rule.Finding {
	var used []string
	if in.creds.header {
		used = append(used, "Authorization header")
	}
	if in.params.Has("client_secret") {
		used = append(used, "client_secret in the body")
	}
	if in.params.Has("client_assertion") {
		used = append(used, "client_assertion")
	}
	bodyID := in.params.Get("client_id")
	if in.creds.header && in.creds.malformed == "" && bodyID != "" && bodyID != in.creds.clientID {
		return rule.Fail("one client", "two client_ids that differ", "the Authorization header and the body name different clients")
	}
	got := cmp.Or(strings.Join(used, " and "), "none")
	return rule.Verdict(len(used) <= 1, "at most one", got, "the client authenticates in more than one way: "+got)
}
