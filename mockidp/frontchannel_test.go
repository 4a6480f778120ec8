package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/mockidp"
)

const frontLogoutURI = "https://travel.example/front-logout?of=app"

// frontWorld is a world in which two clients are told in the browser that a person signed out.
func frontWorld(tb testing.TB) *world {
	tb.Helper()
	r := rulesRealm().WithClient("app-client", func(c *mockidp.Client) {
		c.FrontchannelLogoutURI, c.FrontchannelLogoutSessionRequired = frontLogoutURI, true
		c.PostLogoutRedirectURIs = []string{"https://travel.example/bye"}
	})
	return newWorldOf(tb, r.WithClient("app-next-door", func(c *mockidp.Client) {
		c.RedirectURIs = append(c.RedirectURIs, "https://door.example/cb")
		c.FrontchannelLogoutURI = "https://door.example/out"
	}))
}

// frames lists what a page opens in frames.
func frames(tb testing.TB, page string) []string {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	var found []string
	for n := range root.Descendants() {
		if n.Data == "iframe" {
			found = append(found, attribute(n, "src"))
		}
	}
	return found
}

func (w *world) idTokenOf(client string) string {
	return tokensIn(w.t, w.post(tokenURL, redeeming(w.code("client_id", client), "client_id", client).Encode())).ID
}

// What the certification suite's plan for front-channel logout looks at: the
// metadata, sid in the ID token, iss and sid in the call, the way back with
// state, and that nobody is signed in after that.
func TestFrontChannelLogoutGoesAsItsCertificationPlanHasIt(t *testing.T) {
	w := frontWorld(t)
	var m map[string]any
	if err := json.Unmarshal([]byte(w.get(realmURL+"/.well-known/openid-configuration").body), &m); err != nil ||
		m["frontchannel_logout_supported"] != true || m["frontchannel_logout_session_supported"] != true {
		t.Errorf("the metadata say %v and %v", m["frontchannel_logout_supported"], m["frontchannel_logout_session_supported"])
	}
	id, _ := w.idTokenOf("app-client"), w.idTokenOf("app-next-door")
	sid, _ := claimsOf(t, id)["sid"].(string)
	res := w.get(oidcURL + "/logout?" + url.Values{
		"id_token_hint": {id}, "post_logout_redirect_uri": {"https://travel.example/bye"}, "state": {"s t"},
	}.Encode())
	want := []string{
		frontLogoutURI + "&iss=" + url.QueryEscape(realmURL) + "&sid=" + sid,
		"https://door.example/out?iss=" + url.QueryEscape(realmURL) + "&sid=" + sid,
	}
	if got := frames(t, res.body); res.StatusCode != http.StatusOK || sid == "" || strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%d, and the frames are\n%q, want\n%q", res.StatusCode, got, want)
	}
	got := strings.ReplaceAll(res.Header.Get("Refresh"), "%20", "+")
	if got != "1; url=https://travel.example/bye?state=s+t" {
		t.Errorf("the way back is %q", got)
	}
	policy := res.Header.Get("Content-Security-Policy")
	if !strings.HasSuffix(policy, "; frame-src https://travel.example https://door.example") ||
		!strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the policy is %s", policy)
	}
	refused(t, "after that", w.authorize("prompt", "none", "client_id", "app-client"), "silent-sign-in")
}

func TestAPersonWhoConfirmsTheLogoutSeesTheFramesToo(t *testing.T) {
	w := frontWorld(t)
	w.idTokenOf("app-client")
	res := w.submit(w.get(oidcURL+"/logout"), "decision", "approve")
	if got := frames(t, res.body); len(got) != 1 || res.Header.Get("Refresh") != "" ||
		!strings.Contains(res.body, "You can close this page.") {
		t.Errorf("frames %q, way on %q", got, res.Header.Get("Refresh"))
	}
}

func TestNobodyElseIsOpenedInAFrame(t *testing.T) {
	w := frontWorld(t)
	w.code("client_id", "app-client") // no tokens, so there is nobody to be told
	id := w.idTokenOf("mobile-pkce-client")
	res := w.get(oidcURL + "/logout?id_token_hint=" + id)
	if got := frames(t, res.body); len(got) > 0 || strings.Contains(res.Header.Get("Content-Security-Policy"), "frame-src") {
		t.Errorf("frames %q under %s", got, res.Header.Get("Content-Security-Policy"))
	}
}

func TestAFrontChannelLogoutURIIsOneOfTheClient(t *testing.T) {
	for uri, want := range map[string]string{
		"https://elsewhere.example/out":   "redirect_uris",
		"https://travel.example:8443/out": "redirect_uris",
		"/out":                            "absolute",
		"https://travel.example/out#top":  "fragment",
		"http://travel.example/out":       "confidential",
	} {
		r := rulesRealm().WithClient("app-client", func(c *mockidp.Client) { c.FrontchannelLogoutURI = uri })
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{r}})
		if err == nil || !strings.Contains(err.Error(), "frontchannel_logout_uri") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", uri, err, want)
		}
	}
}
