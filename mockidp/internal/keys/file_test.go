package keys

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// kids lists what a set publishes, by algorithm, without making a key.
func kids(t *testing.T, k *Set) map[string][]string {
	t.Helper()
	set, err := k.Public(nil, noon())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, key := range set.Keys {
		found[key.Algorithm] = append(found[key.Algorithm], key.KeyID)
	}
	return found
}

func ecKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func pemOf(t *testing.T, key *ecdsa.PrivateKey) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func jwksOf(t *testing.T, keys ...jose.JSONWebKey) string {
	t.Helper()
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The demonstration key was written by openssl.
func TestTheFirstKeyOfAFileSignsAndTheOthersArePublished(t *testing.T) {
	first, second := ecKey(t), ecKey(t)
	k := &Set{}
	const certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
	if err := k.Load([]byte(certificate + pemOf(t, first) + string(demoKeyPEM) + pemOf(t, second))); err != nil {
		t.Fatal(err)
	}
	published := kids(t, k)
	if len(published["ES256"]) != 2 || len(published["RS256"]) != 1 {
		t.Errorf("published are %v", published)
	}
	token, err := k.Sign(jose.ES256, "JWT", map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	if j := ParseJWT(token); j.KeyID != published["ES256"][0] || k.Verify(j, noon()) != nil {
		t.Errorf("signed with %s of %v", j.KeyID, published["ES256"])
	}
	old := &Set{}
	if err := old.Use(second); err != nil {
		t.Fatal(err)
	}
	token, err = old.Sign(jose.ES256, "JWT", map[string]string{"a": "b"})
	if err != nil || k.Verify(ParseJWT(token), noon().Add(9999*time.Hour)) != nil {
		t.Errorf("what the second key signed is not good (%v)", err)
	}
}

func TestAKeyOfAJWKSetKeepsItsName(t *testing.T) {
	k := &Set{}
	if err := k.Load([]byte(jwksOf(t, jose.JSONWebKey{Key: ecKey(t), KeyID: "of-my-own", Algorithm: "ES256"}))); err != nil {
		t.Fatal(err)
	}
	if got := kids(t, k)["ES256"]; !slices.Equal(got, []string{"of-my-own"}) {
		t.Errorf("it is called %v", got)
	}
}

func TestAFileThatHoldsNoUsableKeySaysWhy(t *testing.T) {
	key := ecKey(t)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":            "no private key",
		"password":    "no private key",
		"{":           "no JWK Set",
		`{"keys":[]}`: "no private key",
		jwksOf(t, jose.JSONWebKey{Key: key.Public()}):                   "key 1 is public",
		jwksOf(t, jose.JSONWebKey{Key: []byte("secret")}):               "symmetric",
		jwksOf(t, jose.JSONWebKey{Key: key, Algorithm: "RS256"}):        "key 1 says alg RS256",
		jwksOf(t, jose.JSONWebKey{Key: key, KeyID: `a"b`}):              "kid",
		jwksOf(t, jose.JSONWebKey{Key: key}, jose.JSONWebKey{Key: key}): "key 2 has the kid",
		pemOf(t, p384):                    "PEM block 1: an ECDSA key is on P-384",
		pemBlock("PRIVATE KEY"):           "PEM block 1 (PRIVATE KEY)",
		pemBlock("ENCRYPTED PRIVATE KEY"): "passphrase",
	} {
		if err := new(Set).Load([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

// These names were written down once; another one means that every realm with a
// seed gets new keys by an update of the program.
func TestASeedGivesTheSameKeysForEver(t *testing.T) {
	want := map[jose.SignatureAlgorithm]string{
		jose.ES256: "2O54rK7TanT0h__rt0Let9CgOVgcH-I-3LDdUvHEC0Y",
		jose.EdDSA: "md5A80N9xFVLeVKLO7uNvhuHhrq7bahLwVwrMl_kcwk",
		jose.RS256: "iNRpjzr3aI7ZDMqShamY7CvJeqmI8pkmOyDgPepQ9V8",
	}
	for alg, kid := range want {
		k := seeded(t, "correct horse battery staple", "demo")
		token, err := k.Sign(alg, "JWT", map[string]string{"a": "b"})
		if err != nil {
			t.Fatal(err)
		}
		if j := ParseJWT(token); j.KeyID != kid || k.Verify(j, noon()) != nil {
			t.Errorf("%s: the key is called %s, want %s", alg, j.KeyID, kid)
		}
	}
}

func seeded(t *testing.T, secret, name string) *Set {
	t.Helper()
	k := &Set{}
	if err := k.Seed(secret, name); err != nil {
		t.Fatal(err)
	}
	return k
}

func es256Name(t *testing.T, k *Set) string {
	t.Helper()
	token, err := k.Sign(jose.ES256, "JWT", map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	return ParseJWT(token).KeyID
}

func TestAnotherSeedNameOrTurnGivesAnotherKey(t *testing.T) {
	const secret = "correct horse battery staple"
	rotated := seeded(t, secret, "demo")
	first := es256Name(t, rotated)
	if err := rotated.Rotate(noon(), time.Hour); err != nil {
		t.Fatal(err)
	}
	names := []string{first, es256Name(t, rotated), es256Name(t, seeded(t, secret, "shop")), es256Name(t, seeded(t, secret+"!", "demo"))}
	slices.Sort(names)
	if len(slices.Compact(names)) != 4 {
		t.Errorf("keys are called %v", names)
	}
	if err := new(Set).Seed("short", "demo"); err == nil || !strings.Contains(err.Error(), "at least 16") {
		t.Errorf("a short seed: %v", err)
	}
}

func TestASetThatTakesThePlaceOfAnotherGoesOnVerifying(t *testing.T) {
	old, next := seeded(t, "correct horse battery staple", "a"), seeded(t, "correct horse battery staple", "b")
	token, err := old.Sign(jose.ES256, "JWT", map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	next.Succeed(old, noon(), time.Hour)
	if next.Verify(ParseJWT(token), noon().Add(time.Minute)) != nil {
		t.Error("what was signed before is not good any more")
	}
	if next.Verify(ParseJWT(token), noon().Add(2*time.Hour)) == nil {
		t.Error("what was signed before is good for ever")
	}
	if es256Name(t, next) == ParseJWT(token).KeyID {
		t.Error("it signs with the old key")
	}
}

// pemBlock is a block of that kind that holds no key.
func pemBlock(kind string) string {
	return "-----BEGIN " + kind + "-----\nAAAA\n-----END " + kind + "-----\n"
}
