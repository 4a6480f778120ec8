package mockidp_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// leaving is one run of one module of the certification suite's plans for
// logout: RP-initiated, back-channel, front-channel, session management.
type leaving struct {
	*world
	told *told
	id   string // the ID token of who leaves
}

func newLeaving(t *testing.T) *leaving {
	t.Helper()
	l := newTold(t, http.StatusOK)
	realm := rulesRealm()
	for i := range realm.Clients {
		if c := &realm.Clients[i]; c.ClientID == "hybrid-client" {
			c.BackchannelLogoutURI, c.BackchannelLogoutSessionRequired = l.URL+"/logout?of=app", true
			c.PostLogoutRedirectURIs = []string{goodbye}
		}
	}
	w := newWorldOf(t, realm)
	t.Cleanup(func() { _ = w.p.Close() })
	_, id := w.redeemed("scope", "openid")
	return &leaving{w, l, id}
}

// back asserts that the person is signed out and sent back with the state.
func (l *leaving) back(state string, params ...string) {
	l.t.Helper()
	res := l.logout(params...)
	want := goodbye
	if state != "" {
		want += "?state=" + state
	}
	if got := res.Header.Get("Location"); got != want || l.signedIn() {
		l.t.Errorf("%d to %q, want %q; signed in: %v", res.StatusCode, got, want, l.signedIn())
	}
}

// stays asserts that nobody is sent back: there is an error, or the person is
// asked, and signed out once they agree.
func (l *leaving) stays(rule string, params ...string) {
	l.t.Helper()
	res := l.logout(params...)
	if res.Header.Get("Location") != "" || !l.signedIn() {
		l.t.Errorf("%d to %q; signed in: %v", res.StatusCode, res.Header.Get("Location"), l.signedIn())
	}
	if rule != "" {
		if res.StatusCode != http.StatusBadRequest || res.check == nil || res.check.ID != rule {
			l.t.Errorf("%d by %+v, want %s", res.StatusCode, res.check, rule)
		}
		return
	}
	if done := l.submit(res, "decision", "approve"); done.StatusCode != http.StatusOK || l.signedIn() {
		l.t.Errorf("after the person agreed: %d", done.StatusCode)
	}
}

func TestModulesOfTheLogoutPlans(t *testing.T) {
	modules := []struct {
		name string
		run  func(*leaving)
	}{
		{"rp-initiated-logout-discovery-endpoint-verification", func(l *leaving) {
			meta := said(l.t, l.get(realmURL+"/.well-known/openid-configuration").body)
			if meta["end_session_endpoint"] != logoutURL {
				l.t.Errorf("%v", meta["end_session_endpoint"])
			}
		}},
		{"rp-initiated-logout", func(l *leaving) {
			l.back("abc", "id_token_hint", l.id, "post_logout_redirect_uri", goodbye, "state", "abc")
		}},
		{"rp-initiated-logout-no-state", func(l *leaving) { l.back("", "id_token_hint", l.id, "post_logout_redirect_uri", goodbye) }},
		{"rp-initiated-logout-bad-post-logout-redirect-uri", func(l *leaving) {
			l.stays("post-logout-uri-registered", "id_token_hint", l.id, "post_logout_redirect_uri", goodbye+"bad", "state", "abc")
		}},
		{"rp-initiated-logout-query-added-to-post-logout-redirect-uri", func(l *leaving) {
			l.stays("post-logout-uri-registered", "id_token_hint", l.id, "post_logout_redirect_uri", goodbye+"?foo=bar", "state", "abc")
		}},
		{"rp-initiated-logout-modified-id-token-hint", func(l *leaving) {
			unsigned := encoded(`{"alg":"none"}`) + "." + strings.Split(l.id, ".")[1] + "."
			l.stays("id-token-hint-genuine", "id_token_hint", unsigned, "post_logout_redirect_uri", goodbye, "state", "abc")
		}},
		{"rp-initiated-logout-bad-id-token-hint", func(l *leaving) {
			a := l.assertionOf("hybrid-client")
			a.claims = said(l.t, l.id)
			l.stays("id-token-hint-genuine", "id_token_hint", a.sign(l.t), "post_logout_redirect_uri", goodbye, "state", "abc")
		}},
		{"rp-initiated-logout-no-id-token-hint", func(l *leaving) {
			l.stays("post-logout-client-named", "post_logout_redirect_uri", goodbye, "state", "abc")
		}},
		{"rp-initiated-logout-no-params", func(l *leaving) { l.stays("") }},
		{"rp-initiated-logout-only-state", func(l *leaving) { l.stays("", "state", "abc") }},
		{"rp-initiated-logout-no-post-logout-redirect-uri", func(l *leaving) {
			if res := l.logout("id_token_hint", l.id, "state", "abc"); res.StatusCode != http.StatusOK || l.signedIn() {
				l.t.Errorf("%d; signed in: %v", res.StatusCode, l.signedIn())
			}
		}},
		{"backchannel-logout-discovery-endpoint-verification", func(l *leaving) {
			meta := said(l.t, l.get(realmURL+"/.well-known/openid-configuration").body)
			if meta["backchannel_logout_supported"] != true || meta["backchannel_logout_session_supported"] != true {
				l.t.Errorf("%v, %v", meta["backchannel_logout_supported"], meta["backchannel_logout_session_supported"])
			}
		}},
		{"backchannel-rp-initiated-logout", backchannelModule},
		{"frontchannel-logout-discovery-endpoint-verification", func(l *leaving) {
			meta := said(l.t, l.get(realmURL+"/.well-known/openid-configuration").body)
			if meta["frontchannel_logout_supported"] != true || meta["frontchannel_logout_session_supported"] != true {
				l.t.Errorf("%v, %v", meta["frontchannel_logout_supported"], meta["frontchannel_logout_session_supported"])
			}
		}},
		{"frontchannel-rp-initiated-logout", frontchannelModule},
		// The plan for session management is left out: its frame is not offered,
		// and nothing promises it.
		{"session-management-discovery-endpoint-verification", func(l *leaving) {
			if meta := said(l.t, l.get(realmURL+"/.well-known/openid-configuration").body); meta["check_session_iframe"] != nil {
				l.t.Errorf("a frame is promised: %v", meta["check_session_iframe"])
			}
		}},
	}
	for _, m := range modules {
		t.Run("oidcc-"+m.name, func(t *testing.T) { m.run(newLeaving(t)) })
	}
}

// frontchannelModule holds the call in the browser to what the suite reads in it.
func frontchannelModule(l *leaving) {
	w := frontWorld(l.t)
	id := w.idTokenOf("app-client")
	res := w.logout("id_token_hint", id, "post_logout_redirect_uri", "https://travel.example/bye", "state", "abc")
	sid, _ := said(l.t, id)["sid"].(string)
	want := []string{frontLogoutURI + "&iss=" + url.QueryEscape(realmURL) + "&sid=" + sid}
	if got := frames(l.t, res.body); sid == "" || !slices.Equal(got, want) {
		l.t.Errorf("the frames are %q, want %q", got, want)
	}
	if next := res.Header.Get("Refresh"); !strings.HasSuffix(next, "url=https://travel.example/bye?state=abc") || w.signedIn() {
		l.t.Errorf("goes on by %q; signed in: %v", next, w.signedIn())
	}
}

// backchannelModule holds the logout token to what the suite reads in it.
func backchannelModule(l *leaving) {
	l.back("abc", "id_token_hint", l.id, "post_logout_redirect_uri", goodbye, "state", "abc")
	header, claims := l.opened(<-l.told.heard)
	own := said(l.t, l.id)
	for _, name := range []string{"iss", "sub", "sid"} {
		if claims[name] != own[name] || claims[name] == nil {
			l.t.Errorf("%s is %v, in the ID token %v", name, claims[name], own[name])
		}
	}
	events, _ := claims["events"].(map[string]any)
	if _, ok := events["http://schemas.openid.net/event/backchannel-logout"]; !ok || claims["nonce"] != nil || claims["jti"] == nil ||
		claims["aud"] != "hybrid-client" || claims["iat"] == nil || claims["exp"] == nil {
		l.t.Errorf("%v", claims)
	}
	if header["alg"] != "RS256" || header["typ"] != "logout+jwt" {
		l.t.Errorf("header %v", header)
	}
}
