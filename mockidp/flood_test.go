package mockidp_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// from posts a form as a caller at an address and returns the rule it broke.
func from(p http.Handler, remote, address, body string) (status int, broken string) {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body)) //nolint:noctx // in memory
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = remote
	r = r.WithContext(trace.WithRecorder(r.Context(), func(c trace.Check) {
		if c.Result == trace.Fail {
			broken = c.ID
		}
	}))
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Code, broken
}

// guess tries a password over the password grant.
func guess(p http.Handler, remote, username, password string) string {
	_, broken := from(p, remote, tokenURL,
		"grant_type=password&client_id=legacy-password-client&scope=openid&username="+username+"&password="+password)
	return broken
}

func TestACustomerWithManyAddressesIsOneCaller(t *testing.T) {
	w := everythingOn(t)
	for i := range 25 {
		guess(w.p, fmt.Sprintf("[2001:db8:1:2:%x::1]:9", i), fmt.Sprintf("nobody-%d", i), "x")
	}
	if broken := guess(w.p, "[2001:db8:1:2:ffff::1]:9", "jane", "jane"); broken != "attempts-left" {
		t.Errorf("another address of the same network: %q", broken)
	}
	if broken := guess(w.p, "[2001:db8:1:3::1]:9", "jane", "jane"); broken != "" {
		t.Errorf("another customer: %q", broken)
	}
}

func TestOthersAtTheSameAddressCannotLockABrowserOut(t *testing.T) {
	w := everythingOn(t)
	jane, other := newBrowser(t, w.p), newBrowser(t, w.p)
	jane.signIn(jane.authorize(), "jane")
	for i := range 25 {
		guess(w.p, "192.0.2.1:1", fmt.Sprintf("nobody-%d", i), "x")
	}
	if res := other.signIn(other.authorize(), "jane"); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("a browser that nobody knows: %+v", res.check)
	}
	if res := jane.signIn(jane.authorize("prompt", "login"), "sam"); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("a browser that knows somebody else: %+v", res.check)
	}
	if res := jane.signIn(jane.authorize("prompt", "login"), "jane"); res.check != nil {
		t.Errorf("the browser of jane: %+v", res.check)
	}
	page := jane.authorize("prompt", "login")
	for range 5 {
		page = jane.submit(page, "username", "jane", "password", "x")
	}
	if res := jane.signIn(page, "jane"); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("its own failures do not count: %+v", res.check)
	}
}

// flood is one kind of request that strangers can send as often as they like.
type flood struct {
	kind string
	n    int
	full string // the shelf that it fills, if any
	send func(w *world, i int)
}

func floods() []flood {
	return []flood{
		{"authorization", 500, "", func(w *world, i int) { w.reset(); w.authorize("state", fmt.Sprint(i)) }},
		{"sign-in", 500, "", func(w *world, i int) {
			from(w.p, address(i), authURL+"/sign-in", "username=jane&password=x&form=x&csrf_token=x")
		}},
		{"password", 8300, "failed", func(w *world, i int) { guess(w.p, address(i), fmt.Sprint("nobody-", i), "x") }},
		{
			"device-authorization", 4200, "devices",
			func(w *world, i int) { from(w.p, address(i), authURL+"/device", "client_id=tv-client&scope=openid") },
		},
		{"pushed-authorization", 2100, "pushed", func(w *world, i int) {
			from(w.p, address(i), oidcURL+"/ext/par/request", with("state", fmt.Sprint(i)).Encode())
		}},
		{"device", 500, "", func(w *world, _ int) { w.reset(); w.get(realmURL + "/device") }},
		{"token", 500, "", func(w *world, i int) { from(w.p, address(i), tokenURL, redeeming(fmt.Sprint("made-up-", i)).Encode()) }},
		{"client credentials", 500, "", func(w *world, _ int) {
			w.post(tokenURL, asService().Encode(), "Authorization", basic("my-service-client", "my-service-secret"))
		}},
		{"userinfo", 500, "", func(w *world, i int) { w.userInfo(fmt.Sprintf("e30.e30.%d", i)) }},
		{"registration", 1100, "registered", func(w *world, i int) {
			w.post(realmURL+"/clients-registrations/openid-connect", fmt.Sprintf(`{"redirect_uris":["https://app-%d.example/cb"]}`, i),
				"Content-Type", "application/json")
		}},
		{"logout", 500, "", func(w *world, i int) { w.get(oidcURL + "/logout?state=" + fmt.Sprint(i)) }},
	}
}

func address(i int) string { return fmt.Sprintf("10.%d.%d.%d:1", i>>16&255, i>>8&255, i&255) }

// check looks at what a flood has left, and at what is left of that later.
func (f *flood) check(t *testing.T, w *world) {
	t.Helper()
	caps, filled := mockidp.Caps(), w.p.Kept("demo")
	for shelf, kept := range filled {
		if kept > caps[shelf] || shelf == f.full && kept != caps[shelf] {
			t.Errorf("%d %s are kept, the cap is %d", kept, shelf, caps[shelf])
		}
	}
	w.clock.Advance(40 * 24 * time.Hour)
	f.send(w, f.n)
	for shelf, kept := range w.p.Kept("demo") {
		if shelf != "registered" && filled[shelf] > 2 && kept > 2 {
			t.Errorf("%d %s are still there after 40 days", kept, shelf)
		}
	}
}

func TestSessionsOfOnePersonLeaveRoomForOthers(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	w.signIn(w.authorize("scope", "openid"), "sam")
	sent := with("scope", "openid", "prompt", "login").Encode()
	for range 100 {
		b := newBrowser(t, w.p)
		b.signIn(b.get(authURL+"?"+sent), "jane")
	}
	w.p.FillSessions("demo", "jane")
	if n := w.p.Kept("demo")["sessions"]; n != mockidp.Caps()["sessions"] {
		t.Errorf("%d sessions", n)
	}
	watch := w.p.Watch(1)
	defer watch.Stop()
	for _, want := range [][]string{{"sessions"}, nil} {
		w.p.FillSessions("demo", "jane")
		w.get(realmURL + "/.well-known/openid-configuration")
		if told := (<-watch.Exchanges()).Limits; !slices.Equal(told, want) {
			t.Errorf("that the sessions are full is told as %v, want %v once a minute", told, want)
		}
	}
	if res := w.authorize("scope", "openid", "prompt", "consent"); strings.Contains(res.body, `name="password"`) {
		t.Error("sam's session is gone")
	}
}
