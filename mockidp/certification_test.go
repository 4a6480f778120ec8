package mockidp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The OpenID Foundation certifies providers with a suite of test modules. What
// follows walks through those of the profiles Basic, Implicit, Hybrid and Form
// Post under their names, for every response type and mode that a profile
// knows. The verdict on ID tokens is go-oidc's. It is no substitute for the
// suite, which also wants a public address and screenshots.

// certification is one run of one module.
type certification struct {
	*world
	kind, mode string
	judge      *oidc.IDTokenVerifier
}

func certifiedClient() mockidp.Client {
	return mockidp.Client{
		ClientID: "certified-client", ClientSecret: "certified:s3cret&", RedirectURIs: []string{callback},
		GrantTypes:    []string{"authorization_code", "implicit", "refresh_token"},
		ResponseTypes: mockidpResponseTypes(), PKCEOptional: true,
	}
}

// login is all that a client learns in one run.
type login struct {
	fields url.Values
	ids    []*oidc.IDToken // from the authorization endpoint, then from the token endpoint
	raw    string          // the last of them
	access string
	tokens map[string]any
	info   map[string]any
}

// ask is the request that all modules begin with.
func (c *certification) ask(change ...string) []string {
	return append([]string{
		"client_id", "certified-client", "response_type", c.kind, "response_mode", c.mode,
		"code_challenge", "", "code_challenge_method", "", "scope", "openid",
	}, change...)
}

func (c *certification) login(change ...string) login { return c.finish(c.walk(c.ask(change...)...)) }

// finish takes an answer as far as a client can.
func (c *certification) finish(res reply) login {
	c.t.Helper()
	in := login{fields: c.told(res)}
	if e := in.fields.Get("error"); e != "" {
		c.t.Fatalf("error %s: %s", e, in.fields.Get("error_description"))
	}
	in.access = in.fields.Get("access_token")
	if raw := in.fields.Get("id_token"); raw != "" {
		in.add(c, raw, in.fields.Get("code"), in.access)
	}
	if code := in.fields.Get("code"); code != "" {
		res := c.redeem(code)
		if res.StatusCode != http.StatusOK {
			c.t.Fatalf("token endpoint: %d %s", res.StatusCode, res.body)
		}
		in.tokens = said(c.t, res.body)
		in.access, _ = in.tokens["access_token"].(string)
		raw, _ := in.tokens["id_token"].(string)
		in.add(c, raw, "", in.access)
	}
	if in.access != "" {
		in.info = said(c.t, c.userInfo(in.access).body)
	}
	in.agree(c.t)
	return in
}

// told holds an answer to its mode, and to what is asked of each.
func (c *certification) told(res reply) url.Values {
	c.t.Helper()
	fields := res.answer(c.t)
	if fields.Get("state") != "af0ifjsldkj" || fields.Get("iss") != realmURL {
		c.t.Errorf("state %q, iss %q", fields.Get("state"), fields.Get("iss"))
	}
	location := res.Header.Get("Location")
	switch {
	case c.mode == "form_post":
		if action, _ := readForm(c.t, res.body); action != callback || location != "" {
			c.t.Errorf("form to %q, Location %q", action, location)
		}
	case c.kind == "code":
		if !strings.HasPrefix(location, callback+"?") {
			c.t.Errorf("Location %s", location)
		}
	case !strings.HasPrefix(location, callback+"#"):
		c.t.Errorf("Location %s", location)
	}
	return fields
}

// add has the judge look at an ID token and at the hashes in it.
func (in *login) add(c *certification, raw, code, access string) {
	c.t.Helper()
	id, err := c.judge.Verify(c.t.Context(), raw)
	if err != nil {
		c.t.Fatal(err)
	}
	if access != "" {
		if err := id.VerifyAccessToken(access); err != nil {
			c.t.Error(err)
		}
	}
	var more struct {
		CodeHash string `json:"c_hash"`
	}
	sum := sha256.Sum256([]byte(code))
	if err := id.Claims(&more); err != nil || code != "" && more.CodeHash != base64.RawURLEncoding.EncodeToString(sum[:16]) {
		c.t.Errorf("c_hash %q (%v)", more.CodeHash, err)
	}
	in.ids, in.raw = append(in.ids, id), raw
}

// agree asserts that all that is said of the person is said of the same one.
func (in *login) agree(tb testing.TB) {
	tb.Helper()
	for _, id := range in.ids {
		if id.Subject != "user-jane" || in.info != nil && in.info["sub"] != id.Subject {
			tb.Errorf("sub %s, UserInfo %v", id.Subject, in.info["sub"])
		}
	}
}

func (c *certification) redeem(code string, change ...string) reply {
	c.t.Helper()
	return c.post(tokenURL, redeeming(code, append([]string{"client_id", "", "code_verifier", ""}, change...)...).Encode(),
		"Authorization", basic("certified-client", "certified:s3cret&"))
}

// authTime is what the last ID token says about when the person signed in.
func (in *login) authTime(tb testing.TB) int64 {
	tb.Helper()
	at, _ := said(tb, in.raw)["auth_time"].(float64)
	return int64(at)
}

// module is one module of the suite; it is left out for the response types
// that it does not apply to.
type module struct {
	name string
	skip func(kind string) bool
	run  func(*certification)
}

func withoutCode(kind string) bool    { return !strings.Contains(kind, "code") }
func onlyIDToken(kind string) bool    { return kind == "id_token" }
func frontIDToken(kind string) bool   { return strings.Contains(kind, "id_token") }
func withoutFrontID(kind string) bool { return !frontIDToken(kind) }

// succeeds is a module in which something more is sent and nothing changes.
func succeeds(name string, change ...string) module {
	return module{name: name, run: func(c *certification) { c.login(change...) }}
}

func requestModules() []module {
	return []module{
		{name: "oidcc-server", run: func(c *certification) {
			for _, id := range c.login().ids {
				if id.Nonce != "n-0S6_WzA2Mj" {
					c.t.Errorf("nonce %q", id.Nonce)
				}
			}
		}},
		{name: "oidcc-response-type-missing", run: func(c *certification) {
			res := c.authorize(c.ask("response_type", "", "response_mode", "")...)
			if got := res.location().Query().Get("error"); got != "invalid_request" {
				c.t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
			}
		}},
		{name: "oidcc-idtoken-signature", run: func(c *certification) {
			part, _, _ := strings.Cut(c.login().raw, ".")
			header := said(c.t, string(decoded(c.t, part)))
			if header["alg"] != "RS256" || header["kid"] == nil {
				c.t.Errorf("header %v", header)
			}
		}},
		{name: "oidcc-idtoken-unsigned", run: func(c *certification) {
			// Left out by the suite where the metadata does not promise it.
			meta := said(c.t, c.get(realmURL+"/.well-known/openid-configuration").body)
			if algs, _ := meta["id_token_signing_alg_values_supported"].([]any); slices.Contains(algs, any("none")) {
				c.t.Errorf("unsigned ID tokens are promised: %v", algs)
			}
		}},
		{name: "oidcc-ensure-request-without-nonce-succeeds-for-code-flow", skip: frontIDToken, run: func(c *certification) {
			c.login("nonce", "")
		}},
		{name: "oidcc-ensure-request-without-nonce-fails", skip: withoutFrontID, run: func(c *certification) {
			if got := c.told(c.authorize(c.ask("nonce", "")...)).Get("error"); got != "invalid_request" {
				c.t.Errorf("error %q", got)
			}
		}},
	}
}

// wishModules send what a provider may pass over but must not stumble on.
func wishModules() []module {
	return []module{
		succeeds("oidcc-display-page", "display", "page"),
		succeeds("oidcc-display-popup", "display", "popup"),
		succeeds("oidcc-ensure-request-with-unknown-parameter-succeeds", "extra", "foobar"),
		succeeds("oidcc-login-hint", "login_hint", "buffy@idp.example"),
		succeeds("oidcc-ui-locales", "ui_locales", "se"),
		succeeds("oidcc-claims-locales", "claims_locales", "se"),
		{name: "oidcc-ensure-request-with-acr-values-succeeds", run: func(c *certification) {
			in := c.login("acr_values", acrPassword+" "+acrFresh)
			if acr := said(c.t, in.raw)["acr"]; acr != acrPassword && acr != acrFresh {
				c.t.Errorf("acr %v", acr)
			}
		}},
		{name: "oidcc-ensure-registered-redirect-uri", run: func(c *certification) {
			res := c.authorize(c.ask("redirect_uri", callback+"/bad")...)
			if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || strings.Contains(res.body, "<form") {
				c.t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
			}
		}},
		{name: "oidcc-ensure-post-request-succeeds", run: func(c *certification) {
			res := c.signIn(c.post(authURL, with(c.ask()...).Encode()), "jane")
			c.finish(c.submit(res, "decision", "approve"))
		}},
	}
}

func claimModules() []module {
	scope := func(name string) module {
		return module{name: "oidcc-scope-" + name, run: func(c *certification) {
			c.releases("openid "+strings.ReplaceAll(name, "all", "profile email address phone"), "")
		}}
	}
	return []module{
		scope("profile"), scope("email"), scope("address"), scope("phone"), scope("all"),
		{name: "oidcc-alternate-happy-flow", run: func(c *certification) { c.releases("email openid", "") }},
		{name: "oidcc-claims-essential", run: func(c *certification) {
			where := "userinfo"
			if onlyIDToken(c.kind) {
				where = "id_token"
			}
			c.releases("openid", `{"`+where+`":{"name":{"essential":true}}}`)
		}},
		{name: "oidcc-userinfo-get", skip: onlyIDToken, run: func(c *certification) { c.asksUserInfo(http.MethodGet, "") }},
		{name: "oidcc-userinfo-post-header", skip: onlyIDToken, run: func(c *certification) { c.asksUserInfo(http.MethodPost, "") }},
		{name: "oidcc-userinfo-post-body", skip: onlyIDToken, run: func(c *certification) { c.asksUserInfo(http.MethodPost, "body") }},
	}
}

// releases asserts that exactly what is asked for is said where it belongs.
func (c *certification) releases(scope, claims string) {
	c.t.Helper()
	want := []string{"name"}
	if claims == "" {
		want = nil
		for _, s := range mockidp.StandardScopes() {
			if slices.Contains(strings.Fields(scope), s.Name) {
				want = append(want, s.Claims...)
			}
		}
	}
	in := c.login("scope", scope, "claims", claims)
	id := said(c.t, in.raw)
	if onlyIDToken(c.kind) {
		holds(c.t, "the ID token", id, want, nil)
		return
	}
	holds(c.t, "UserInfo", in.info, want, nil)
	holds(c.t, "the ID token", id, nil, want)
}

func (c *certification) asksUserInfo(method, where string) {
	c.t.Helper()
	access := c.login().access
	var res reply
	if where == "body" {
		res = c.post(oidcURL+"/userinfo", url.Values{"access_token": {access}}.Encode())
	} else {
		res = c.request(method, oidcURL+"/userinfo", "", "Authorization", "Bearer "+access)
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/json" || said(c.t, res.body)["sub"] != "user-jane" {
		c.t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func sessionModules() []module {
	// again signs in once, moves the clock, and says whether a second request
	// shows the sign-in page.
	again := func(c *certification, after time.Duration, change ...string) (first, second login, asked bool) {
		first = c.login()
		c.clock.Advance(after)
		asked = strings.Contains(c.authorize(c.ask(change...)...).body, `name="password"`)
		return first, c.login(change...), asked
	}
	signsInAgain := func(after time.Duration, change ...string) func(*certification) {
		return func(c *certification) {
			first, second, asked := again(c, after, change...)
			if !asked || second.authTime(c.t) != first.authTime(c.t)+int64(after.Seconds()) {
				c.t.Errorf("asked %v, auth_time %d then %d", asked, first.authTime(c.t), second.authTime(c.t))
			}
		}
	}
	staysSignedIn := func(change ...string) func(*certification) {
		return func(c *certification) {
			first, second, asked := again(c, time.Minute, change...)
			if asked || second.authTime(c.t) != first.authTime(c.t) {
				c.t.Errorf("asked %v, auth_time %d then %d", asked, first.authTime(c.t), second.authTime(c.t))
			}
		}
	}
	return []module{
		{name: "oidcc-prompt-login", run: signsInAgain(time.Second, "prompt", "login")},
		{name: "oidcc-max-age-1", run: signsInAgain(2*time.Second, "max_age", "1")},
		{name: "oidcc-max-age-10000", run: staysSignedIn("max_age", "10000")},
		{name: "oidcc-prompt-none-logged-in", run: staysSignedIn("prompt", "none")},
		{name: "oidcc-prompt-none-not-logged-in", run: func(c *certification) {
			if got := c.told(c.authorize(c.ask("prompt", "none")...)).Get("error"); got != "login_required" {
				c.t.Errorf("error %q", got)
			}
		}},
		{name: "oidcc-id-token-hint", run: func(c *certification) {
			first := c.login()
			second := c.finish(c.authorize(c.ask("prompt", "none", "id_token_hint", first.raw)...))
			if second.authTime(c.t) != first.authTime(c.t) {
				c.t.Error("another auth_time")
			}
		}},
	}
}

func codeModules() []module {
	reuse := func(after time.Duration) func(*certification) {
		return func(c *certification) {
			in := c.login()
			c.clock.Advance(after)
			res := c.redeem(in.fields.Get("code"))
			if res.StatusCode != http.StatusBadRequest || said(c.t, res.body)["error"] != "invalid_grant" {
				c.t.Errorf("second use: %d %s", res.StatusCode, res.body)
			}
			if res := c.userInfo(in.access); res.StatusCode != http.StatusUnauthorized {
				c.t.Errorf("its token after that: %d", res.StatusCode)
			}
		}
	}
	return []module{
		{name: "oidcc-codereuse", skip: withoutCode, run: reuse(0)},
		{name: "oidcc-codereuse-30seconds", skip: withoutCode, run: reuse(30 * time.Second)},
		{name: "oidcc-server-client-secret-post", skip: withoutCode, run: func(c *certification) {
			code := c.walk(c.ask("client_id", "hybrid-client")...).answer(c.t).Get("code")
			res := c.post(tokenURL, redeeming(code, "client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", "").Encode())
			if res.StatusCode != http.StatusOK {
				c.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}},
		{name: "oidcc-ensure-request-with-valid-pkce-succeeds", skip: withoutCode, run: func(c *certification) {
			code := c.walk(c.ask("code_challenge", challenge, "code_challenge_method", "S256")...).answer(c.t).Get("code")
			if res := c.redeem(code, "code_verifier", verifier); res.StatusCode != http.StatusOK {
				c.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}},
		{name: "oidcc-refresh-token", skip: withoutCode, run: func(c *certification) {
			in := c.login("scope", "openid offline_access", "prompt", "consent")
			refresh, _ := in.tokens["refresh_token"].(string)
			form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}}
			stranger := c.post(tokenURL, form.Encode(), "Authorization", basic("spring-client-app", "spring-client-secret"))
			if said(c.t, stranger.body)["error"] != "invalid_grant" {
				c.t.Errorf("another client: %d %s", stranger.StatusCode, stranger.body)
			}
			res := c.post(tokenURL, form.Encode(), "Authorization", basic("certified-client", "certified:s3cret&"))
			raw, _ := said(c.t, res.body)["id_token"].(string)
			in.add(c, raw, "", accessTokenOf(c.t, res))
			in.agree(c.t)
		}},
	}
}
