//go:build interop

// Package openidclient_test has openid-client, a certified relying party for
// Node.js, judge the provider over TLS.
package openidclient_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/interop/court"
)

// secret is long enough for HMAC.
const secret = "a-secret-that-is-long-enough-for-hmac"

func TestACertifiedClientUsesTheProviderUnchanged(t *testing.T) {
	public, private := keyPair(t)
	served := court.ServeTLS(t, court.Demo(t, "idp.toml", map[string]string{"SECRET": secret, "JWKS": public}))
	registered, err := json.Marshal(map[string]string{
		"secret": secret, "post": "judge-post", "hmac": "judge-hmac", "hybrid": "judge-hybrid", "signing": "judge-signing",
	})
	if err != nil {
		t.Fatal(err)
	}
	judge := court.Command(t, "node", "--import", "./polyfill.mjs", "--test-reporter=tap", "--test", "interop.test.mjs")
	judge.Env = append(os.Environ(), "ISSUER="+served.Issuer, "NODE_EXTRA_CA_CERTS="+served.CA, "KEY="+private, "CLIENTS="+string(registered))
	printed := court.Run(t, judge)
	verdict := court.Client("openid-client", court.Installed(t, "openid-client"))
	for _, line := range regexp.MustCompile(`(?m)^ok \d+ - (.*)$`).FindAllSubmatch(printed, -1) {
		verdict.Proved(string(line[1]))
	}
	verdict.Hold(t)
}

func TestACertifiedClientSitsTheExamOverTLS(t *testing.T) {
	version := court.Installed(t, "openid-client")
	verdict := court.Examine(t, "openid-client", version, []string{"--tls"}, func(issuer, ca, port string) *exec.Cmd {
		app := court.Command(t, "node", "--import", "./polyfill.mjs", "exam_app.mjs")
		app.Env = append(os.Environ(), "ISSUER="+issuer, "NODE_EXTRA_CA_CERTS="+ca, "PORT="+port)
		return app
	})
	verdict.Hold(t)
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
