package mockidp_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

func claimsCases() []ruleCase {
	c := func(rule, sentence string, change ...string) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, authorizeWith(change...)}
	}
	sub := func(w *world, subject string) reply {
		return w.authorize("claims", `{"id_token":{"sub":{"value":"`+subject+`"}}}`)
	}
	return []ruleCase{
		c("claims-readable", "claims that are no JSON", "claims", "name"),
		c("claims-readable", "claims that are a list", "claims", `["name"]`),
		c("claims-readable", "claims that go on after their end", "claims", `{} {}`),
		c("claims-readable", "claims that break off", "claims", `{"userinfo":{"name":null}`),
		c("claims-readable", "a member that is text", "claims", `{"userinfo":"name"}`),
		c("claims-readable", "a claim that is a number", "claims", `{"id_token":{"name":1}}`),
		c("claims-readable", "essential in quotes", "claims", `{"id_token":{"name":{"essential":"true"}}}`),
		c("claims-readable", "values that are one value", "claims", `{"id_token":{"acr":{"values":"a"}}}`),
		c("claims-readable", "the same member twice", "claims", `{"id_token":{"sub":{"value":"user-sam"},"sub":null}}`),
		{
			"authorization", "claims-reachable", "claims of UserInfo and no access token", toClient, 303,
			authorizeWith(hybrid("response_type", "id_token", "claims", `{"userinfo":{"name":null}}`)...),
		},
		c("acr-attainable", "a context that is essential and unknown", "claims", `{"id_token":{"acr":{"essential":true,"value":"gold"}}}`),
		c("acr-attainable", "a context that plain OAuth demands", "scope", "mail.read", "acr_values", "gold silver"),
		c("display-known", "a page on the wall", "display", "wall"),
		{"sign-in", "claimed-person", "sam where jane is asked for", toClient, 303, func(w *world) reply {
			return w.signIn(sub(w, "user-jane"), "sam")
		}},
		{"authorization", "silent-sign-in", "prompt=none, and another sub is asked for", toClient, 303, func(w *world) reply {
			w.code()
			return w.authorize("prompt", "none", "claims", `{"id_token":{"sub":{"value":"user-sam"}}}`)
		}},
		{"authorization", "silent-sign-in", "prompt=none, and a password is essential", toClient, 303, func(w *world) reply {
			w.code()
			return w.authorize("prompt", "none", "claims", `{"id_token":{"acr":{"essential":true,"value":"`+acrFresh+`"}}}`)
		}},
		{"authorization", "silent-consent", "prompt=none, and a claim nobody agreed to", toClient, 303, func(w *world) reply {
			w.code()
			return w.authorize("prompt", "none", "claims", `{"userinfo":{"email":null}}`)
		}},
	}
}

// said decodes the payload of a JWT, or a JSON body.
func said(tb testing.TB, text string) map[string]any {
	tb.Helper()
	raw := []byte(text)
	if parts := strings.Split(text, "."); len(parts) == 3 && !strings.HasPrefix(text, "{") {
		raw = decoded(tb, parts[1])
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return m
}

// redeemed walks to a code and redeems it for the hybrid client.
func (w *world) redeemed(change ...string) (access, id string) {
	w.t.Helper()
	code := w.walk(hybrid(append([]string{"response_type", "code"}, change...)...)...).answer(w.t).Get("code")
	res := w.post(tokenURL, redeeming(code, "client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", "").Encode())
	m := said(w.t, res.body)
	access, _ = m["access_token"].(string)
	id, _ = m["id_token"].(string)
	if access == "" {
		w.t.Fatalf("no token: %s", res.body)
	}
	return access, id
}

func TestClaimsAreGivenWhereTheyAreAskedFor(t *testing.T) {
	for _, c := range []struct {
		sentence, claims string
		id, info         []string // must be there
		notID, notInfo   []string
	}{
		{"nothing asked", `{}`, nil, nil, []string{"name", "email"}, []string{"name", "email"}},
		{
			"one here, one there", `{"userinfo":{"email":{"essential":true}},"id_token":{"name":null}}`,
			[]string{"name"},
			[]string{"email"},
			[]string{"email"},
			[]string{"name"},
		},
		{"null members", `{"userinfo":null,"id_token":null,"other":{"a":1}}`, nil, nil, []string{"name"}, []string{"name"}},
		{
			"a value that is true", `{"id_token":{"given_name":{"value":"Jane"},"family_name":{"values":["Roe","Doe"]}}}`,
			[]string{"given_name", "family_name"},
			nil, nil, nil,
		},
		{
			"a value that is not", `{"id_token":{"given_name":{"value":"Eve"}},"userinfo":{"email_verified":{"value":"true"}}}`,
			nil, nil,
			[]string{"given_name"},
			[]string{"email_verified"},
		},
		{"a claim that nobody has", `{"id_token":{"shoe_size":{"essential":true}}}`, nil, nil, []string{"shoe_size"}, nil},
		{"an address", `{"userinfo":{"address":null}}`, nil, []string{"address"}, []string{"address"}, nil},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			w := newWorld(t)
			access, id := w.redeemed("scope", "openid", "claims", c.claims)
			inID, inInfo := said(t, id), said(t, w.userInfo(access).body)
			holds(t, "the ID token", inID, c.id, c.notID)
			holds(t, "UserInfo", inInfo, c.info, c.notInfo)
		})
	}
}

func holds(tb testing.TB, what string, m map[string]any, want, not []string) {
	tb.Helper()
	for _, name := range want {
		if m[name] == nil {
			tb.Errorf("%s does not say %s: %v", what, name, m)
		}
	}
	for _, name := range not {
		if m[name] != nil {
			tb.Errorf("%s says %s: %v", what, name, m)
		}
	}
}

func TestClaimsParameterIsNoWayRoundTheScopesOfAClient(t *testing.T) {
	w := newWorld(t)
	// one-token-client is registered for mail.read alone, mobile-pkce-client
	// for no address.
	page := w.signIn(w.authorize("claims", `{"userinfo":{"address":null},"id_token":{"phone_number":null}}`), "jane")
	if strings.Contains(page.body, "address") || strings.Contains(page.body, "phone_number") {
		t.Error("the consent page offers what the client may not have")
	}
	code := w.submit(page, "decision", "approve").answer(t).Get("code")
	tokens := said(t, w.post(tokenURL, redeeming(code).Encode()).body)
	access, _ := tokens["access_token"].(string)
	id, _ := tokens["id_token"].(string)
	holds(t, "UserInfo", said(t, w.userInfo(access).body), nil, []string{"address"})
	holds(t, "the ID token", said(t, id), nil, []string{"phone_number"})
}

func TestConsentPageNamesClaimsThatAreAskedForOneByOne(t *testing.T) {
	w := newWorld(t)
	page := w.signIn(w.authorize(hybrid("response_type", "code", "scope", "openid", "claims", `{"userinfo":{"email":null}}`)...), "jane")
	if !strings.Contains(page.body, "<code>email</code>") {
		t.Errorf("the page does not name it: %s", page.body)
	}
	w.submit(page, "decision", "approve")
	if res := w.authorize(hybrid("response_type", "code", "scope", "openid", "claims",
		`{"id_token":{"email":null}}`)...); res.StatusCode != http.StatusSeeOther {
		t.Errorf("asked again: %d", res.StatusCode)
	}
}

func TestClaimsOfScopesAreInTheIDTokenOnlyWhenThereIsNothingElse(t *testing.T) {
	for kind, want := range map[string]bool{"id_token": true, "id_token token": false, "code id_token": false} {
		w := newWorld(t)
		got := w.walk(hybrid("response_type", kind, "scope", "openid profile email address phone")...).answer(t)
		m := said(t, got.Get("id_token"))
		for _, name := range []string{"name", "email", "phone_number", "address", "updated_at"} {
			if (m[name] != nil) != want {
				t.Errorf("%s: %s is %v", kind, name, m[name])
			}
		}
	}
}

func TestEveryStandardClaimIsReleasedByItsScope(t *testing.T) {
	for _, scope := range mockidp.StandardScopes() {
		if len(scope.Claims) == 0 {
			continue
		}
		w := newWorld(t)
		access, _ := w.redeemed("scope", "openid "+scope.Name)
		m := said(t, w.userInfo(access).body)
		holds(t, "UserInfo for "+scope.Name, m, scope.Claims, nil)
		if len(m) != len(scope.Claims)+1 {
			t.Errorf("%s: UserInfo says %v", scope.Name, m)
		}
	}
}

func TestUserInfoIsSignedForClientsThatWantIt(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients[0].UserInfoSignedResponseAlg = "ES256"
	base := serve(t, realm)
	rp := newRelyingParty(t, base+"/realms/demo", realm.Clients[0], callback, "openid", "email")
	b := overTCP(t)
	token, _ := rp.logIn(t, b)
	// The judge verifies signature, and that it is for this client.
	info, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		Issuer   string `json:"iss"`
		Audience string `json:"aud"`
		Expires  int64  `json:"exp"`
	}
	if err := info.Claims(&claims); err != nil {
		t.Fatal(err)
	}
	if info.Subject != "user-jane" || info.Email != "jane@example.com" || claims.Issuer != base+"/realms/demo" ||
		claims.Audience != realm.Clients[0].ClientID || claims.Expires != 0 {
		t.Errorf("%+v %+v", info, claims)
	}
	res := b.post(base+"/realms/demo/protocol/openid-connect/userinfo", "", "Authorization", "Bearer "+token.AccessToken)
	if res.Header.Get("Content-Type") != "application/jwt" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", res.Header)
	}
	if _, err := rp.provider.Verifier(&oidc.Config{ClientID: realm.Clients[0].ClientID}).Verify(t.Context(), res.body); err == nil {
		t.Error("signed UserInfo passes for an ID token")
	}
	again := b.get(rp.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("id_token_hint", res.body)))
	if got := again.location().Query().Get("error"); got != "invalid_request" {
		t.Errorf("signed UserInfo as id_token_hint: %s", again.Header.Get("Location"))
	}
}

func TestConfigRefusesWhatTokensCouldNotSay(t *testing.T) {
	minus := -time.Second
	for sentence, change := range map[string]func(*mockidp.Realm){
		"an unknown context": func(r *mockidp.Realm) { r.Clients[0].DefaultACRValues = []string{"gold"} },
		"a negative age":     func(r *mockidp.Realm) { r.Clients[0].DefaultMaxAge = &minus },
		"an unknown key":     func(r *mockidp.Realm) { r.Clients[0].UserInfoSignedResponseAlg = "HS256" },
		"a claim of the token's own": func(r *mockidp.Realm) {
			r.People[0].Claims = append(r.People[0].Claims, mockidp.Claim{Name: "sub", Value: "user-dana"})
		},
		"a claim twice": func(r *mockidp.Realm) {
			r.People[0].Claims = append(r.People[0].Claims, mockidp.Claim{Name: "name", Value: "Eve"})
		},
		"a claim that is no JSON": func(r *mockidp.Realm) {
			r.People[0].Claims = append(r.People[0].Claims, mockidp.Claim{Name: "odd", Value: func() {}})
		},
	} {
		realm := mockidp.StoryRealm()
		change(&realm)
		if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil {
			t.Errorf("%s: accepted", sentence)
		} else {
			t.Log(err)
		}
	}
}

// FuzzClaimsParameterIsReadOrRefused: what is no JSON is refused, nothing
// breaks the provider, and nobody gets in.
func FuzzClaimsParameterIsReadOrRefused(f *testing.F) {
	seeds := []string{
		`{}`, `{"userinfo":{"name":null}}`, `{"id_token":{"acr":{"essential":true,"values":["` + acrFresh + `"]}}}`,
		`{"id_token":{"sub":{"value":"user-jane"}}}`, `{"id_token":null}`, `null`, `[]`, `{"id_token":{"a":{"value":{"b":[1e999]}}}}`,
		`{"a":1,"a":2}`, strings.Repeat(`{"id_token":`, 200), "{\"\xff\":1}",
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, claims string) {
		b := newBrowser(t, fuzzProvider(t))
		res := b.authorize("claims", claims, "prompt", "none")
		if res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if res.StatusCode == http.StatusSeeOther {
			got := res.location().Query().Get("error")
			if got == "" || claims != "" && !json.Valid([]byte(claims)) && got != "invalid_request" {
				t.Fatalf("%q: %s", claims, res.Header.Get("Location"))
			}
		}
	})
}
