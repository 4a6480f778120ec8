package mockidp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/grantwalk/grantwalk/mockidp"
)

func mockidpResponseTypes() []string {
	return []string{
		"code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token",
	}
}

// answer reads what the client is told, in whichever way it travels.
func (r reply) answer(tb testing.TB) url.Values {
	tb.Helper()
	if r.StatusCode == http.StatusOK {
		_, fields := readForm(tb, r.body)
		return fields
	}
	u := r.location()
	if u.Fragment == "" {
		return u.Query()
	}
	if strings.Contains(u.RawQuery, "=") {
		tb.Errorf("an answer in query and fragment: %s", u)
	}
	fields, err := url.ParseQuery(u.EscapedFragment())
	if err != nil {
		tb.Fatalf("%s: %v", u, err)
	}
	return fields
}

// hybrid is a request of the client that may use every response type.
func hybrid(change ...string) []string {
	return append([]string{
		"client_id", "hybrid-client", "response_type", "code id_token token",
		"code_challenge", "", "code_challenge_method", "",
	}, change...)
}

// walk goes through the pages as jane, to the answer.
func (b *browser) walk(change ...string) reply {
	b.t.Helper()
	res := b.authorize(change...)
	if strings.Contains(res.body, `name="password"`) {
		res = b.signIn(res, "jane")
	}
	if strings.Contains(res.body, `value="approve"`) {
		res = b.submit(res, "decision", "approve")
	}
	return res
}

// hybridRedeems redeems a code that was asked for without PKCE.
func hybridRedeems(change ...string) func(*world) reply {
	return func(w *world) reply {
		code := w.walk(hybrid("response_type", "code")...).answer(w.t).Get("code")
		return w.post(tokenURL, redeeming(code, append([]string{
			"client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", "",
		}, change...)...).Encode())
	}
}

func responseCases() []ruleCase {
	c := func(rule, sentence string, change ...string) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, authorizeWith(hybrid(change...)...)}
	}
	return []ruleCase{
		{"authorization", "redirect-uri-present", "the implicit type without redirect_uri", page, 400, func(w *world) reply {
			return w.authorize("client_id", "one-token-client", "response_type", "token", "redirect_uri", "", "scope", "mail.read")
		}},
		{
			"authorization", "response-type-allowed", "a client that may use code only", toClient, 303,
			authorizeWith("response_type", "id_token token"),
		},
		c("response-mode-known", "an answer by web message", "response_mode", "web_message"),
		c("response-mode-fits", "a token in the query", "response_mode", "query"),
		c("response-mode-fits", "an ID token in the query", "response_mode", "query", "response_type", "id_token code"),
		c("id-token-needs-openid", "an ID token without openid", "scope", "mail.read"),
		c("nonce-present", "an ID token without nonce", "nonce", ""),
		c("nonce-present", "an ID token without nonce, beside a code", "nonce", "", "response_type", "code id_token"),
		c("code-challenge-present", "a method without a challenge", "code_challenge_method", "S256"),
		c("code-challenge-method", "PKCE is optional, but not half of it", "code_challenge", challenge),
		{
			"token authorization_code", "code-verifier-unexpected", "a verifier for a code without challenge", jsonError, 400,
			hybridRedeems("code_verifier", verifier),
		},
		{"token authorization_code", "code-verifier-present", "PKCE is optional, but was begun", jsonError, 400, func(w *world) reply {
			code := w.walk(hybrid("response_type", "code", "code_challenge", challenge, "code_challenge_method", "S256")...).answer(w.t).Get("code")
			return w.post(tokenURL, redeeming(code, "client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", "").Encode())
		}},
	}
}

// What each response type puts into the answer, and where that goes.
func TestEachResponseTypeAnswersWithWhatItNames(t *testing.T) {
	for _, c := range []struct {
		kind, separator string
		holds           []string
	}{
		{"code", "?", []string{"code"}},
		{"token", "#", []string{"access_token"}},
		{"id_token", "#", []string{"id_token"}},
		{"id_token token", "#", []string{"id_token", "access_token"}},
		{"token id_token", "#", []string{"id_token", "access_token"}},
		{"code id_token", "#", []string{"code", "id_token"}},
		{"id_token code", "#", []string{"code", "id_token"}},
		{"token code", "#", []string{"code", "access_token"}},
		{"token id_token code", "#", []string{"code", "id_token", "access_token"}},
	} {
		for _, mode := range []string{"", "fragment", "form_post"} {
			t.Run(c.kind+" "+mode, func(t *testing.T) {
				w := newWorld(t)
				res := w.walk(hybrid("response_type", c.kind, "response_mode", mode)...)
				checkWay(t, res, mode, c.separator)
				checkParts(t, res.answer(t), c.holds)
			})
		}
	}
}

func checkWay(t *testing.T, res reply, mode, separator string) {
	t.Helper()
	if mode == "fragment" {
		separator = "#"
	}
	location := res.Header.Get("Location")
	if mode == "form_post" {
		if action, _ := readForm(t, res.body); res.StatusCode != http.StatusOK || action != callback || location != "" {
			t.Fatalf("%d, posts to %s", res.StatusCode, action)
		}
		return
	}
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(location, callback+separator) {
		t.Fatalf("%d, Location %s", res.StatusCode, location)
	}
}

func checkParts(t *testing.T, got url.Values, holds []string) {
	t.Helper()
	want := map[string]bool{"state": true, "iss": true}
	for _, name := range holds {
		want[name] = true
		if name == "access_token" {
			want["token_type"], want["expires_in"], want["scope"] = true, true, true
		}
	}
	for name := range want {
		if len(got[name]) != 1 {
			t.Errorf("%s: %q", name, got[name])
		}
	}
	for name := range got {
		if !want[name] && name != "" {
			t.Errorf("%s is sent too", name)
		}
	}
	if got.Get("iss") != realmURL || got.Get("state") != "af0ifjsldkj" {
		t.Errorf("iss %q, state %q", got.Get("iss"), got.Get("state"))
	}
}

// verifierOf is go-oidc with the provider's keys.
func verifierOf(t *testing.T, clientID string, now *mockidp.Clock, alg string) *oidc.IDTokenVerifier {
	t.Helper()
	p := newProvider(t, mockidp.Config{})
	ctx := oidc.ClientContext(t.Context(), newBrowser(t, p).client)
	provider, err := oidc.NewProvider(ctx, realmURL)
	if err != nil {
		t.Fatal(err)
	}
	return provider.VerifierContext(ctx, &oidc.Config{ClientID: clientID, Now: now.Now, SupportedSigningAlgs: []string{alg}})
}

func TestAnotherLibraryVerifiesIDTokensOfTheFrontChannel(t *testing.T) {
	for _, kind := range mockidpResponseTypes() {
		if !strings.Contains(kind, "id_token") {
			continue
		}
		for _, mode := range []string{"fragment", "form_post"} {
			t.Run(kind+" "+mode, func(t *testing.T) {
				w := newWorld(t)
				got := w.walk(hybrid("response_type", kind, "response_mode", mode)...).answer(t)
				id, err := verifierOf(t, "hybrid-client", w.clock, "RS256").Verify(t.Context(), got.Get("id_token"))
				if err != nil {
					t.Fatal(err)
				}
				checkBinding(t, id, got)
			})
		}
	}
}

func checkBinding(t *testing.T, id *oidc.IDToken, got url.Values) {
	t.Helper()
	if id.Nonce != "n-0S6_WzA2Mj" || id.Subject != "user-jane" {
		t.Errorf("nonce %q, sub %q", id.Nonce, id.Subject)
	}
	if access := got.Get("access_token"); access != "" {
		if err := id.VerifyAccessToken(access); err != nil {
			t.Error(err)
		}
	} else if id.AccessTokenHash != "" {
		t.Error("at_hash without an access token")
	}
	var claims struct {
		CodeHash string `json:"c_hash"`
	}
	if err := id.Claims(&claims); err != nil {
		t.Fatal(err)
	}
	want := ""
	if code := got.Get("code"); code != "" {
		sum := sha256.Sum256([]byte(code))
		want = base64.RawURLEncoding.EncodeToString(sum[:16])
	}
	if claims.CodeHash != want {
		t.Errorf("c_hash %q, want %q", claims.CodeHash, want)
	}
}

func TestAccessTokenOfTheFrontChannelIsUsedAndRevokedLikeOthers(t *testing.T) {
	w := newWorld(t)
	got := w.walk("client_id", "legacy-implicit-client", "redirect_uri", "https://travel.example/legacy/callback",
		"response_type", "id_token token").answer(t)
	access := got.Get("access_token")
	if res := w.userInfo(access); res.StatusCode != http.StatusOK {
		t.Fatalf("UserInfo %d %s", res.StatusCode, res.body)
	}
	w.post(revokeURL, about(access, "client_id", "legacy-implicit-client"))
	if res := w.userInfo(access); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("after revocation: %d", res.StatusCode)
	}
}

func TestSecondUseOfACodeRevokesTheTokenThatCameWithIt(t *testing.T) {
	w := newWorld(t)
	got := w.walk(hybrid()...).answer(t)
	redeem := func() reply {
		return w.post(tokenURL, redeeming(got.Get("code"), "client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier",
			"").Encode())
	}
	if res := redeem(); res.StatusCode != http.StatusOK || !strings.Contains(res.body, "refresh_token") {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	if res := w.userInfo(got.Get("access_token")); res.StatusCode != http.StatusOK {
		t.Fatalf("UserInfo %d", res.StatusCode)
	}
	if res := redeem(); res.StatusCode != http.StatusBadRequest {
		t.Fatalf("second use: %d", res.StatusCode)
	}
	if res := w.userInfo(got.Get("access_token")); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("after the second use: %d", res.StatusCode)
	}
}

func TestOfflineAccessIsPassedOverWithoutACode(t *testing.T) {
	w := newWorld(t)
	got := w.walk(hybrid("response_type", "token", "scope", "openid offline_access")...).answer(t)
	if got.Get("scope") != "openid" || got.Has("refresh_token") {
		t.Errorf("%v", got)
	}
}

func TestMetadataPromisesOnlyResponseTypesThatAClientHas(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients = realm.Clients[:1]
	for _, c := range []struct {
		types  []string
		grants []string
		want   string
	}{
		{nil, nil, `"response_types_supported":["code"]`},
		{[]string{"token id_token"}, []string{"implicit"}, `"response_types_supported":["code","id_token token"]`},
	} {
		r := realm
		r.Clients = append([]mockidp.Client{}, realm.Clients...)
		if c.types != nil {
			r.Clients = append(r.Clients, mockidp.Client{
				ClientID: "old", RedirectURIs: []string{callback}, GrantTypes: c.grants, ResponseTypes: c.types,
			})
		}
		body := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{r}})).get(realmURL + "/.well-known/openid-configuration").body
		if !strings.Contains(body, c.want) || strings.Contains(body, `"implicit"`) != (c.types != nil) ||
			!strings.Contains(body, `"response_modes_supported":["query","fragment","form_post","jwt","query.jwt","fragment.jwt","form_post.jwt"]`) {
			t.Errorf("%s", body)
		}
	}
}

func TestResponseTypesAndGrantTypesMustCorrespond(t *testing.T) {
	for sentence, c := range map[string]mockidp.Client{
		"implicit is missing":              {ResponseTypes: []string{"token"}},
		"authorization_code is missing":    {GrantTypes: []string{"implicit"}, ResponseTypes: []string{"code token"}},
		"half of a hybrid type":            {ResponseTypes: []string{"code id_token"}},
		"implicit without a response type": {GrantTypes: []string{"implicit"}},
		"implicit with code only":          {GrantTypes: []string{"authorization_code", "implicit"}, ResponseTypes: []string{"code"}},
		"an unknown type":                  {ResponseTypes: []string{"code", "none"}},
		"PKCE optional for a public one":   {PKCEOptional: true},
		"FAPI and a token in front":        {GrantTypes: []string{"implicit"}, ResponseTypes: []string{"token"}, Profile: "fapi2"},
		"a bound token in front":           {GrantTypes: []string{"implicit"}, ResponseTypes: []string{"token"}, DPoPBoundAccessTokens: true},
	} {
		c.ClientID, c.RedirectURIs = "odd", []string{callback}
		realm := mockidp.Realm{Name: "demo", Clients: []mockidp.Client{c}}
		if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil {
			t.Errorf("%s: accepted", sentence)
		} else {
			t.Log(err)
		}
	}
}
