package mockidp_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// unticked is a change of the consent form.
func unticked(scopes ...string) []string {
	var change []string
	for _, s := range scopes {
		change = append(change, "allow_"+s, "")
	}
	return append(change, "decision", "approve")
}

// asking walks jane to the consent page of an app that may refresh.
func (w *world) asking(change ...string) reply {
	w.t.Helper()
	page := w.authorize(append([]string{"client_id", "app-client"}, change...)...)
	if strings.Contains(page.body, `name="password"`) {
		page = w.signIn(page, "jane")
	}
	if !strings.Contains(page.body, `name="decision"`) {
		w.t.Fatalf("no consent page: %d %s", page.StatusCode, page.body)
	}
	return page
}

func (w *world) redeem(res reply) tokenSet {
	w.t.Helper()
	return tokensIn(w.t, w.post(tokenURL, redeeming(res.answer(w.t).Get("code"), "client_id", "app-client").Encode()))
}

func choiceCases() []ruleCase {
	return []ruleCase{
		{"consent", "ticked-asked", "the form ticks what nobody asked for", page, 400, func(w *world) reply {
			return w.submit(w.asking("scope", "openid mail.read"), "decision", "approve", "allow_profile", "yes")
		}},
		{"consent", "scope-left", "jane unticks all there is", toClient, 303, func(w *world) reply {
			return w.submit(w.asking("scope", "profile mail.read"), unticked("profile", "mail.read")...)
		}},
	}
}

func TestWhatIsUntickedIsNotGranted(t *testing.T) {
	w := newWorld(t)
	got := w.redeem(w.submit(w.asking("scope", "openid profile email mail.read"), unticked("email", "mail.read")...))
	if got.Scope != "openid profile" {
		t.Errorf("the token response says scope %q", got.Scope)
	}
	if scope := said(t, got.Access)["scope"]; scope != "openid profile" {
		t.Errorf("the access token says scope %v", scope)
	}
	holds(t, "UserInfo", said(t, w.userInfo(got.Access).body), []string{"name"}, []string{"email"})
	if next := tokensIn(t, w.refresh(got.Refresh)); next.Scope != "openid profile" {
		t.Errorf("renewed for %q", next.Scope)
	}
	if res := w.refresh(got.Refresh, "scope", "openid mail.read"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a renewal widens what was granted: %d", res.StatusCode)
	}
}

func TestAFormWithoutBoxesMeansAllOfIt(t *testing.T) {
	for name, change := range map[string][]string{
		"decision and hidden fields": {"choice", "", "allow_email", "", "allow_mail.read", ""},
		"every input of the page":    nil,
	} {
		w := newWorld(t)
		got := w.redeem(w.submit(w.asking("scope", "openid email mail.read"), append(change, "decision", "approve")...))
		if got.Scope != "openid email mail.read" {
			t.Errorf("%s: granted %q", name, got.Scope)
		}
	}
}

func TestOneBoxByHandMeansThatOne(t *testing.T) {
	w := newWorld(t)
	got := w.redeem(w.submit(w.asking("scope", "openid email mail.read"), "choice", "", "allow_email", "", "decision", "approve"))
	if got.Scope != "openid mail.read" {
		t.Errorf("granted %q", got.Scope)
	}
}

func TestALoginIsLeftWhenAllIsUnticked(t *testing.T) {
	w := newWorld(t)
	page := w.asking("scope", "openid mail.read")
	if strings.Contains(page.body, "allow_openid") {
		t.Error("openid can be left out, and then there is no login")
	}
	got := w.redeem(w.submit(page, unticked("mail.read")...))
	if got.Scope != "openid" || got.ID == "" {
		t.Errorf("granted %q, ID token %q", got.Scope, got.ID)
	}
}

func TestConsentIsRememberedForEachScope(t *testing.T) {
	w := newWorld(t)
	w.submit(w.asking("scope", "openid profile mail.read"), unticked("mail.read")...)
	silent := func(scope string) string {
		return w.authorize("client_id", "app-client", "scope", scope, "prompt", "none").answer(t).Get("error")
	}
	if got := silent("openid profile"); got != "" {
		t.Errorf("what was granted is asked for again: %s", got)
	}
	if got := silent("openid profile mail.read"); got != "consent_required" {
		t.Errorf("what was unticked counts as agreed to: %q", got)
	}
	w.submit(w.asking("scope", "openid profile mail.read"), unticked("profile")...)
	if got := silent("openid mail.read"); got != "" {
		t.Errorf("what was granted later is asked for again: %s", got)
	}
	if got := silent("openid profile"); got != "consent_required" {
		t.Errorf("what was taken back counts as agreed to: %q", got)
	}
}

func TestAClaimIsLeftOutByItsBox(t *testing.T) {
	const wish = `{"userinfo":{"email":null,"name":null},"id_token":{"email":null}}`
	for _, c := range []struct {
		scope, untick string
		gone, there   []string
	}{
		{"openid", "claim email", []string{"email"}, []string{"name"}},
		{"openid email", "email", []string{"email", "email_verified"}, []string{"name"}}, // the scope would release it
		{"openid profile", "profile", []string{"name"}, []string{"email"}},
	} {
		w := newWorld(t)
		page := w.asking("scope", c.scope, "claims", wish)
		if !strings.Contains(page.body, `name="allow_`+c.untick+`"`) {
			t.Fatalf("no box %s:\n%s", c.untick, page.body)
		}
		got := w.redeem(w.submit(page, unticked(c.untick)...))
		holds(t, c.scope+" without "+c.untick, said(t, w.userInfo(got.Access).body), c.there, c.gone)
		if slices.Contains(c.gone, "email") {
			holds(t, "the ID token", said(t, got.ID), nil, []string{"email"})
		}
	}
}

func TestADeviceGetsWhatIsLeftTicked(t *testing.T) {
	w := newWorld(t)
	asked := w.tv("scope", "openid profile mail.read")
	w.submit(w.deviceConsent(asked.UserCode), unticked("mail.read")...)
	if got := tokensIn(t, w.poll(asked.DeviceCode)); got.Scope != "openid profile" {
		t.Errorf("granted %q", got.Scope)
	}
	asked = w.tv("scope", "mail.read")
	w.submit(w.deviceConsent(asked.UserCode), unticked("mail.read")...)
	if res := w.poll(asked.DeviceCode); !strings.Contains(res.body, "access_denied") {
		t.Errorf("nothing was left ticked, and the device is told %s", res.body)
	}
}

func TestOfflineAccessCanBeLeftOut(t *testing.T) {
	w := newWorld(t)
	page := w.authorize(hybrid("response_type", "code", "scope", "openid offline_access", "prompt", "consent")...)
	page = w.signIn(page, "jane")
	code := w.submit(page, unticked("offline_access")...).answer(t).Get("code")
	got := tokensIn(t, w.post(tokenURL,
		redeeming(code, "client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", "").Encode()))
	if got.Scope != "openid" {
		t.Errorf("granted %q", got.Scope)
	}
	w.submit(w.logout(), "decision", "approve")
	res := w.refresh(got.Refresh, "client_id", "hybrid-client", "client_secret", "hybrid-secret")
	if got.Refresh != "" && res.StatusCode == http.StatusOK {
		t.Error("access goes on after the person signed out, which they did not allow")
	}
}
