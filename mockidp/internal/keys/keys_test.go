package keys

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func noon() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }

func TestTokensAreReadExactly(t *testing.T) {
	for _, token := range []string{
		"", ".", "..", "e30.e30", "e30.e30.e30.e30", "e30=.e30.e30", "e31.e30.e30", "bnVsbA.e30.e30", "e30.W10.e30",
		"e30.e30.e3", "e30.e30.e\n30", "e30\n.e30.e30", "e30.e30e30.",
	} {
		if j := ParseJWT(token, &struct{}{}); j.Malformed == "" {
			t.Errorf("%q passes for a JWT", token)
		}
	}
	if j := ParseJWT("e30.e30.e30", &struct{}{}); j.Malformed != "" {
		t.Error(j.Malformed)
	}
}

func TestClaimsOfAnotherTypeAreNoJWT(t *testing.T) {
	var claims struct {
		Expires int64 `json:"exp"`
	}
	if j := ParseJWT("e30.eyJleHAiOiJ4In0.e30", &claims); j.Malformed == "" {
		t.Error("an exp that is a text passes for a number")
	}
}

// signed returns a set and a token of it.
func signed(t *testing.T, alg jose.SignatureAlgorithm) (*Set, JWT) {
	t.Helper()
	set := &Set{}
	token, err := set.Sign(alg, "JWT", map[string]string{"sub": "jane"})
	if err != nil {
		t.Fatal(err)
	}
	j := ParseJWT(token)
	if j.Malformed != "" || j.Alg != string(alg) || j.Typ != "JWT" {
		t.Fatalf("a token with %s is read as %+v", alg, j)
	}
	return set, j
}

func TestATokenVerifiesWithTheKeyThatSignedItAlone(t *testing.T) {
	for _, alg := range []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA} {
		set, j := signed(t, alg)
		if err := set.Verify(j, noon()); err != nil {
			t.Errorf("%s: %v", alg, err)
		}
		if err := (&Set{}).Verify(j, noon()); !errors.Is(err, errForeignToken) {
			t.Errorf("%s: a set that signed nothing says %v", alg, err)
		}
		changed := j
		changed.Raw = strings.Replace(j.Raw, ".", ".A", 1)
		if set.Verify(changed, noon()) == nil {
			t.Errorf("%s: verifies when changed", alg)
		}
		other := j
		if other.Alg = string(jose.RS256); alg == jose.RS256 {
			other.Alg = string(jose.PS256)
		}
		if set.Verify(other, noon()) == nil {
			t.Errorf("%s: the token chose another algorithm, and verifies", alg)
		}
	}
	if _, err := (&Set{}).Sign("none", "JWT", nil); err == nil {
		t.Error("alg none signs")
	}
}

func TestARotatedKeyVerifiesForAsLongAsItIsKept(t *testing.T) {
	set, old := signed(t, jose.ES256)
	if err := set.Rotate(noon(), time.Hour); err != nil {
		t.Fatal(err)
	}
	public, err := set.Public(PublishedAlgorithms(), noon())
	if err != nil || len(public.Keys) != 4 || public.Keys[3].KeyID != old.KeyID {
		t.Errorf("%d keys are published, want the new ones and the old (%v)", len(public.Keys), err)
	}
	if set.Verify(old, noon().Add(time.Hour-time.Second)) != nil || set.Verify(old, noon().Add(time.Hour)) == nil {
		t.Error("the old key verifies for more or less than an hour")
	}
	if late, _ := set.Public(nil, noon().Add(time.Hour)); slices.ContainsFunc(late.Keys,
		func(k jose.JSONWebKey) bool { return k.KeyID == old.KeyID }) {
		t.Error("the old key is published after its time")
	}
	for range 3 * maxRetired {
		if _, err := set.Sign(jose.EdDSA, "JWT", nil); err != nil {
			t.Fatal(err)
		}
		if err := set.Rotate(noon(), time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	if len(set.retired) > maxRetired {
		t.Errorf("%d old keys are kept", len(set.retired))
	}
}

func TestTheDemonstrationKeyIsOneAndStays(t *testing.T) {
	set := &Set{}
	if err := set.UseDemo(); err != nil {
		t.Fatal(err)
	}
	if !set.Demo() || !slices.Equal(set.Algorithms(), []jose.SignatureAlgorithm{jose.RS256}) {
		t.Errorf("demo %t, algorithms %v", set.Demo(), set.Algorithms())
	}
	if err := set.Rotate(noon(), time.Hour); !errors.Is(err, ErrRotateDemo) {
		t.Errorf("rotating says %v", err)
	}
	if _, err := set.Sign(jose.ES256, "JWT", nil); err == nil {
		t.Error("it signs with ES256")
	}
}

func TestASetSignsWithKeysOfTheCallersOwn(t *testing.T) {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	set := &Set{}
	if err := set.Use(ec); err != nil {
		t.Fatal(err)
	}
	public, err := set.Public([]jose.SignatureAlgorithm{jose.ES256}, noon())
	if err != nil || len(public.Keys) != 1 || !ec.PublicKey.Equal(public.Keys[0].Key) {
		t.Errorf("published is %+v (%v)", public.Keys, err)
	}
	wrongCurve, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, given := range map[string][]crypto.Signer{
		"two for one algorithm": {ec, ec}, "no key": {nil}, "a curve that is not P-256": {wrongCurve},
	} {
		if err := (&Set{}).Use(given...); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// ring is a JWK Set with these keys.
func ring(keys ...jose.JSONWebKey) *jose.JSONWebKeySet { return &jose.JSONWebKeySet{Keys: keys} }

func TestTheKeyThatSignedIsFoundByItsNameOrByBeingTheOnlyOne(t *testing.T) {
	one, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	two, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a, b := jose.JSONWebKey{Key: one, KeyID: "a"}, jose.JSONWebKey{Key: two, KeyID: "b"}
	for _, c := range []struct {
		name string
		set  *jose.JSONWebKeySet
		kid  string
		want any
		says string
	}{
		{"by its name", ring(a, b), "b", two, ""},
		{"the only one", ring(a), "", one, ""},
		{"the only one, which has no name", ring(jose.JSONWebKey{Key: one}), "b", one, ""},
		{"one of two", ring(a, b), "", nil, "kid must say which"},
		{"a name that is none", ring(a, b), "c", nil, "no key for EdDSA with kid c"},
		{"no key at all", OrNone(nil), "", nil, "client x has no key for EdDSA"},
		{"a key for encryption", ring(jose.JSONWebKey{Key: one, Use: "enc"}), "", nil, "has no key"},
		{"a key for another algorithm", ring(jose.JSONWebKey{Key: one, Algorithm: "ES256"}), "", nil, "has no key"},
	} {
		key, wrong := Select(c.set, "client x", jose.EdDSA, c.kid)
		if public, ok := key.(ed25519.PublicKey); (c.want != nil) != ok || ok && !public.Equal(c.want.(ed25519.PublicKey)) ||
			!strings.Contains(wrong, c.says) || (wrong == "") != (c.says == "") {
			t.Errorf("%s: key %v, wrong %q", c.name, key, wrong)
		}
	}
}

func TestAKeySignsWithWhatItIsFor(t *testing.T) {
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		key  any
		alg  jose.SignatureAlgorithm
		want bool
	}{
		{"an RSA key of 1024 bits", &short.PublicKey, jose.RS256, false},
		{"P-384", &curve.PublicKey, jose.ES384, true},
		{"P-384", &curve.PublicKey, jose.ES256, false},
		{"a secret", []byte("secret"), jose.HS256, false},
	} {
		if got := Suits(&jose.JSONWebKey{Key: c.key}, c.alg); got != c.want {
			t.Errorf("%s signs with %s: %t", c.name, c.alg, got)
		}
	}
	for alg, want := range map[jose.SignatureAlgorithm]int{jose.HS256: 32, jose.HS384: 48, jose.HS512: 64} {
		if got := SecretLength(alg); got != want {
			t.Errorf("a secret for %s has %d bytes", alg, got)
		}
	}
}

func TestACertificateIsOneOfTheClientsOrNot(t *testing.T) {
	mine, other := &x509.Certificate{Raw: []byte("mine")}, &x509.Certificate{Raw: []byte("other")}
	with := []jose.JSONWebKey{{}, {Certificates: []*x509.Certificate{mine}}}
	if wrong := Missing(with, mine, "client x"); wrong != "" {
		t.Errorf("its own certificate: %s", wrong)
	}
	if wrong := Missing(with, other, "client x"); wrong != "it is none of those in the keys of client x" {
		t.Errorf("another one: %q", wrong)
	}
	if wrong := Missing(nil, mine, "client x"); wrong != "client x has no certificate (x5c) in its keys" {
		t.Errorf("without any: %q", wrong)
	}
	if CertificateThumbprint(nil) != "" || CertificateThumbprint(mine) != Digest("mine") {
		t.Error("x5t#S256 is not the hash of the certificate")
	}
}

func TestATokenIsNamedByWhatItIsBoundTo(t *testing.T) {
	var unbound *Confirmation
	for want, c := range map[string]*Confirmation{
		TokenTypeBearer: unbound, TokenTypeDPoP: {KeyThumbprint: "k"}, "Bearer ": {CertificateThumbprint: "c"},
	} {
		if got := c.TokenType(); got != strings.TrimSpace(want) {
			t.Errorf("%+v is called %s", c, got)
		}
	}
	if unbound.Key() != "" || unbound.Certificate() != "" || !Same("a", "a") || Same("a", "b") {
		t.Error("nothing is bound to nothing, and two secrets are the same or not")
	}
	both, err := json.Marshal(Confirmation{"k", "c"})
	if err != nil || string(both) != `{"jkt":"k","x5t#S256":"c"}` {
		t.Errorf("cnf is written %s (%v)", both, err)
	}
}

func TestFetchedKeysAreAskedForAgainWhenTheyAreOld(t *testing.T) {
	var asked atomic.Int32
	var answer atomic.Pointer[string]
	good := `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},{"kty":"oct","k":"c2VjcmV0"},{"kty":"new"}]}`
	answer.Store(&good)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(*answer.Load()))
	}))
	defer srv.Close()
	cache := NewCache(srv.Client())
	gone, hangUp := context.WithCancel(context.Background())
	hangUp() // whoever asked first hung up, which is no failure of the address
	fetched := cache.Keys(gone, srv.URL, noon(), keysLifetime)
	if fetched.Wrong != "" || len(fetched.Set.Keys) != 1 {
		t.Fatalf("fetched %+v, want the one key that is public and known", fetched)
	}
	cache.Keys(context.Background(), srv.URL, noon().Add(keysLifetime-time.Second), keysLifetime)
	if asked.Load() != 1 {
		t.Errorf("asked %d times for keys that are fresh", asked.Load())
	}
	bad := "{}"
	answer.Store(&bad)
	late := noon().Add(keysLifetime)
	if fetched = cache.Keys(context.Background(), srv.URL, late, keysLifetime); !strings.Contains(fetched.Wrong, errNoKeySet.Error()) {
		t.Errorf("what is no JWK Set: %+v", fetched)
	}
	answer.Store(&good)
	if fetched = cache.Keys(context.Background(), srv.URL, late.Add(keysRetry-time.Second), keysLifetime); fetched.Wrong == "" {
		t.Error("a failure is forgotten at once")
	}
	if fetched = cache.Keys(context.Background(), srv.URL, late.Add(keysRetry), keysLifetime); fetched.Wrong != "" || asked.Load() != 3 {
		t.Errorf("after a failure: %q, asked %d times", fetched.Wrong, asked.Load())
	}
	long := strings.Repeat(" ", maxKeySetBytes+1)
	answer.Store(&long)
	if fetched = cache.Keys(context.Background(), srv.URL, late.Add(time.Hour), keysLifetime); !strings.Contains(fetched.Wrong,
		"longer than") {
		t.Errorf("what is too long: %+v", fetched)
	}
}
