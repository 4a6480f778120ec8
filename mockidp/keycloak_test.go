//go:build !race

package mockidp_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The adapter itself judges the provider in interop/keycloak; these are the
// points that it found.

func TestRefreshTokenHasAMiddleThatAdaptersForKeycloakDecode(t *testing.T) {
	w := newWorld(t)
	set := w.app("openid")
	for _, token := range []string{set.Refresh, tokensIn(t, w.refresh(set.Refresh)).Refresh} {
		parts := strings.Split(token, ".")
		var middle map[string]int64
		if len(parts) != 3 || json.Unmarshal(decoded(t, parts[1]), &middle) != nil || middle["exp"] != w.clock.Now().Unix()+3600 {
			t.Errorf("%s: %v", token, middle)
		}
	}
	parts := strings.Split(w.app("openid").Refresh, ".")
	if res := w.refresh(parts[0] + ".e30." + parts[2]); res.StatusCode == http.StatusOK {
		t.Error("another middle is taken for the same token")
	}
}

func TestBrowsersMaySendCookiesThatNobodyLooksAt(t *testing.T) {
	w := newWorld(t)
	for origin, want := range map[string]string{"http://localhost:3000": "true", "https://evil.example": ""} {
		for _, method := range []string{http.MethodOptions, http.MethodPost} {
			res := w.request(method, tokenURL, "", "Origin", origin)
			if got := res.Header.Get("Access-Control-Allow-Credentials"); got != want ||
				(res.Header.Get("Access-Control-Allow-Origin") == origin) != (want == "true") {
				t.Errorf("%s %s: %q", method, origin, got)
			}
		}
	}
}

// cookieCheckPage is the whole page: nothing of a request is in it.
const cookieCheckPage = `<!DOCTYPE html>
<title>Session frames are not supported</title>
<p>This provider has no frame that watches the session.</p>
<script>parent.postMessage("unsupported", "*")</script>
`

func TestSessionFramesAreHonestlyUnsupported(t *testing.T) {
	w := newWorld(t)
	res := w.get(oidcURL + "/3p-cookies/step1.html")
	if res.body != cookieCheckPage || res.Header.Get("X-Frame-Options") != "" || res.Header.Get("Set-Cookie") != "" {
		t.Errorf("%v %s", res.Header, res.body)
	}
	if doc := w.get(realmURL + "/.well-known/openid-configuration").body; strings.Contains(doc, "check_session") {
		t.Error(doc)
	}
}

func TestRolesOfAPersonAreInAccessTokensAndIntrospection(t *testing.T) {
	r := rulesRealm()
	r.People[0].Roles = []string{"user", "editor"}
	w := newWorld(t)
	w.browser = newBrowser(t, newProvider(t, mockidp.Config{Now: w.clock.Now, Realms: []mockidp.Realm{r}}))
	access, id := w.tokens("openid")
	claims := claimsOf(t, access)
	both, _ := json.Marshal([]any{claims["roles"], claims["realm_access"]})
	if string(both) != `[["user","editor"],{"roles":["user","editor"]}]` || claimsOf(t, id)["roles"] != nil {
		t.Errorf("%s", both)
	}
	if res := w.introspect(access); !strings.Contains(res.body, `"roles":["user","editor"]`) {
		t.Error(res.body)
	}
	plain, _ := newWorld(t).tokens("openid")
	if claims := claimsOf(t, plain); claims["roles"] != nil || claims["realm_access"] != nil {
		t.Errorf("%v", claims)
	}
}
