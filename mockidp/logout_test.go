package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	logoutURL = oidcURL + "/logout"
	goodbye   = "https://travel.example/"
)

// logout opens the logout endpoint.
func (b *browser) logout(params ...string) reply {
	b.t.Helper()
	return b.get(logoutURL + "?" + changed(url.Values{}, params...).Encode())
}

func logoutCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"logout", rule, sentence, page, status, send}
	}
	asking := func(params ...string) func(*world) reply {
		return func(w *world) reply {
			_, id := w.tokens("openid")
			for i := range params {
				params[i] = strings.ReplaceAll(params[i], "ID TOKEN", id)
			}
			return w.logout(params...)
		}
	}
	return []ruleCase{
		c("method-get-or-post", "DELETE", 405, func(w *world) reply { return w.request(http.MethodDelete, logoutURL, "") }),
		c("method-get-or-post", "a mere look", 405, func(w *world) reply {
			res := w.request(http.MethodHead, logoutURL, "")
			res.body = w.request(http.MethodDelete, logoutURL, "").body // of HEAD there is none to look at
			return res
		}),
		c("body-is-form", "JSON", 415, func(w *world) reply {
			return w.request(http.MethodPost, logoutURL, "{}", "Content-Type", "application/json")
		}),
		c("parameters-encoded", "a percent sign stands alone", 400, func(w *world) reply { return w.post(logoutURL, "state=%") }),
		c("parameters-once", "two addresses", 400, func(w *world) reply {
			return w.get(logoutURL + "?post_logout_redirect_uri=a&post_logout_redirect_uri=b")
		}),
		c("parameters-short", "a state of 5 KiB", 400, asking("state", strings.Repeat("a", 5<<10))),
		c("id-token-hint-genuine", "an access token", 400, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.logout("id_token_hint", access)
		}),
		c("id-token-hint-genuine", "made up", 400, asking("id_token_hint", "e30.e30.e30")),
		c("client-known", "nobody", 400, asking("client_id", "nobody")),
		c("client-matches-hint", "another client than the token's", 400, asking("id_token_hint", "ID TOKEN", "client_id", "react-client")),
		c("post-logout-client-named", "an address of nobody's", 400, asking("post_logout_redirect_uri", goodbye)),
		c("post-logout-uri-registered", "one character more", 400,
			asking("id_token_hint", "ID TOKEN", "post_logout_redirect_uri", goodbye+"x")),
		c("post-logout-uri-registered", "the redirection URI", 400,
			asking("id_token_hint", "ID TOKEN", "post_logout_redirect_uri", callback)),
	}
}

func logoutFormCases() []ruleCase {
	shown := func(w *world) reply {
		w.code()
		return w.logout()
	}
	return append(formCases("logout-confirmation", logoutURL+"/confirm", shown), []ruleCase{
		{"logout-confirmation", "form-fresh", "the form is a consent page's", page, 400, func(w *world) reply {
			_, fields := readForm(w.t, w.signIn(w.authorize(), "jane").body)
			return w.post(logoutURL+"/confirm", fields.Encode())
		}},
		{"logout-confirmation", "signed-in", "signed out in another window", page, 403, func(w *world) reply {
			p := shown(w)
			w.submit(w.logout(), "decision", "approve")
			return w.submit(p, "decision", "approve")
		}},
		{"logout-confirmation", "decision-known", "neither yes nor no", page, 400, func(w *world) reply {
			return w.submit(shown(w), "decision", "perhaps")
		}},
	}...)
}

// signedIn reports whether the browser has a session.
func (b *browser) signedIn() bool {
	b.t.Helper()
	return b.authorize("prompt", "none", "scope", "openid").location().Query().Get("error") != "login_required"
}

func TestLogoutWithTheSessionsIDTokenEndsItAndSendsThePersonBack(t *testing.T) {
	w := newWorld(t)
	access, id := w.tokens("openid")
	w.clock.Advance(10e9)
	if !w.signedIn() {
		t.Fatal("nobody is signed in")
	}
	res := w.logout("id_token_hint", id, "post_logout_redirect_uri", goodbye, "state", "a b&c")
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != goodbye+"?state=a+b%26c" {
		t.Errorf("%d %s", res.StatusCode, got)
	}
	if cookie := res.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-mockidp_session.demo=;") ||
		!strings.Contains(cookie, "Max-Age=0") {
		t.Errorf("Set-Cookie %s", cookie)
	}
	if w.signedIn() {
		t.Error("somebody is signed in")
	}
	if res := w.userInfo(access); res.check == nil || !strings.Contains(res.check.Reason, "signed out") {
		t.Errorf("the access token still works: %d %+v", res.StatusCode, res.check)
	}
}

func TestLogoutEndsRefreshTokensUnlessTheyAreForOfflineAccess(t *testing.T) {
	w := newWorld(t)
	online, offline := w.app("openid"), w.app("openid offline_access")
	w.logout("id_token_hint", online.ID)
	if res := w.refresh(online.Refresh); res.check == nil || res.check.ID != "refresh-token-not-revoked" {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if res := w.refresh(offline.Refresh); res.StatusCode != http.StatusOK {
		t.Errorf("%s", res.body)
	}
}

func TestAnotherPersonWhoSignsInEndsTheSessionOfTheFirst(t *testing.T) {
	w := newWorld(t)
	set := w.app("openid")
	w.signIn(w.authorize("prompt", "login"), "jane")
	if res := w.userInfo(set.Access); res.StatusCode != http.StatusOK {
		t.Errorf("jane signs in again and loses her tokens: %d", res.StatusCode)
	}
	w.signIn(w.authorize("prompt", "login"), "sam")
	if res := w.refresh(set.Refresh); res.check == nil || res.check.ID != "refresh-token-not-revoked" {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
}

func TestCodeThatWaitsWhileThePersonSignsOutIsWorthNothing(t *testing.T) {
	w := newWorld(t)
	_, id := w.tokens("openid")
	code := w.code()
	w.logout("id_token_hint", id)
	if res := w.post(tokenURL, redeeming(code).Encode()); res.StatusCode == http.StatusOK {
		t.Error(res.body)
	}
}

func TestLogoutIsAskedForWhereTheRequestMayComeFromAnybody(t *testing.T) {
	for name, params := range map[string]func(*world) []string{
		"nothing is sent": func(*world) []string { return nil },
		"only a client": func(*world) []string {
			return []string{"client_id", "mobile-pkce-client", "post_logout_redirect_uri", goodbye}
		},
		"an ID token from old": func(w *world) []string {
			_, id := w.tokens("openid")
			w.reset()
			w.clock.Advance(time.Second)
			w.code()
			return []string{"id_token_hint", id, "post_logout_redirect_uri", goodbye}
		},
	} {
		w := newWorld(t)
		sent := params(w)
		w.code()
		ask := w.logout(sent...)
		if ask.StatusCode != http.StatusOK || !strings.Contains(ask.body, "Sign out?") || !w.signedIn() {
			t.Fatalf("%s: not asked: %d %s", name, ask.StatusCode, ask.body)
		}
		if stay := w.submit(ask, "decision", "refuse"); stay.StatusCode != http.StatusOK || !w.signedIn() {
			t.Errorf("%s: signed out against the will: %d", name, stay.StatusCode)
		}
		gone := w.submit(w.logout(sent...), "decision", "approve")
		if w.signedIn() || (gone.Header.Get("Location") == goodbye) != (len(sent) > 0) {
			t.Errorf("%s: %d %s", name, gone.StatusCode, gone.Header.Get("Location"))
		}
	}
}

// Whom nobody tells of logouts needs no sid, and its ID token is known all the
// same for one of this session, however often the person gave the password.
func TestSidIsInIDTokensOfClientsThatAreToldOfLogouts(t *testing.T) {
	for want, change := range map[bool]func(*mockidp.Client){
		false: func(*mockidp.Client) {},
		true:  func(c *mockidp.Client) { c.IDTokenSID = true },
	} {
		realm := rulesRealm()
		for i := range realm.Clients {
			if c := &realm.Clients[i]; c.ClientID == "mobile-pkce-client" {
				change(c)
			}
		}
		w := newWorldOf(t, realm)
		_, id := w.tokens("openid")
		if has := claimsOf(t, id)["sid"] != nil; has != want {
			t.Errorf("sid is there: %v, want %v", has, want)
		}
		w.clock.Advance(time.Minute)
		w.signIn(w.authorize("prompt", "login"), "jane")
		if res := w.logout("id_token_hint", id, "post_logout_redirect_uri", goodbye); res.Header.Get("Location") != goodbye || w.signedIn() {
			t.Errorf("sid is there: %v, and the person is asked: %d", want, res.StatusCode)
		}
	}
	w := newToldWorld(t, newTold(t, http.StatusOK))
	if claimsOf(t, w.springTokens("openid"))["sid"] == nil {
		t.Error("a client that is told of logouts cannot tell which of its sessions they are about")
	}
}

func TestLogoutWithNobodySignedIn(t *testing.T) {
	w := newWorld(t)
	_, id := w.tokens("openid")
	w.reset()
	if res := w.logout("id_token_hint", id, "post_logout_redirect_uri", goodbye); res.Header.Get("Location") != goodbye {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	res := w.logout("client_id", "mobile-pkce-client", "post_logout_redirect_uri", goodbye)
	if res.Header.Get("Location") != "" || !strings.Contains(res.body, "You are signed out") {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestLogoutPostedByAnotherSiteComesBackWithCookies(t *testing.T) {
	w := newWorld(t)
	_, id := w.tokens("openid")
	body := url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {goodbye}, "other": {"x"}}.Encode()
	jar := w.client.Jar
	w.client.Jar = nil // another site's form: SameSite=Lax keeps the cookies back
	res := w.post(logoutURL, body)
	w.client.Jar = jar
	to := res.location()
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to.String(), logoutURL+"?") || to.Query().Has("other") || !w.signedIn() {
		t.Fatalf("%d %s", res.StatusCode, to)
	}
	if res := w.get(to.String()); res.Header.Get("Location") != goodbye || w.signedIn() {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestLogoutIsInTheMetadata(t *testing.T) {
	var doc struct {
		EndSession string `json:"end_session_endpoint"`
	}
	err := json.Unmarshal([]byte(newWorld(t).get(realmURL+"/.well-known/openid-configuration").body), &doc)
	if err != nil || doc.EndSession != logoutURL {
		t.Errorf("%v %v", doc, err)
	}
}

func FuzzLogoutNeverRedirectsToAnUnregisteredURI(f *testing.F) {
	seeds := []string{
		"id_token_hint=TOKEN&post_logout_redirect_uri=https://travel.example/&state=x", "id_token_hint=TOKEN", "",
		"id_token_hint=TOKEN&post_logout_redirect_uri=https://evil.example/", "%", "client_id=react-client",
		"client_id=mobile-pkce-client&post_logout_redirect_uri=https://travel.example/%0d%0a",
		"client_id=mobile-pkce-client&id_token_hint=TOKEN&post_logout_redirect_uri=https://travel.example/&state=%0d%0aSet-Cookie:a=b",
		"id_token_hint=TOKEN&post_logout_redirect_uri=https://travel.example/&post_logout_redirect_uri=https://evil.example/",
	}
	for _, seed := range seeds {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	good := newLogoutFuzz(f)
	if res := good.send(seeds[0], true); !strings.HasPrefix(res.Header.Get("Location"), goodbye) {
		f.Fatalf("no seed redirects: %d %s", res.StatusCode, res.body)
	}
	f.Fuzz(func(t *testing.T, body string, cookies bool) {
		res := newLogoutFuzz(t).send(body, cookies)
		to := res.Header.Get("Location")
		ours := strings.HasPrefix(to, goodbye+"?state=") || to == goodbye || !cookies && strings.HasPrefix(to, logoutURL)
		if res.StatusCode >= http.StatusInternalServerError || to != "" && !ours {
			t.Fatalf("%d, to %s", res.StatusCode, to)
		}
	})
}

// logoutFuzz is a browser in which jane is signed in.
type logoutFuzz struct {
	*browser
	id string
}

func newLogoutFuzz(tb testing.TB) logoutFuzz {
	tb.Helper()
	b := newBrowser(tb, fuzzProvider(tb))
	return logoutFuzz{b, tokensIn(tb, b.post(tokenURL, redeeming(b.code()).Encode())).ID}
}

func (l logoutFuzz) send(body string, cookies bool) reply {
	l.t.Helper()
	if !cookies {
		l.reset()
	}
	return l.post(logoutURL, strings.ReplaceAll(body, "TOKEN", l.id))
}
