//go:build !race

package mockidp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// kidsOf lists what a realm signs with.
func kidsOf(t *testing.T, p *mockidp.Provider, realm string) map[string]string {
	t.Helper()
	var set struct{ Keys []struct{ Kid, Alg string } }
	res := newBrowser(t, p).get(p.Realm(realm).JWKSURL())
	if err := json.Unmarshal([]byte(res.body), &set); err != nil || len(set.Keys) == 0 {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	kids := map[string]string{}
	for _, k := range set.Keys {
		if kids[k.Alg] == "" { // the first signs
			kids[k.Alg] = k.Kid
		}
	}
	return kids
}

// twoWithKeys are realms a and b of a config.
func twoWithKeys(t *testing.T, change func(*mockidp.Config)) *mockidp.Provider {
	t.Helper()
	a, b := mockidp.StoryRealm(), mockidp.StoryRealm()
	a.Name, b.Name = "a", "b"
	cfg := mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{a, b}}
	change(&cfg)
	p, err := mockidp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEachRealmHasKeysOfItsOwn(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*mockidp.Config){
		"drawn":   func(*mockidp.Config) {},
		"derived": func(c *mockidp.Config) { c.SigningSeed = "correct horse battery staple" },
	} {
		p := twoWithKeys(t, change)
		a, b := kidsOf(t, p, "a"), kidsOf(t, p, "b")
		for alg, kid := range a {
			if b[alg] == kid {
				t.Errorf("%s: both realms sign with %s", name, kid)
			}
		}
		if err := p.RotateKeys(); err != nil {
			t.Fatal(err)
		}
		if kidsOf(t, p, "a")["ES256"] == a["ES256"] && kidsOf(t, p, "b")["ES256"] == b["ES256"] {
			t.Errorf("%s: nothing was rotated", name)
		}
	}
	shared := twoWithKeys(t, func(c *mockidp.Config) { c.Keys = keys(t) })
	if kidsOf(t, shared, "a")["ES256"] != kidsOf(t, shared, "b")["ES256"] {
		t.Error("realms do not share the keys that were given for all")
	}
}

// What a server gave out yesterday is good after it was started again.
func TestTokensOutliveTheProcessBySeedOrFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.pem")
	writeKey(t, file)
	for name, change := range map[string]func(*mockidp.Config){
		"seed": func(c *mockidp.Config) { c.SigningSeed = "correct horse battery staple" },
		"file": func(c *mockidp.Config) { c.Realms[0].SigningKeysFile = file },
	} {
		set := func(c *mockidp.Config) {
			change(c)
			c.Realms[0] = c.Realms[0].WithClient("mobile-pkce-client", func(c *mockidp.Client) { c.IDTokenSignedResponseAlg = "ES256" })
		}
		before, after := twoWithKeys(t, set), twoWithKeys(t, set)
		token, err := before.Realm("a").IDToken(mockidp.Token{Client: "mobile-pkce-client", Person: "jane", Scope: "openid"})
		if err != nil {
			t.Fatal(err)
		}
		hint := newBrowser(t, after).get(after.Realm("a").EndSessionURL() + "?id_token_hint=" + token)
		if hint.check != nil {
			t.Errorf("%s: after the next start %+v", name, hint.check)
		}
	}
}

func writeKey(t *testing.T, file string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestKeysThatCannotBeReadAreRefusedWithTheKeyOfTheConfig(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*mockidp.Realm, *mockidp.Config){
		"signing_keys_file (Realm.SigningKeysFile): " + dir: func(r *mockidp.Realm, _ *mockidp.Config) { r.SigningKeysFile = dir },
		empty + ": holds":                     func(r *mockidp.Realm, _ *mockidp.Config) { r.SigningKeysFile = empty },
		"missing.pem: no such file":           func(r *mockidp.Realm, _ *mockidp.Config) { r.SigningKeysFile = filepath.Join(dir, "missing.pem") },
		"there are Keys as well":              func(r *mockidp.Realm, _ *mockidp.Config) { r.SigningKeysFile, r.Keys = empty, keys(t) },
		"signing_seed (Config.SigningSeed): ": func(_ *mockidp.Realm, c *mockidp.Config) { c.SigningSeed = "short" },
	} {
		cfg := mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{mockidp.StoryRealm()}}
		change(&cfg.Realms[0], &cfg)
		if _, err := mockidp.New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
