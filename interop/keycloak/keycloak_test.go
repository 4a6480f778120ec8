//go:build interop

// Package keycloak_test has Keycloak's own JavaScript adapter judge the
// provider, in a real browser. It needs Node.js and Chromium, and what `npm ci`
// installs in this folder; `make interop-browser` sees to that.
package keycloak_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestAnAppMadeForKeycloakWorksByChangingTheHostOnly(t *testing.T) {
	files := http.NewServeMux()
	files.Handle("/", http.FileServer(http.Dir("app")))
	files.HandleFunc("/keycloak.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "node_modules/keycloak-js/lib/keycloak.js")
	})
	server := httptest.NewServer(files)
	defer server.Close()
	// Another site than the provider's, which makes it harder for the adapter.
	app := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)

	realm := mockidp.StoryRealm()
	realm.People[0].Roles = []string{"user", "editor"}
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "keycloak-app", RedirectURIs: []string{app + "/", app + "/silent.html"},
		ClientLogout: mockidp.ClientLogout{PostLogoutRedirectURIs: []string{app + "/"}},
		GrantTypes:   []string{"authorization_code", "refresh_token"}, Scope: "openid profile email",
	}, mockidp.Client{
		ClientID: "keycloak-legacy", RedirectURIs: []string{app + "/"}, Scope: "openid profile email",
		GrantTypes:    []string{"authorization_code", "implicit", "refresh_token"},
		ResponseTypes: []string{"id_token token", "code id_token token"},
	})
	p := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}})
	watch := p.Watch(4096)

	judge := exec.CommandContext(t.Context(), "node", "judge.mjs")
	judge.Env = append(os.Environ(),
		"PROVIDER="+strings.TrimSuffix(p.Issuer("demo"), "/realms/demo"), "APP="+app,
		"CHROMIUM="+cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	out, err := judge.CombinedOutput()
	t.Logf("%s", out)
	if err == nil {
		return
	}
	t.Error(err)
	watch.Stop()
	for e := range watch.Exchanges() {
		t.Logf("%s %s %d %s %+v", e.Method, e.Path, e.Status, e.Client, e.Check)
	}
}
