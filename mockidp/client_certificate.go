package mockidp

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// A client with a TLS certificate can prove by it who it is, and have its
// tokens bound to it (RFC 8705). The server in front has seen that the client
// holds the private key; everything else is decided here.

// authMethods lists what clients of this provider can use: certificates only
// where the server asks for them, and for those of a CA only with a CA.
func (a *authenticator) authMethods() []string {
	methods := authMethods()
	if a.certificates {
		methods = slices.Insert(methods, len(methods)-1, authSelfSigned)
		if a.cas != nil {
			methods = slices.Insert(methods, len(methods)-1, authTLS)
		}
	}
	return methods
}

// clientCertificate returns it where the config says that it can be believed
// to be the client's.
func (a *authenticator) clientCertificate(r *request) *x509.Certificate {
	if !a.certificates {
		return nil
	}
	return r.Certificate()
}

// certificateUse is a client that is registered to prove by a certificate who
// it is, and what was found of the one it presented.
type certificateUse struct {
	leaf       *x509.Certificate
	untrusted  string // why no CA vouches for it; empty when one does
	registered string // why it is none of the client's; empty when it is
}

// proveCertificate looks at the certificate of a client that has one to show.
// Without it, the client used no method at all.
func (in *clientRequest) proveCertificate() {
	leaf := in.p.clientCertificate(in.r)
	if leaf == nil || in.client == nil || !in.client.usesCertificate() || in.creds.method != authNone {
		return
	}
	in.creds.method = in.client.TokenEndpointAuthMethod
	use := &certificateUse{leaf: leaf}
	if in.client.TokenEndpointAuthMethod == authTLS {
		use.untrusted = in.p.untrusted(in.r)
	} else {
		use.registered = in.p.unregistered(in.r.Context(), in.client, leaf)
	}
	in.creds.certificate = use
}

func (c *Client) usesCertificate() bool {
	return c.TokenEndpointAuthMethod == authTLS || c.TokenEndpointAuthMethod == authSelfSigned
}

// untrusted says why the chain of the certificate leads to none of the CAs, or
// "".
func (a *authenticator) untrusted(r *request) string {
	chain := r.TLS.PeerCertificates
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{
		Roots: a.cas, Intermediates: between, CurrentTime: r.Now,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return wire.Printable(err.Error(), 200)
	}
	return ""
}

// unregistered says why the certificate is none of those that the client is
// registered with (RFC 8705 section 2.2.2), or "". Like signatures, it is
// looked for twice where the keys are fetched: the client may have new ones.
func (a *authenticator) unregistered(ctx context.Context, c *Client, leaf *x509.Certificate) string {
	if c.JWKSURI == "" {
		return keys.Missing(keys.OrNone(c.JWKS).Keys, leaf, "client "+c.ClientID)
	}
	wrong := ""
	for _, age := range keys.Ages() {
		fetched := a.fetched.Keys(ctx, c.JWKSURI, a.now(), age)
		if fetched.Wrong != "" {
			return fetched.Wrong
		}
		if wrong = keys.Missing(fetched.Set.Keys, leaf, "client "+c.ClientID); wrong == "" {
			break
		}
	}
	return wrong
}

// checkCertificates keeps the provider from promising what plain HTTP cannot.
func checkCertificates(cfg *Config) error {
	switch {
	case cfg.ClientCertificates && !strings.HasPrefix(cfg.BaseURL, "https://"):
		return within(ConfigError{}, wrong("base_url", "%q must be https where clients are asked for certificates, see %s", cfg.BaseURL,
			settingClientCertificates))
	case cfg.ClientCAs != nil && !cfg.ClientCertificates:
		return errors.New("config: ClientCAs: there are no certificates to vouch for without ClientCertificates")
	}
	return nil
}

// checkCertificateMethod holds a client to what its certificate is used for.
func checkCertificateMethod(c *Client, auth *authenticator) error {
	method, who := c.TokenEndpointAuthMethod, c.TLSClientAuthSubjectDN != "" || c.TLSClientAuthSANDNS != ""
	switch {
	case c.TLSClientCertificateBoundAccessTokens && !auth.certificates:
		return wrong("tls_client_certificate_bound_access_tokens", "needs a server that asks clients for certificates: use %s",
			settingClientCertificates)
	case who && method != authTLS:
		key := "tls_client_auth_subject_dn"
		if c.TLSClientAuthSubjectDN == "" {
			key = "tls_client_auth_san_dns"
		}
		return wrong(key, "means nothing with token_endpoint_auth_method %s; leave it out, or use %s", cmp.Or(method, "left out"), authTLS)
	case method == authTLS && (c.TLSClientAuthSubjectDN == "") == (c.TLSClientAuthSANDNS == ""):
		return wrong("token_endpoint_auth_method", "tls_client_auth needs exactly one of tls_client_auth_subject_dn and "+
			"tls_client_auth_san_dns (RFC 8705 section 2.1.2)")
	case method == authSelfSigned && c.JWKSURI == "" && !hasCertificate(c):
		return wrong("token_endpoint_auth_method", "self_signed_tls_client_auth needs jwks_uri, or jwks with a certificate in x5c (RFC 8705 "+
			"section 2.2.2)")
	}
	if _, err := keys.ReadName(c.TLSClientAuthSubjectDN); err != nil && c.TLSClientAuthSubjectDN != "" {
		return wrong("tls_client_auth_subject_dn", "%q is no distinguished name such as CN=app,O=Example (RFC 4514): %w",
			c.TLSClientAuthSubjectDN, err)
	}
	return nil
}

func hasCertificate(c *Client) bool {
	for _, k := range keys.OrNone(c.JWKS).Keys {
		if len(k.Certificates) > 0 {
			return true
		}
	}
	return false
}

// certificateRows are the rules of clients that prove by a certificate who
// they are.
func certificateRows() []rule.Row[clientRequest] {
	method := func(name string) func(*clientRequest) bool {
		return func(in *clientRequest) bool {
			return in.creds.certificate != nil && in.client.TokenEndpointAuthMethod == name
		}
	}
	return []rule.Row[clientRequest]{
		{
			ID: "client-certificate-trusted", Rule: "a CA that is trusted here vouches for the client's certificate",
			Spec: rule.RFC("8705", "2.1"), Error: "invalid_client", When: method(authTLS),
			Check: func(in *clientRequest) rule.Finding {
				wrong := in.creds.certificate.untrusted
				return rule.Verdict(wrong == "", "a chain to one of Config.ClientCAs", cmp.Or(wrong, "such a chain"),
					"the client's certificate is not trusted: "+wrong)
			},
		},
		{
			ID: "client-certificate-subject", Rule: "the certificate is of the client",
			Spec: rule.RFC("8705", "2.1.2"), Error: "invalid_client", When: method(authTLS),
			Check: checkCertificateSubject,
		},
		{
			ID: "client-certificate-registered", Rule: "the certificate is one that the client is registered with",
			Spec: rule.RFC("8705", "2.2"), Error: "invalid_client", When: method(authSelfSigned),
			Check: func(in *clientRequest) rule.Finding {
				wrong := in.creds.certificate.registered
				return rule.Verdict(wrong == "", "a certificate in x5c of the client's keys", cmp.Or(wrong, "such a certificate"),
					"the certificate is not the client's: "+wrong)
			},
		},
	}
}

func checkCertificateSubject(in *clientRequest) rule.Finding {
	leaf := in.creds.certificate.leaf
	if want := in.client.TLSClientAuthSANDNS; want != "" {
		names := strings.Join(leaf.DNSNames, " and ")
		found := slices.ContainsFunc(leaf.DNSNames, func(name string) bool { return strings.EqualFold(name, want) })
		return rule.Verdict(found, "the DNS name "+want, cmp.Or(wire.Shown(names), "no DNS name"),
			"the certificate is for "+cmp.Or(wire.Shown(names), "no DNS name")+"; client "+in.client.ClientID+" is registered with "+want)
	}
	want, _ := keys.ReadName(in.client.TLSClientAuthSubjectDN) // read once before, by the config
	got := wire.Shown(leaf.Subject.String())
	return rule.Verdict(slices.Equal(want, keys.NameOf(leaf.RawSubject)), in.client.TLSClientAuthSubjectDN, cmp.Or(got, "no name"),
		"the certificate is of "+cmp.Or(got, "nobody")+"; client "+in.client.ClientID+" is registered with "+in.client.TLSClientAuthSubjectDN)
}
