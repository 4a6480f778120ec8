package mockidp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// identity is a certificate with its private key, and the certificate of the
// CA that signed it where one did.
type identity struct {
	tls.Certificate
	chain []*x509.Certificate
}

func (i *identity) leaf() *x509.Certificate { return i.chain[0] }

func (i *identity) thumbprint() string {
	sum := sha256.Sum256(i.leaf().Raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func newIdentity(tb testing.TB, template *x509.Certificate, ca *identity) *identity {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	if template.NotAfter.IsZero() { // good at the test's clock and at the real one
		template.NotBefore, template.NotAfter = time.Unix(1e9, 0), time.Unix(4e9, 0)
	}
	parent, signer := template, any(key)
	if ca != nil {
		parent, signer = ca.leaf(), ca.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		tb.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	i := &identity{Certificate: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, chain: []*x509.Certificate{leaf}}
	if ca != nil && ca.leaf().Issuer.String() != ca.leaf().Subject.String() {
		i.chain = append(i.chain, ca.chain...)
		i.Certificate.Certificate = append(i.Certificate.Certificate, ca.Certificate.Certificate...)
	}
	return i
}

// identities are everybody's certificates.
type identities struct {
	ca, between                                                  *identity
	web, behind, other, server, expired, self, stranger, forgery *identity
}

func (all *identities) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(all.ca.leaf())
	return pool
}

//nolint:gochecknoglobals // made once, never changed
var sharedIdentities = sync.OnceValue(func() *identities {
	tb := panicking{}
	client := []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	authority := func(name string, by *identity) *identity {
		return newIdentity(tb, &x509.Certificate{
			Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		}, by)
	}
	web := pkix.Name{CommonName: "web, client", Organization: []string{"Example  Org"}, Country: []string{"NL"}}
	all := &identities{ca: authority("test CA", nil)}
	all.between = authority("CA in between", all.ca)
	leaf := func(name pkix.Name, by *identity, usage []x509.ExtKeyUsage, dns ...string) *identity {
		return newIdentity(tb, &x509.Certificate{Subject: name, ExtKeyUsage: usage, DNSNames: dns}, by)
	}
	all.web = leaf(web, all.ca, client, "web.example", "WWW.web.example")
	all.behind = leaf(web, all.between, client)
	all.other = leaf(pkix.Name{CommonName: "somebody else"}, all.ca, client, "evil.example")
	all.server = leaf(web, all.ca, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth})
	all.expired = newIdentity(tb, &x509.Certificate{
		Subject: web, ExtKeyUsage: client, NotBefore: time.Unix(1e9, 0), NotAfter: time.Unix(1.1e9, 0),
	}, all.ca)
	all.self, all.stranger = leaf(web, nil, client), leaf(web, nil, client)
	all.forgery = leaf(web, authority("test CA", nil), client) // a CA of the same name
	return all
})

// panicking is a testing.TB for what is made once for all tests.
type panicking struct{ testing.TB }

func (panicking) Helper()           {}
func (panicking) Fatal(args ...any) { panic(args) }

// certificateRealm has clients with certificates.
func certificateRealm() mockidp.Realm {
	all, r := sharedIdentities(), rulesRealm()
	self := all.self.leaf()
	grants, back := []string{"client_credentials", "authorization_code", deviceGrant}, []string{callback}
	r.Clients = append(r.Clients, mockidp.Client{
		ClientID: "tls-client", TokenEndpointAuthMethod: "tls_client_auth", GrantTypes: grants, RedirectURIs: back,
		ClientTLS: mockidp.ClientTLS{TLSClientAuthSubjectDN: `CN=Web\, Client, O = example org,C=nl`}, Scope: "read:invoices",
	}, mockidp.Client{
		ClientID: "tls-dns-client", TokenEndpointAuthMethod: "tls_client_auth", GrantTypes: grants, RedirectURIs: back,
		ClientTLS: mockidp.ClientTLS{TLSClientAuthSANDNS: "www.WEB.example"}, Scope: "read:invoices",
	}, mockidp.Client{
		ClientID: "self-signed-client", TokenEndpointAuthMethod: "self_signed_tls_client_auth", GrantTypes: grants, RedirectURIs: back,
		ClientSigning: mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{
			Key:          self.PublicKey,
			Certificates: []*x509.Certificate{self},
		}}}}, Scope: "read:invoices",
	}, mockidp.Client{
		ClientID: "bound-app", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code", "refresh_token"},
		ClientTLS: mockidp.ClientTLS{TLSClientCertificateBoundAccessTokens: true},
	})
	return r
}

func newCertificateWorld(tb testing.TB) *world {
	tb.Helper()
	c := newClock()
	p := newProvider(tb, mockidp.Config{
		Now: c.Now, Hosts: []string{"idp.example"}, Realms: []mockidp.Realm{certificateRealm()},
		ClientCertificates: true, ClientCAs: sharedIdentities().pool(),
	})
	return &world{newBrowser(tb, p), c, p}
}

// presenting sends a request over a TLS connection with a certificate.
func (w *world) presenting(i *identity, method, address, body string, headers ...string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	r.TLS = &tls.ConnectionState{HandshakeComplete: true}
	if i != nil {
		r.TLS.PeerCertificates = i.chain
	}
	return w.do(r)
}

// service asks for a token of its own with a certificate.
func (w *world) certified(client string, i *identity, change ...string) reply {
	w.t.Helper()
	form := changed(url.Values{"grant_type": {"client_credentials"}, "client_id": {client}}, change...)
	return w.presenting(i, http.MethodPost, tokenURL, form.Encode())
}

// bound walks to tokens that are bound to a certificate.
func (w *world) bound(i *identity) tokenSet {
	w.t.Helper()
	code := w.code("client_id", "bound-app", "scope", "openid")
	return tokensIn(w.t, w.presenting(i, http.MethodPost, tokenURL, redeeming(code, "client_id", "bound-app").Encode()))
}

func (w *world) renewBound(refresh string, i *identity) reply {
	w.t.Helper()
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {"bound-app"}, "refresh_token": {refresh}}
	return w.presenting(i, http.MethodPost, tokenURL, form.Encode())
}

func (w *world) useBound(token string, i *identity) reply {
	w.t.Helper()
	return w.presenting(i, http.MethodGet, userInfoURL, "", "Authorization", "Bearer "+token)
}

func certificateCases() []ruleCase {
	c := func(endpoint, rule, sentence string, kind kind, status int, send func(*world, *identities) reply) ruleCase {
		return ruleCase{endpoint, rule, sentence, kind, status, func(w *world) reply {
			return send(newCertificateWorld(w.t), sharedIdentities())
		}}
	}
	cases := []ruleCase{
		c("token", "certificate-sent", "a client whose tokens are bound has no certificate", jsonError, 400, func(w *world, _ *identities) reply {
			return w.post(tokenURL, redeeming(w.code("client_id", "bound-app"), "client_id", "bound-app").Encode())
		}),
		c("token refresh_token", "refresh-token-certificate", "another certificate", jsonError, 400, func(w *world, all *identities) reply {
			return w.renewBound(w.bound(all.self).Refresh, all.stranger)
		}),
		c("userinfo", "token-certificate", "another certificate", challenged, 401, func(w *world, all *identities) reply {
			return w.useBound(w.bound(all.self).Access, all.stranger)
		}),
		c("userinfo", "token-certificate", "no certificate", challenged, 401, func(w *world, all *identities) reply {
			return w.useBound(w.bound(all.self).Access, nil)
		}),
	}
	for endpoint, address := range certificateEndpoints() {
		status := http.StatusBadRequest
		if endpoint == "introspection" {
			status = http.StatusUnauthorized
		}
		at := func(rule, sentence, client string, who func(*identities) *identity) {
			cases = append(cases, c(endpoint, rule, sentence, jsonError, status, func(w *world, all *identities) reply {
				form := url.Values{"grant_type": {"client_credentials"}, "token": {"x"}, "client_id": {client}}
				return w.presenting(who(all), http.MethodPost, address, form.Encode())
			}))
		}
		at("client-auth-method", "no certificate", "tls-client", func(*identities) *identity { return nil })
		at("client-certificate-trusted", "a self-signed one", "tls-client", func(all *identities) *identity { return all.self })
		at("client-certificate-trusted", "of a CA with the same name", "tls-client", func(all *identities) *identity { return all.forgery })
		at("client-certificate-trusted", "one for servers", "tls-client", func(all *identities) *identity { return all.server })
		at("client-certificate-trusted", "one that expired", "tls-client", func(all *identities) *identity { return all.expired })
		at("client-certificate-subject", "of somebody else", "tls-client", func(all *identities) *identity { return all.other })
		at("client-certificate-subject", "for another DNS name", "tls-dns-client", func(all *identities) *identity { return all.other })
		at("client-certificate-registered", "another with the same name", "self-signed-client",
			func(all *identities) *identity { return all.stranger })
		at("client-certificate-registered", "one that a CA vouches for", "self-signed-client", func(all *identities) *identity { return all.web })
	}
	return cases
}

// certificateEndpoints are those at which clients prove who they are.
func certificateEndpoints() map[string]string {
	return map[string]string{
		"token": tokenURL, "revocation": revokeURL, "introspection": introspectURL, "device-authorization": deviceURL,
		"pushed-authorization": pushURL,
	}
}

func certificateKept() []keptCase {
	c := func(endpoint, sentence string, send func(*world, *identities) reply) keptCase {
		return keptCase{endpoint, sentence, func(w *world) reply { return send(newCertificateWorld(w.t), sharedIdentities()) }}
	}
	kept := []keptCase{
		c("token client_credentials", "a client by the name in its certificate", func(w *world, all *identities) reply {
			return w.certified("tls-client", all.web)
		}),
		c("token client_credentials", "with a CA in between", func(w *world, all *identities) reply {
			return w.certified("tls-client", all.behind)
		}),
		c("token client_credentials", "a client by a DNS name", func(w *world, all *identities) reply {
			return w.certified("tls-dns-client", all.web)
		}),
		c("token client_credentials", "a client by a certificate of its own", func(w *world, all *identities) reply {
			return w.certified("self-signed-client", all.self)
		}),
		c("token refresh_token", "a public client with its certificate", func(w *world, all *identities) reply {
			return w.renewBound(w.bound(all.self).Refresh, all.self)
		}),
		c("token authorization_code", "a public client with a certificate", func(w *world, all *identities) reply {
			code := w.code("client_id", "bound-app")
			return w.presenting(all.self, http.MethodPost, tokenURL, redeeming(code, "client_id", "bound-app").Encode())
		}),
		c("userinfo", "a token with its certificate", func(w *world, all *identities) reply {
			return w.useBound(w.bound(all.self).Access, all.self)
		}),
	}
	for endpoint, address := range certificateEndpoints() {
		for client, who := range map[string]*identity{"tls-client": sharedIdentities().web, "self-signed-client": sharedIdentities().self} {
			if endpoint != "token" {
				kept = append(kept, c(endpoint, client, func(w *world, _ *identities) reply {
					form := with("token", accessTokenOf(w.t, w.certified(client, who)), "client_id", client, "scope", "read:invoices")
					return w.presenting(who, http.MethodPost, address, form.Encode())
				}))
			}
		}
	}
	return kept
}

// Everything once over real TLS: Go's own client, with a certificate.
func TestACertificateGoesThroughTheWholeFlowOverTLS(t *testing.T) {
	all := sharedIdentities()
	p, plain := mockidp.StartTLS(t, mockidp.Config{
		Keys: keys(t), Realms: []mockidp.Realm{certificateRealm()}, ClientCAs: all.pool(),
	})
	base, _ := plain.Transport.(*http.Transport)
	as := func(i *identity) *http.Client {
		transport := base.Clone()
		transport.TLSClientConfig.Certificates = []tls.Certificate{i.Certificate}
		t.Cleanup(transport.CloseIdleConnections)
		return &http.Client{Transport: transport}
	}
	endpoint := p.Issuer("demo") + "/protocol/openid-connect/"
	ask := func(c *http.Client, to string, form url.Values) (int, map[string]any) {
		t.Helper()
		res, err := c.PostForm(endpoint+to, form)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, _ := io.ReadAll(res.Body)
		var said map[string]any
		if err := json.Unmarshal(body, &said); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		return res.StatusCode, said
	}
	for client, i := range map[string]*identity{"tls-client": all.behind, "self-signed-client": all.self} {
		form := url.Values{"grant_type": {"client_credentials"}, "client_id": {client}}
		if status, said := ask(as(i), "token", form); status != http.StatusOK || said["token_type"] != "Bearer" {
			t.Errorf("%s: %d %v", client, status, said)
		}
		if status, said := ask(plain, "token", form); status != http.StatusBadRequest || said["error"] != "invalid_client" {
			t.Errorf("%s without certificate: %d %v", client, status, said)
		}
		if status, said := ask(as(all.stranger), "token", form); status != http.StatusBadRequest || said["error"] != "invalid_client" {
			t.Errorf("%s with another certificate: %d %v", client, status, said)
		}
	}
}

func TestBoundTokensNameTheCertificate(t *testing.T) {
	w, all := newCertificateWorld(t), sharedIdentities()
	set := w.bound(all.self)
	want := map[string]any{"x5t#S256": all.self.thumbprint()}
	if cnf, _ := claimsOf(t, set.Access)["cnf"].(map[string]any); len(cnf) != 1 || cnf["x5t#S256"] != want["x5t#S256"] {
		t.Errorf("cnf is %v, want %v", cnf, want)
	}
	if said := w.introspect(set.Access).body; !strings.Contains(said, `"cnf":{"x5t#S256":"`+all.self.thumbprint()+`"}`) ||
		!strings.Contains(said, `"token_type":"Bearer"`) {
		t.Error(said)
	}
	next := tokensIn(t, w.renewBound(set.Refresh, all.self))
	if res := w.useBound(next.Access, all.self); res.StatusCode != http.StatusOK {
		t.Error(res.body)
	}
	// Both at once: key and certificate are demanded together.
	h := newHolder(w)
	code := w.code("client_id", "bound-app", "scope", "openid")
	both := tokensIn(t, w.presenting(all.self, http.MethodPost, tokenURL, redeeming(code, "client_id", "bound-app").Encode(), "DPoP",
		h.proof(http.MethodPost, tokenURL)))
	use := func(i *identity) reply {
		return w.presenting(i, http.MethodGet, userInfoURL, "", "Authorization", "DPoP "+both.Access, "DPoP",
			h.proof(http.MethodGet, userInfoURL, "ath", hashOf(both.Access)))
	}
	if good, bad := use(all.self), use(nil); good.StatusCode != http.StatusOK || bad.check == nil || bad.check.ID != "token-certificate" {
		t.Errorf("%d, %+v", good.StatusCode, bad.check)
	}
}

func TestCertificatesCanBeRegisteredByAddress(t *testing.T) {
	all := sharedIdentities()
	var set jose.JSONWebKeySet
	keysAt := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(out).Encode(set) }))
	defer keysAt.Close()
	realm := certificateRealm()
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "fetched-client", TokenEndpointAuthMethod: "self_signed_tls_client_auth", GrantTypes: []string{"client_credentials"},
		ClientSigning: mockidp.ClientSigning{JWKSURI: keysAt.URL}, Scope: "read:invoices",
	})
	c := newClock()
	p := newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}, ClientCertificates: true, ClientCAs: all.pool()})
	defer func() { _ = p.Close() }()
	w := &world{newBrowser(t, p), c, p}
	set.Keys = []jose.JSONWebKey{{Key: all.self.leaf().PublicKey}}
	if res := w.certified("fetched-client", all.self); res.check == nil || !strings.Contains(res.check.Reason, "no certificate (x5c)") {
		t.Errorf("a key without certificate does: %d %+v", res.StatusCode, res.check)
	}
	w.clock.Advance(time.Hour)
	set.Keys[0].Certificates = []*x509.Certificate{all.self.leaf()}
	if res := w.certified("fetched-client", all.self); res.StatusCode != http.StatusOK {
		t.Error(res.body)
	}
}

func TestMetadataPromisesCertificatesOnlyWhereTheyAreAskedFor(t *testing.T) {
	type document struct {
		Bound   bool              `json:"tls_client_certificate_bound_access_tokens"`
		Aliases map[string]string `json:"mtls_endpoint_aliases"`
		Methods []string          `json:"token_endpoint_auth_methods_supported"`
	}
	read := func(cfg mockidp.Config) (doc document) {
		b := newBrowser(t, newProvider(t, cfg))
		if err := json.Unmarshal([]byte(b.get(realmURL+"/.well-known/openid-configuration").body), &doc); err != nil {
			t.Fatal(err)
		}
		return doc
	}
	off, on := read(mockidp.Config{}), read(mockidp.Config{ClientCertificates: true})
	both := read(mockidp.Config{ClientCertificates: true, ClientCAs: sharedIdentities().pool()})
	if off.Bound || off.Aliases != nil || slices.Contains(off.Methods, "self_signed_tls_client_auth") {
		t.Errorf("%+v", off)
	}
	if !on.Bound || on.Aliases["token_endpoint"] != tokenURL || !slices.Contains(on.Methods, "self_signed_tls_client_auth") ||
		slices.Contains(on.Methods, "tls_client_auth") {
		t.Errorf("%+v", on)
	}
	if !slices.Contains(both.Methods, "tls_client_auth") {
		t.Errorf("%+v", both)
	}
}

// A certificate in the request counts for nothing where nobody asked for one:
// whoever set it there is not the server that the config knows of.
func TestCertificatesAreNotBelievedUnlessTheConfigSaysSo(t *testing.T) {
	c := newClock()
	p := newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{rulesRealm()}})
	w := &world{newBrowser(t, p), c, p}
	code := w.code("client_id", "app-client", "scope", "openid")
	set := tokensIn(t, w.presenting(sharedIdentities().self, http.MethodPost, tokenURL, redeeming(code, "client_id", "app-client").Encode()))
	if claims := claimsOf(t, set.Access); claims["cnf"] != nil {
		t.Errorf("%v", claims)
	}
}

func TestWrongCertificateSettingsAreRefused(t *testing.T) {
	pool := sharedIdentities().pool()
	on := mockidp.Config{ClientCertificates: true, ClientCAs: pool}
	for sentence, c := range map[string]struct {
		cfg    mockidp.Config
		change func(*mockidp.Client)
		want   string
	}{
		"no TLS":          {mockidp.Config{BaseURL: "http://127.0.0.1:1", ClientCertificates: true}, nil, "must be https"},
		"CAs for nothing": {mockidp.Config{ClientCAs: pool}, nil, "ClientCAs"},
		"nobody asks": {
			mockidp.Config{},
			func(c *mockidp.Client) { c.TLSClientCertificateBoundAccessTokens = true },
			"Config.ClientCertificates",
		},
		"no CA": {
			mockidp.Config{ClientCertificates: true},
			func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "tls_client_auth" },
			"Config.ClientCAs",
		},
		"no name": {on, func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "tls_client_auth" }, "exactly one"},
		"two names": {on, func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.TLSClientAuthSANDNS, c.TLSClientAuthSubjectDN = "tls_client_auth", "a", "CN=a"
		}, "exactly one"},
		"a name for nothing": {on, func(c *mockidp.Client) { c.TLSClientAuthSANDNS = "a" }, "means nothing"},
		"a name that is none": {on, func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.TLSClientAuthSubjectDN = "tls_client_auth", "web"
		}, "RFC 4514"},
		"an unknown type": {on, func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.TLSClientAuthSubjectDN = "tls_client_auth", "FOO=web"
		}, "object identifier"},
		"a backslash at its end": {on, func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.TLSClientAuthSubjectDN = "tls_client_auth", `CN=web\`
		}, "RFC 4514"},
		"no certificate": {on, func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "self_signed_tls_client_auth" }, "x5c"},
	} {
		realm := mockidp.StoryRealm()
		if c.change != nil {
			c.change(&realm.Clients[0])
		}
		c.cfg.Realms = []mockidp.Realm{realm}
		if c.cfg.BaseURL == "" {
			c.cfg.BaseURL = "https://idp.example"
		}
		if _, err := mockidp.New(c.cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
}

// A browser presents its certificate whichever page asks, so no page may read
// what came of it by the way that lets browsers send credentials.
func TestPagesMayNotReadWhatACertificateGave(t *testing.T) {
	w, ids := newCertificateWorld(t), sharedIdentities()
	for _, c := range []struct {
		with *identity
		want string
	}{{nil, "true"}, {ids.web, ""}} {
		res := w.presenting(c.with, http.MethodPost, tokenURL, "client_id=x", "Origin", "http://localhost:3000")
		if got := res.Header.Get("Access-Control-Allow-Credentials"); got != c.want || res.Header.Get("Access-Control-Allow-Origin") == "" {
			t.Errorf("certificate %t: %q", c.with != nil, got)
		}
	}
}
