//go:build !race

package mockidp_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// many has a client of the realm hold more access tokens than there is room for.
func (w *world) many(client string) {
	w.t.Helper()
	realm := w.p.Realm("demo")
	for range mockidp.Caps()["tokens"] + 10 {
		if _, err := realm.AccessToken(mockidp.Token{Client: client, Scope: "mail.read"}); err != nil {
			w.t.Fatal(err)
		}
	}
}

func opaqueRealm() mockidp.Realm {
	r := rulesRealm()
	for _, id := range []string{"opaque-one", "opaque-two"} {
		r.Clients = append(r.Clients, mockidp.Client{
			ClientID: id, ClientSecret: "s3cret", AccessTokenFormat: "opaque", RedirectURIs: []string{callback}, GrantTypes: []string{"client_credentials", "authorization_code"},
		})
	}
	return r
}

func (w *world) accessToken(client string) string {
	w.t.Helper()
	token, err := w.p.Realm("demo").AccessToken(mockidp.Token{Client: client, Person: "jane"})
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}

// RFC 6749 section 5.1: a token is good for as long as expires_in says, however
// many others there are. Whatever comes, no more is kept than the limits say.
func TestAGoodTokenIsNotCalledRevokedBecauseThereAreManyNewerOnes(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, opaqueRealm())
	good, gone, mine := w.accessToken("opaque-one"), w.accessToken("opaque-two"), w.accessToken("spring-client-app")
	w.many("opaque-two")
	if res := w.userInfo(good); res.StatusCode != http.StatusOK {
		t.Errorf("the token of a client pays for the many of another: %d %s", res.StatusCode, res.body)
	}
	if res := w.userInfo(mine); res.StatusCode != http.StatusOK {
		t.Errorf("a JWT pays for the many of another client: %d %s", res.StatusCode, res.body)
	}
	if res := w.userInfo(gone); res.StatusCode != http.StatusUnauthorized || strings.Contains(res.body, "revoked") ||
		!strings.Contains(res.body, "very many") {
		t.Errorf("an opaque token that was forgotten: %d %s", res.StatusCode, res.body)
	}
	for name, n := range w.p.Kept("demo") {
		if n > mockidp.Caps()[name] {
			t.Errorf("%s: %d are kept, at most %d may be", name, n, mockidp.Caps()[name])
		}
	}
}

func TestAClassBehindOneAddressIsNotShutOut(t *testing.T) {
	w := newWorld(t)
	for i := range 60 {
		b := newBrowser(t, w.p)
		b.signIn(b.get(authURL+"?"+with().Encode()), "pupil-"+strconv.Itoa(i))
	}
	for range 5 {
		b := newBrowser(t, w.p)
		page := b.get(authURL + "?" + with().Encode())
		for range 5 {
			page = b.submit(page, "username", "jane", "password", "x")
		}
		if res := b.signIn(page, "jane"); res.check == nil || res.check.ID != "attempts-left" {
			t.Fatalf("a browser that failed 5 times may try again: %+v", res.check)
		}
	}
	b := newBrowser(t, w.p)
	if res := b.signIn(b.get(authURL+"?"+with().Encode()), "jane"); res.check != nil {
		t.Errorf("jane can't sign in: %+v", res.check)
	}
}

func TestAPersonIsGuardedFromManyBrowsers(t *testing.T) {
	w := newWorld(t)
	try := func() reply {
		b := newBrowser(t, w.p)
		return b.submit(b.get(authURL+"?"+with().Encode()), "username", "jane", "password", "x")
	}
	for range 100 {
		try()
	}
	if res := try(); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("the 101st guess with a new browser each: %+v", res.check)
	}
}

func TestEveryLimitHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range mockidp.Limits() {
		if seen[l.Name] || l.Most < 1 || l.Of == "" || l.Share == "" || !strings.HasSuffix(l.Then, ".") {
			t.Errorf("%+v", l)
		}
		seen[l.Name] = true
		if mockidp.LimitNamed(l.Name) != l {
			t.Errorf("%s is not found by its name", l.Name)
		}
	}
	if n := len(mockidp.Caps()); n != len(seen) {
		t.Errorf("%d stores have a limit, %d are told of", n, len(seen))
	}
}
