//go:build interop

// Package browser_test has clients for single-page apps judge the provider in a
// real browser.
package browser_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

func TestClientsForSinglePageAppsSignInRenewAndSignOut(t *testing.T) {
	bundles := t.TempDir()
	server := httptest.NewServer(apps(bundles))
	defer server.Close()
	served := court.Serve(t, court.Demo(t, "idp.toml", nil))
	// angular-oauth2-oidc allows plain http for localhost by that name alone.
	issuer := strings.Replace(served.Address, "127.0.0.1", "localhost", 1) + "/auth/realms/demo"
	judge := court.Command(t, "node", "judge.mjs")
	judge.Env = append(os.Environ(), "BUNDLES="+bundles, "APP="+strings.TrimPrefix(server.URL, "http://"),
		"ISSUER="+issuer,
		"CHROMIUM="+cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	for _, verdict := range court.Verdicts(court.Run(t, judge)) {
		verdict.Hold(t)
	}
}

// apps serves one page under every address; which app runs in it, the browser says by a cookie.
func apps(bundles string) http.Handler {
	pages := http.NewServeMux()
	pages.HandleFunc("/choose", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "app", Value: r.FormValue("app"), Path: "/"})
		http.Redirect(w, r, "/", http.StatusFound)
	})
	pages.HandleFunc("/app.js", func(w http.ResponseWriter, r *http.Request) {
		app, err := r.Cookie("app")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		http.ServeFile(w, r, filepath.Join(bundles, filepath.Base(app.Value)+".js"))
	})
	pages.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "page.html") })
	return pages
}
