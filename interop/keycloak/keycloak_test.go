//go:build interop

// Package keycloak_test has Keycloak's own JavaScript adapter judge the
// provider, in a real browser.
package keycloak_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

func TestAnAppMadeForKeycloakWorksByChangingTheHostOnly(t *testing.T) {
	files := http.NewServeMux()
	files.Handle("/", http.FileServer(http.Dir("app")))
	files.HandleFunc("/keycloak.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "../node_modules/keycloak-js/lib/keycloak.js")
	})
	server := httptest.NewServer(files)
	defer server.Close()
	// Another site than the provider's, which makes it harder for the adapter.
	app := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	served := court.Serve(t, court.Demo(t, "idp.toml", map[string]string{"APP": app}))

	judge := court.Command(t, "node", "judge.mjs")
	judge.Env = append(os.Environ(), "PROVIDER="+served.Address, "APP="+app, "CHROMIUM="+cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	printed := court.Run(t, judge)
	for _, verdict := range court.Verdicts(append([]byte("== keycloak-js "+court.Installed(t, "keycloak-js")+"\n"), printed...)) {
		verdict.Hold(t)
	}
}
