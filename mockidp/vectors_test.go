package mockidp

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
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
	keys := &KeySet{retired: []retiredKey{{alg: jose.RS256, public: v.Key, until: time.Unix(1<<40, 0)}}}
	p, err := New(Config{BaseURL: "https://idp.example", Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range v.Tokens {
		j := parseJWT(one.Token)
		if j.malformed != "" || j.Issuer != v.Issuer || j.Subject != v.Subject || len(j.Audience) != 1 || j.Audience[0] != v.Audience {
			t.Errorf("%s: read as %+v", one.Where, j)
		}
		if err := p.verify(j); err != nil {
			t.Errorf("%s: %v", one.Where, err)
		}
		if changed := parseJWT(strings.Replace(one.Token, ".ew", ".fw", 1)); p.verify(changed) == nil {
			t.Errorf("%s: verifies when changed", one.Where)
		}
		if at, c := halfHash(jose.RS256, one.AccessToken), halfHash(jose.RS256, one.Code); at != one.AtHash || c != one.CodeHash {
			t.Errorf("%s: at_hash %s, c_hash %s", one.Where, at, c)
		}
	}
	if len(v.Tokens) != 3 {
		t.Errorf("%d tokens", len(v.Tokens))
	}
}

func TestAccessTokenOfRFC9068IsReadWhole(t *testing.T) {
	var v struct {
		Source         string
		Header, Claims json.RawMessage
	}
	readVector(t, "rfc9068-section-3.json", &v)
	j := parseJWT(wire.Base64URL(v.Header) + "." + wire.Base64URL(v.Claims) + ".AA")
	if j.malformed != "" || !strings.EqualFold(j.Typ, typeAccessToken) || j.KeyID != "RjEwOwOA" {
		t.Errorf("%+v", j)
	}
	// What was read is written again without loss, member by member.
	written, err := json.Marshal(j.accessClaims)
	if err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := errors.Join(json.Unmarshal(written, &got), json.Unmarshal(v.Claims, &want)); err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, want %v (%v)", got, want, err)
	}
}
