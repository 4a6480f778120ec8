//go:build interop

// Package proxies_test has gates that stand before an app judge the provider:
// oauth2-proxy, and Apache with mod_auth_openidc.
package proxies_test

import (
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/interop/court"
)

// gate is a proxy that runs.
type gate struct {
	address string
	served  court.Served
}

// settings writes a file of settings with its places filled in, and more below it.
func (g gate) settings(t *testing.T, file, more string, values map[string]string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	values["ADDRESS"], values["ISSUER"] = g.address, g.served.Issuer
	there := filepath.Join(t.TempDir(), file)
	filled := os.Expand(more+string(text), func(name string) string { return values[name] })
	if err := os.WriteFile(there, []byte(filled), 0o600); err != nil {
		t.Fatal(err)
	}
	return there
}

// runs starts the gate and returns when it answers.
func (g gate) runs(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := court.Command(t, name, args...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }() // it is killed below
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
		if t.Failed() {
			t.Logf("%s said:\n%s", name, said.String())
		}
	})
	client := http.Client{Timeout: time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if response, err := client.Get("http://" + g.address + "/"); err == nil { //nolint:noctx // it has a timeout
			_ = response.Body.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s ended", name)
		case <-tick.C:
		}
	}
}

func TestOAuth2ProxyLetsInWhoSignedIn(t *testing.T) {
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "user %s, mail %s", r.Header.Get("X-Forwarded-User"), r.Header.Get("X-Forwarded-Email"))
	}))
	defer app.Close()
	g := gate{address: court.FreeAddress(t)}
	g.served = court.Serve(t, court.Demo(t, "idp.toml", map[string]string{"APACHE": court.FreeAddress(t)}))
	program := cmp.Or(os.Getenv("GRANTWALK_OAUTH2_PROXY"), "../../build/oauth2-proxy")
	config := g.settings(t, "oauth2-proxy.cfg", "", map[string]string{"APP": strings.TrimPrefix(app.URL, "http://")})
	g.runs(t, program, "--config", config)
	verdict := court.Client("oauth2-proxy", version(t, "oauth2-proxy.mod", `oauth2-proxy/v7 v(\S+)`))

	jane := court.NewPerson(t, court.Browser{})
	if page := jane.Visit("http://" + g.address + "/"); page.Body != "user user-jane, mail jane@example.com" {
		t.Fatalf("the app is told %d %q at %s", page.Status, page.Body, page.Address)
	}
	verdict.Proved("signs in with PKCE; the app behind it is told who it is and, from UserInfo, the e-mail")
	verdict.Hold(t)
}

func TestApacheLetsInWhoSignedIn(t *testing.T) {
	g := gate{address: court.FreeAddress(t)}
	g.served = court.Serve(t, court.Demo(t, "idp.toml", map[string]string{"APACHE": g.address}))
	root := t.TempDir()
	for _, name := range []string{"index.html", "bye"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte("inside"), 0o644); err != nil { //nolint:gosec // Apache reads it
			t.Fatal(err)
		}
	}
	// Apache is another user where the test is root.
	for folder := root; len(folder) > len(os.TempDir()); folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil { //nolint:gosec // likewise
			t.Fatal(err)
		}
	}
	g.runs(t, "/usr/sbin/apache2", "-DFOREGROUND", "-f", g.settings(t, "apache.conf", apache, map[string]string{"ROOT": root}))
	debian := court.Run(t, court.Command(t, "dpkg-query", "-W", "-f", "${Version}", "libapache2-mod-auth-openidc"))
	upstream, _, _ := strings.Cut(string(debian), "-")
	verdict := court.Client("mod_auth_openidc", upstream)

	jane := court.NewPerson(t, court.Browser{})
	home := "http://" + g.address + "/"
	if page := jane.Visit(home); page.Body != "inside" || page.Address.String() != home {
		t.Fatalf("Apache shows %d at %s: %q", page.Status, page.Address, page.Body)
	}
	verdict.Proved("signs in with PKCE, and lets in by a claim of UserInfo")
	page := jane.Visit("http://" + g.address + "/oidc/callback?logout=" + url.QueryEscape("http://"+g.address+"/bye"))
	if page.Address.Path != "/bye" || page.Body != "inside" {
		t.Fatalf("the logout ends with %d at %s", page.Status, page.Address)
	}
	if page := jane.VisitOnly(home); !strings.Contains(page.Body, `type="password"`) {
		t.Fatalf("somebody is still signed in: %d at %s", page.Status, page.Address)
	}
	verdict.Proved("RP-initiated logout ends both sessions and comes back")

	jane.Visit(home)
	jane.Visit(g.served.Issuer + "/protocol/openid-connect/logout")
	told := false
	for range 1000 { // the provider answers the person first, and tells Apache then
		if page := jane.VisitOnly(home); page.Body != "inside" {
			told = true
			break
		}
	}
	if !told {
		t.Fatal("Apache did not hear of the logout")
	}
	verdict.Proved("back-channel logout ends its session when the person signs out at the provider")
	verdict.Hold(t)
}

// apache is what Apache needs beside the settings of the module.
const apache = `
Listen ${ADDRESS}
ServerName ${ADDRESS}
PidFile ${ROOT}/pid
ErrorLog /dev/stderr
User www-data
Group www-data
DocumentRoot ${ROOT}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule auth_openidc_module /usr/lib/apache2/modules/mod_auth_openidc.so
`

// version finds in a file which version is pinned.
func version(t *testing.T, file, pattern string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		t.Fatalf("%s names no version", file)
	}
	return string(found[1])
}
