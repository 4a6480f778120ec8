//go:build !race

package mockidp_test

import (
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
