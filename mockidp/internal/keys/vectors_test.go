package keys

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// readVector reads a file of testdata, which says where it is from.
func readVector(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestThumbprintsAreThoseOfRFC7638AndRFC8037(t *testing.T) {
	for _, name := range []string{"rfc7638-section-3.1.json", "rfc8037-appendix-a.json"} {
		var v struct {
			Source, Thumbprint, Input, Signature string
			Key                                  jose.JSONWebKey
		}
		readVector(t, name, &v)
		if got, err := thumbprint(&v.Key); err != nil || got != v.Thumbprint || got == "" {
			t.Errorf("%s: %s, want %s (%v)", v.Source, got, v.Thumbprint, err)
		}
	}
}

func TestEdDSASignsAndVerifiesAsInRFC8037(t *testing.T) {
	var v struct {
		Source, Thumbprint, Input, Signature string
		Key                                  jose.JSONWebKey
	}
	readVector(t, "rfc8037-appendix-a.json", &v)
	private, ok := v.Key.Key.(ed25519.PrivateKey)
	if !ok {
		t.Fatalf("a %T", v.Key.Key)
	}
	key, err := newSigningKey(jose.EdDSA, private)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := key.signature([]byte(v.Input))
	if err != nil || wire.Base64URL(signed) != v.Signature {
		t.Errorf("%s (%v)", wire.Base64URL(signed), err)
	}
	want, err := base64.RawURLEncoding.DecodeString(v.Signature)
	if err != nil || !verifySignature(jose.EdDSA, key.public.Key, []byte(v.Input), want) {
		t.Error("the signature of the RFC does not verify")
	}
	for i := range want {
		want[i] ^= 1
		if verifySignature(jose.EdDSA, key.public.Key, []byte(v.Input), want) {
			t.Errorf("verifies with byte %d changed", i)
		}
		want[i] ^= 1
	}
}

func TestExamplesOfOpenIDConnectCoreVerify(t *testing.T) {
	var v struct {
		Source, Issuer, Subject, Audience string
		Key                               jose.JSONWebKey
		Tokens                            []struct {
			Where, Token, Code string
			AccessToken        string `json:"access_token"`
			AtHash             string `json:"at_hash"`
			CodeHash           string `json:"c_hash"`
		}
	}
	readVector(t, "openid-connect-core-appendix-a.json", &v)
	keys := &Set{retired: []retiredKey{{alg: jose.RS256, public: v.Key, until: time.Unix(1<<40, 0)}}}
	for _, one := range v.Tokens {
		var said struct {
			Issuer   string `json:"iss"`
			Subject  string `json:"sub"`
			Audience string `json:"aud"`
		}
		j := ParseJWT(one.Token, &said)
		if j.Malformed != "" || said.Issuer != v.Issuer || said.Subject != v.Subject || said.Audience != v.Audience {
			t.Errorf("%s: read as %+v %+v", one.Where, j, said)
		}
		if err := keys.Verify(j, time.Now()); err != nil {
			t.Errorf("%s: %v", one.Where, err)
		}
		if changed := ParseJWT(strings.Replace(one.Token, ".ew", ".fw", 1)); keys.Verify(changed, time.Now()) == nil {
			t.Errorf("%s: verifies when changed", one.Where)
		}
		if at, c := HalfHash(jose.RS256, one.AccessToken), HalfHash(jose.RS256, one.Code); at != one.AtHash || c != one.CodeHash {
			t.Errorf("%s: at_hash %s, c_hash %s", one.Where, at, c)
		}
	}
	if len(v.Tokens) != 3 {
		t.Errorf("%d tokens", len(v.Tokens))
	}
}
