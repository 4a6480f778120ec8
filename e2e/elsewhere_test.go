//go:build e2e

package e2e_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// elsewhere is a provider that serves in a program of its own, and can be looked on at.
type elsewhere struct {
	t            *testing.T
	issuer       string
	control, key string
}

// shop is the config of a realm with one app and one person.
func shop(app *careless) string {
	return fmt.Sprintf(`[[realm]]
name = "demo"

[[realm.client]]
client_id = %q
client_secret = %q
redirect_uris = ["%s/callback"]
grant_types = ["authorization_code", "refresh_token"]
backchannel_logout_uri = "%s/logout"
pkce_optional = true
trusted = true

[[realm.person]]
username = "jane"
password = "jane"

[[realm.person]]
username = "john"
password = "john"
`, app.id, app.secret, app.URL, app.URL)
}

// serves starts the program as a server with such a config, and has the app log in there.
func (s *stage) serves(t *testing.T, app *careless) *elsewhere {
	t.Helper()
	config := filepath.Join(t.TempDir(), "idp.toml")
	if err := os.WriteFile(config, []byte(shop(app)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), s.binary, "serve", "--listen", "127.0.0.1:0", "--control", "--config", config)
	cmd.Env = s.env()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	e, read := &elsewhere{t: t}, make(chan struct{})
	said, lines := "", bufio.NewScanner(out)
	for e.control == "" || e.issuer == "" {
		if !lines.Scan() {
			t.Fatalf("the server does not say where it is:\n%s", said)
		}
		said += lines.Text() + "\n"
		if found := regexp.MustCompile(`control +(\S+)  key (\S+)`).FindStringSubmatch(lines.Text()); found != nil {
			e.control, e.key = found[1], found[2]
		}
		if _, issuer, ok := strings.Cut(lines.Text(), "issuer     "); ok {
			e.issuer = issuer
		}
	}
	go func() {
		defer close(read)
		for lines.Scan() { // a log that nobody reads holds the server up
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-read
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	app.of(e.issuer)
	return e
}

// orders orders something as a script does.
func (e *elsewhere) orders(method, path, body string) {
	e.t.Helper()
	r, err := http.NewRequestWithContext(e.t.Context(), method, strings.TrimSuffix(e.control, "/trouble")+path, strings.NewReader(body))
	if err != nil {
		e.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+e.key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		e.t.Fatalf("%s %s is answered with %d", method, path, answer.StatusCode)
	}
}
