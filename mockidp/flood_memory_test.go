//go:build !race

package mockidp_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A stranger who sends very many requests cannot make the provider keep more
// than its caps, and what it keeps is gone when its time is over.
func TestStrangersCannotFillTheMemory(t *testing.T) {
	t.Parallel()
	for _, f := range floods() {
		t.Run(f.kind, func(t *testing.T) {
			w := everythingOn(t)
			for i := range f.n {
				f.send(w, i)
			}
			f.check(t, w)
		})
	}
}

// A full shelf makes room at the cost of whoever filled it.
func TestAFloodPushesOutItsOwn(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	page := w.authorize()
	uri := w.pushedURI("client_id", "par-client", "redirect_uri", "https://accounts.example/callback", "scope", "openid")
	device := w.tv()
	for i := range 4200 {
		r := httptest.NewRequest(http.MethodGet, authURL+"?"+with().Encode(), nil) //nolint:noctx // in memory
		r.RemoteAddr = "192.0.2.66:1"
		w.p.ServeHTTP(httptest.NewRecorder(), r)
		from(w.p, "192.0.2.66:1", authURL+"/device", "client_id=tv-client&scope=openid")
		if i < 2100 {
			from(w.p, "192.0.2.66:1", oidcURL+"/ext/par/request", with().Encode())
		}
	}
	if res := w.signIn(page, "jane"); res.check != nil {
		t.Errorf("the form of somebody else is gone: %+v", res.check)
	}
	if res := w.openPushed(uri, "client_id", "par-client"); res.check != nil {
		t.Errorf("the pushed request of another client is gone: %+v", res.check)
	}
	if res := w.poll(device.DeviceCode); errorOf(res) != "authorization_pending" {
		t.Errorf("the device of somebody else is gone: %d %s", res.StatusCode, res.body)
	}
}

func TestAFloodOfNamesDoesNotWinMoreGuesses(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	const here = "192.0.2.7:1"
	for i := range 25 {
		guess(w.p, here, fmt.Sprintf("nobody-%d", i), "x")
	}
	if broken := guess(w.p, here, "jane", "jane"); broken != "attempts-left" {
		t.Fatalf("the 26th attempt: %q", broken)
	}
	for i := range 10_000 {
		guess(w.p, here, fmt.Sprintf("flood-%d", i), "x")
	}
	if broken := guess(w.p, here, "jane", "jane"); broken != "attempts-left" {
		t.Errorf("after a flood the counts are gone: %q", broken)
	}
	if n := w.p.Kept("demo")["failed"]; n > 50 {
		t.Errorf("one address fills %d counts", n)
	}
}

func TestFloodOfRegistrationsPushesOutOnlyWhatNobodyUses(t *testing.T) {
	t.Parallel()
	w := strangers(t)
	used, idle := w.newcomer(), w.newcomer()
	code := w.code("client_id", used.ID, "scope", "openid")
	w.post(tokenURL, redeeming(code, "client_id", "").Encode(), "Authorization", basic(used.ID, used.Secret))
	for range 1100 {
		w.newcomer()
	}
	if res := w.manage(used, http.MethodGet, ""); res.StatusCode != http.StatusOK {
		t.Errorf("the client that is used is gone: %d", res.StatusCode)
	}
	if res := w.manage(idle, http.MethodGet, ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the oldest that nobody used is still there: %d", res.StatusCode)
	}
}

func TestManyDevicesThatWaitPushOutTheOldest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.tv()
	for range 4096 {
		w.tv()
	}
	if res := w.poll(first.DeviceCode); res.check == nil || res.check.ID != "device-code-known" {
		t.Errorf("%+v", res.check)
	}
}
