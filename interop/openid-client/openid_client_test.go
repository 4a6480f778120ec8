//go:build interop

// Package openidclient_test has openid-client, a certified relying party for
// Node.js, judge `grantwalk serve` over TLS. It needs Node.js and what `npm ci`
// installs in this folder; `make interop` sees to that.
package openidclient_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// The clients that the judge needs beside those of the lessons.
const (
	secret  = "a-secret-that-is-long-enough-for-hmac"
	clients = `
[[realm.client]]
client_id = "judge-post"
client_secret = "` + secret + `"
token_endpoint_auth_method = "client_secret_post"
grant_types = ["client_credentials"]
scope = "read:invoices"

[[realm.client]]
client_id = "judge-hmac"
client_secret = "` + secret + `"
token_endpoint_auth_method = "client_secret_jwt"
grant_types = ["client_credentials"]
scope = "read:invoices"

[[realm.client]]
client_id = "judge-hybrid"
client_secret = "` + secret + `"
redirect_uris = ["http://127.0.0.1/callback"]
grant_types = ["authorization_code", "implicit"]
response_types = ["code", "code id_token"]
scope = "openid email"

[[realm.client]]
client_id = "judge-signing"
token_endpoint_auth_method = "private_key_jwt"
redirect_uris = ["http://127.0.0.1/callback"]
grant_types = ["authorization_code", "client_credentials"]
scope = "openid email read:invoices"
jwks = '''%s'''
`
)

func TestACertifiedClientUsesTheProviderUnchanged(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "grantwalk")
	run(t, exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", program, "../.."))
	public, private := keyPair(t)
	config := append(run(t, exec.CommandContext(t.Context(), program, "serve", "--print-config")), fmt.Sprintf(clients, public)...)
	file, ca := filepath.Join(folder, "idp.toml"), filepath.Join(folder, "ca.pem")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	issuer := serve(t, program, "--config", file, "--tls", "--tls-ca-file", ca)
	registered, err := json.Marshal(map[string]string{
		"secret": secret, "post": "judge-post", "hmac": "judge-hmac", "hybrid": "judge-hybrid", "signing": "judge-signing",
	})
	if err != nil {
		t.Fatal(err)
	}
	judge := exec.CommandContext(t.Context(), "node", "--import", "./polyfill.mjs", "--test", "interop.test.mjs")
	judge.Env = append(os.Environ(), "ISSUER="+issuer, "NODE_EXTRA_CA_CERTS="+ca, "KEY="+private, "CLIENTS="+string(registered))
	t.Logf("%s", run(t, judge))
}

// run returns what a program printed, and fails with all of it when the program did.
func run(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out, errs.Bytes())
	}
	return out
}

// serve starts the server on a free port and returns the issuer that it prints.
func serve(t *testing.T, program string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	issuer := ""
	for issuer == "" && lines.Scan() {
		for _, word := range strings.Fields(lines.Text()) {
			if strings.HasPrefix(word, "https://") && strings.HasSuffix(word, "/realms/demo") {
				issuer = word
			}
		}
	}
	done := make(chan struct{})
	var log bytes.Buffer
	go func() {
		defer close(done)
		for lines.Scan() {
			log.WriteString(lines.Text() + "\n")
		}
	}()
	t.Cleanup(func() {
		stop()
		<-done
		_ = cmd.Wait() // it was ended
		if t.Failed() {
			t.Logf("the server said:\n%s", log.String())
		}
	})
	if issuer == "" {
		t.Fatal("the server named no issuer")
	}
	return issuer
}

func keyPair(t *testing.T) (public, private string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	whole := jose.JSONWebKey{Key: key, Algorithm: "ES256", Use: "sig", KeyID: "judge"}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{whole.Public()}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := whole.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(set), string(text)
}
