package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// fapiPortal is a client that meets the FAPI 2.0 Security Profile.
func fapiPortal() mockidp.Client {
	return mockidp.Client{
		ClientID: "fapi-portal", Profile: "fapi2", RedirectURIs: []string{callback}, Scope: "openid mail.read",
		GrantTypes:              []string{"authorization_code", "refresh_token"},
		TokenEndpointAuthMethod: "private_key_jwt",
		ClientSigning:           mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}}},
		DPoPBoundAccessTokens:   true,
	}
}

// asFAPI sends a request of the portal, with a new assertion and a new proof.
func (h *holder) asFAPI(address string, form url.Values, change ...any) reply {
	h.tb.Helper()
	send := func(change ...any) reply {
		signed := asserting(form, h.w.assertionOf("fapi-portal").sign(h.tb))
		return h.w.post(address, signed.Encode(), "DPoP", h.proof(http.MethodPost, address, change...))
	}
	nonce := send().Header.Get("DPoP-Nonce")
	return send(append([]any{"nonce", nonce}, change...)...)
}

// fapiCode walks to a code.
func (h *holder) fapiCode() string {
	h.tb.Helper()
	res := h.asFAPI(pushURL, with("client_id", ""))
	var got struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.URI == "" {
		h.tb.Fatalf("not pushed: %d %s", res.StatusCode, res.body)
	}
	page := h.w.openPushed(got.URI, "client_id", "fapi-portal")
	q := h.w.submit(h.w.signIn(page, "jane"), "decision", "approve").location().Query()
	if q.Get("code") == "" || q.Get("iss") != realmURL {
		h.tb.Fatalf("no code, or no issuer: %v", q)
	}
	return q.Get("code")
}

func TestAFAPIClientWalksFromThePushToTheRefresh(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	res := h.asFAPI(tokenURL, redeeming(h.fapiCode(), "client_id", ""))
	got := tokensIn(t, res)
	if !strings.Contains(res.body, `"token_type":"DPoP"`) {
		t.Errorf("not bound: %s", res.body)
	}
	for _, token := range []string{got.Access, got.ID} {
		header := string(decoded(t, strings.Split(token, ".")[0]))
		if !strings.Contains(header, `"alg":"ES256"`) {
			t.Errorf("signed with %s", header)
		}
	}
	// The refresh token stays, however often it is used, so a lost answer
	// loses nothing.
	for range 3 {
		w.clock.Advance(time.Minute)
		again := h.asFAPI(tokenURL, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}})
		if again.StatusCode != http.StatusOK || strings.Contains(again.body, `"refresh_token"`) {
			t.Fatalf("%d %s", again.StatusCode, again.body)
		}
	}
}

func TestAFAPIClientIsHeldToMore(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	if res := w.authorize("client_id", "fapi-portal"); res.check == nil || res.check.ID != "request-pushed" {
		t.Errorf("parameters in the browser: %+v", res.check)
	}
	for rule, change := range map[string][]string{
		"redirect-uri-present":  {"redirect_uri", "", "scope", "mail.read"},
		"code-challenge-method": {"code_challenge_method", "plain"},
		"response-type-allowed": {"response_type", "code id_token"},
	} {
		res := h.asFAPI(pushURL, with(append(change, "client_id", "")...))
		if res.check == nil || res.check.ID != rule {
			t.Errorf("%s: %d %+v", rule, res.StatusCode, res.check)
		}
	}
	if res := w.post(pushURL, with("client_id", "fapi-portal").Encode()); res.check == nil || res.check.ID != "client-auth-method" {
		t.Errorf("pushed by nobody: %+v", res.check)
	}
	if res := w.post(tokenURL, asserting(redeeming(h.fapiCode()), w.assertionOf("fapi-portal").sign(t)).Encode()); res.check == nil ||
		res.check.ID != "dpop-sent" {
		t.Errorf("no proof: %d %s", res.StatusCode, res.body)
	}
}

func TestS256IsDemandedOfAFAPIClientEvenWherePlainIsRelaxed(t *testing.T) {
	c := newClock()
	p := newProvider(t, mockidp.Config{
		Now: c.Now, Relaxed: mockidp.Relaxed{PlainPKCE: true}, Realms: []mockidp.Realm{rulesRealm()},
	})
	h := newHolder(&world{newBrowser(t, p), c, p})
	res := h.asFAPI(pushURL, with("client_id", "", "code_challenge_method", "plain", "code_challenge", verifier))
	if res.check == nil || res.check.ID != "code-challenge-method" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestAClientThatCannotMeetItsProfileIsNotConfigured(t *testing.T) {
	for sentence, c := range map[string]struct {
		change  func(*mockidp.Client)
		section string
	}{
		"an unknown profile": {func(c *mockidp.Client) { c.Profile = "fapi1" }, "profile"},
		"a secret": {func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.ClientSecret, c.JWKS = "client_secret_basic", "x", nil
		}, "5.3.2.1"},
		"a public client":        {func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "none" }, "5.3.2.1"},
		"bearer tokens":          {func(c *mockidp.Client) { c.DPoPBoundAccessTokens = false }, "5.3.2.1"},
		"the password grant":     {func(c *mockidp.Client) { c.GrantTypes = append(c.GrantTypes, "password") }, "5.3.2.1"},
		"no PKCE":                {func(c *mockidp.Client) { c.PKCEOptional = true }, "5.3.2.2"},
		"http":                   {func(c *mockidp.Client) { c.RedirectURIs = []string{"http://localhost:3000/callback"} }, "5.3.2.2"},
		"an ID token in front":   {func(c *mockidp.Client) { c.ResponseTypes = []string{"code id_token"} }, "response_types"},
		"RS256 for ID tokens":    {func(c *mockidp.Client) { c.IDTokenSignedResponseAlg = "RS256" }, "5.4.1"},
		"RS256 for requests":     {func(c *mockidp.Client) { c.RequestObjectSigningAlg = "RS256" }, "5.4.1"},
		"a code for two minutes": {func(c *mockidp.Client) { c.Lifetimes.Code = 2 * time.Minute }, "5.3.2.1"},
		"ten minutes to open it": {func(c *mockidp.Client) { c.Lifetimes.PushedRequest = 10 * time.Minute }, "5.3.2.2"},
	} {
		client := fapiPortal()
		c.change(&client)
		realm := mockidp.StoryRealm()
		realm.Clients = []mockidp.Client{client}
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
		if err == nil || !strings.Contains(err.Error(), c.section) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
	native := fapiPortal()
	native.RedirectURIs = []string{"http://127.0.0.1/callback"}
	newProvider(t, mockidp.Config{Realms: []mockidp.Realm{{
		Name: "r", Clients: []mockidp.Client{native},
		Scopes: mockidp.StoryRealm().Scopes,
	}}})
}
