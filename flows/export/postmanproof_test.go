package export_test

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
)

// What Postman signs with is the key that the collection registers, made for
// the file and no key of the run (RFC 7518 section 6.2.1.2).
func TestACollectionRegistersTheKeyThatItSignsWith(t *testing.T) {
	f, known := flows.Find("client-authentication")
	if !known {
		t.Fatal("there is no such flow")
	}
	tr := mistaken(t, f, "replayed-assertion")
	text := postman(t, tr, developer(), true)
	point, err := keyIn(t, text, "key").PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	x := base64.RawURLEncoding.EncodeToString(point[1:33])
	if !strings.Contains(text, `\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"`+x+`\"`) {
		t.Error("the key that is registered is not the one that signs")
	}
	for line := range strings.Lines(text) {
		if strings.Contains(line, `"raw"`) && strings.Contains(line, `\"alg\":\"ES256\"`) && strings.Contains(line, "EdDSA") {
			t.Errorf("a key names two algorithms: %s", line)
		}
	}
	if postman(t, tr, developer(), true) == text {
		t.Error("two files sign with the same key")
	}
	if !slices.ContainsFunc(scriptLines(t, text), func(line string) bool {
		return strings.Contains(line, `authorizeUsing('jwt', { algorithm: "ES256", privateKey: pm.variables.get("key")`)
	}) {
		t.Error("no request is signed by Postman")
	}
}

// keyIn is the key in a variable of a collection.
func keyIn(t *testing.T, collection, variable string) *ecdsa.PrivateKey {
	t.Helper()
	var c struct{ Variable []struct{ Key, Value string } }
	if err := json.Unmarshal([]byte(collection), &c); err != nil {
		t.Fatal(err)
	}
	for _, v := range c.Variable {
		if block, _ := pem.Decode([]byte(v.Value)); v.Key == variable && block != nil {
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if signs, ok := key.(*ecdsa.PrivateKey); ok && err == nil {
				return signs
			}
			t.Fatalf("what is in %s does not sign: %v", variable, err)
		}
	}
	t.Fatalf("no variable %s holds a key", variable)
	return nil
}
