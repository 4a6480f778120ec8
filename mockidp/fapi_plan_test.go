//go:build !race

package mockidp_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// fapiRun is one run of one module of the certification suite's plan for the
// FAPI 2.0 Security Profile, in one of its four variants: a client proves who it
// is by a signed assertion or a certificate, and its tokens are bound to a DPoP
// key or to a certificate.
type fapiRun struct {
	*world
	byCertificate, boundToCertificate bool
	holder                            *holder
}

// The suite has two clients.
const (
	firstFAPI  = "fapi-first"
	secondFAPI = "fapi-second"
)

func newFAPIRun(t *testing.T, byCertificate, boundToCertificate bool) *fapiRun {
	t.Helper()
	realm, all := rulesRealm(), sharedIdentities()
	for id, name := range map[string]string{firstFAPI: "web.example", secondFAPI: "evil.example"} {
		c := mockidp.Client{
			ClientID: id, Profile: mockidp.ProfileFAPI2, RedirectURIs: []string{callback}, Scope: "openid profile email mail.read offline_access",
			GrantTypes: []string{"authorization_code", "refresh_token"}, TokenEndpointAuthMethod: "private_key_jwt",
			ClientSigning: mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}}},
		}
		if byCertificate {
			c.TokenEndpointAuthMethod, c.TLSClientAuthSANDNS = "tls_client_auth", name
		}
		c.DPoPBoundAccessTokens, c.TLSClientCertificateBoundAccessTokens = !boundToCertificate, boundToCertificate
		realm.Clients = append(realm.Clients, c)
	}
	c := newClock()
	p := newProvider(t, mockidp.Config{
		Now: c.Now, Realms: []mockidp.Realm{realm}, ClientCertificates: true, ClientCAs: all.pool(),
	})
	w := &world{newBrowser(t, p), c, p}
	return &fapiRun{w, byCertificate, boundToCertificate, newHolder(w)}
}

// method is how the client proves who it is.
func (f *fapiRun) method() string {
	if f.byCertificate {
		return "tls_client_auth"
	}
	return "private_key_jwt"
}

// sending is a request of a client to the provider itself, in the making.
type sending struct {
	form        url.Values
	assertion   *assertion // nil for a client with a certificate, or for none
	certificate *identity
	proof       []any // changes of the DPoP proof
	noProof     bool
}

// post sends a form of a client, as its variant wants it, changed; again where
// a nonce is asked for.
func (f *fapiRun) post(client, address string, form url.Values, change ...func(*sending)) reply {
	f.t.Helper()
	send := func(nonce ...any) reply {
		s := f.sending(client, form)
		for _, c := range change {
			c(s)
		}
		s.proof = append(nonce, s.proof...)
		return f.deliver(address, s)
	}
	res := send()
	if res.check != nil && res.check.ID == "dpop-nonce" {
		return send("nonce", res.Header.Get("DPoP-Nonce"))
	}
	return res
}

// sending is a good request.
func (f *fapiRun) sending(client string, form url.Values) *sending {
	s := &sending{form: maps.Clone(form), assertion: f.assertionOf(client), noProof: f.boundToCertificate}
	if f.byCertificate || f.boundToCertificate {
		s.certificate = map[string]*identity{firstFAPI: sharedIdentities().web, secondFAPI: sharedIdentities().other}[client]
	}
	if f.byCertificate {
		s.assertion = nil
		s.form.Set("client_id", client)
	}
	return s
}

func (f *fapiRun) deliver(address string, s *sending) reply {
	f.t.Helper()
	if s.assertion != nil {
		id := s.form.Get("client_id")
		s.form = changed(asserting(s.form, s.assertion.sign(f.t)), "client_id", id)
	}
	var headers []string
	if !s.noProof {
		headers = []string{"DPoP", f.holder.proof(http.MethodPost, address, s.proof...)}
	}
	return f.presenting(s.certificate, http.MethodPost, address, s.form.Encode(), headers...)
}

// pushed pushes a request and returns its request_uri.
func (f *fapiRun) pushed(client string, change ...string) string {
	f.t.Helper()
	return f.uriOf(f.post(client, pushURL, with(append([]string{"client_id", ""}, change...)...)))
}

func (f *fapiRun) uriOf(res reply) string {
	f.t.Helper()
	var got struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || res.StatusCode != http.StatusCreated {
		f.t.Fatalf("not pushed: %d %s", res.StatusCode, res.body)
	}
	return got.URI
}

// answerTo opens a request_uri and goes through the pages.
func (f *fapiRun) answerTo(client, uri, decision string) url.Values {
	f.t.Helper()
	res := f.openPushed(uri, "client_id", client)
	if strings.Contains(res.body, `name="password"`) {
		res = f.signIn(res, "jane")
	}
	if res.StatusCode == http.StatusOK {
		res = f.submit(res, "decision", decision)
	}
	if got := res.Header.Get("Location"); !strings.HasPrefix(got, callback+"?") {
		f.t.Fatalf("%d to %q %+v", res.StatusCode, got, res.check)
	}
	return res.location().Query()
}

// code walks to a code of the first client.
func (f *fapiRun) codeFor(change ...string) string {
	f.t.Helper()
	q := f.answerTo(firstFAPI, f.pushed(firstFAPI, change...), "approve")
	if q.Get("code") == "" || q.Get("iss") != realmURL {
		f.t.Fatalf("no code, or no issuer: %v", q)
	}
	return q.Get("code")
}

func (f *fapiRun) redeem(code string, change ...func(*sending)) reply {
	f.t.Helper()
	return f.post(firstFAPI, tokenURL, redeeming(code, "client_id", ""), change...)
}

// login walks the first client to tokens, and to UserInfo with them.
func (f *fapiRun) login(change ...string) (set tokenSet, info map[string]any) {
	f.t.Helper()
	set = tokensIn(f.t, f.redeem(f.codeFor(change...)))
	scheme := "DPoP"
	if f.boundToCertificate {
		scheme = "Bearer"
	}
	res := f.use(set.Access, scheme)
	if res.StatusCode != http.StatusOK {
		f.t.Fatalf("UserInfo: %d %s", res.StatusCode, res.body)
	}
	return set, said(f.t, res.body)
}

// use shows a token with what it is bound to.
func (f *fapiRun) use(token, scheme string) reply {
	f.t.Helper()
	headers := []string{"Authorization", scheme + " " + token}
	if f.boundToCertificate {
		return f.presenting(sharedIdentities().web, http.MethodGet, userInfoURL, "", headers...)
	}
	proof := func(nonce string) reply {
		change := []any{"ath", hashOf(token)}
		if nonce != "" {
			change = append(change, "nonce", nonce)
		}
		made := f.holder.proof(http.MethodGet, userInfoURL, change...)
		return f.presenting(nil, http.MethodGet, userInfoURL, "", append(headers, "DPoP", made)...)
	}
	res := proof("")
	if nonce := res.Header.Get("DPoP-Nonce"); res.StatusCode == http.StatusUnauthorized && nonce != "" {
		return proof(nonce)
	}
	return res
}

// refused asserts that the token endpoint or the PAR endpoint refuses a request
// by one of these rules, and with one of these codes.
func (f *fapiRun) refused(res reply, rule string, codes ...string) {
	f.t.Helper()
	got, _ := said(f.t, res.body)["error"].(string)
	ok := false
	for _, code := range codes {
		ok = ok || got == code
	}
	if res.StatusCode/100 != 4 || res.check == nil || res.check.ID != rule || !ok {
		f.t.Errorf("%d %s by %+v, want %v by %s", res.StatusCode, res.body, res.check, codes, rule)
	}
}

// fapiModule is one module; it is left out for the variants that it does not
// apply to.
type fapiModule struct {
	name string
	skip func(byCertificate, boundToCertificate bool) bool
	run  func(*fapiRun)
}

func onlyAssertions(byCertificate, _ bool) bool { return byCertificate }
func onlyDPoP(_, boundToCertificate bool) bool  { return boundToCertificate }
