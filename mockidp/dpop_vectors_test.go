//go:build !race

package mockidp_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
	dpop "github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// Whoever has no key gets no bound token, whatever is sent as a proof; and
// what was bound can't be used by anything but a proof of its own.
func FuzzProofsThatTheHolderDidNotMakeAreRefused(f *testing.F) {
	raw, err := os.ReadFile("internal/keys/testdata/rfc9449-figures.json")
	if err != nil {
		f.Fatal(err)
	}
	var vector struct{ Proofs []struct{ Proof string } }
	if err := json.Unmarshal(raw, &vector); err != nil || len(vector.Proofs) == 0 {
		f.Fatal(err)
	}
	for _, v := range vector.Proofs {
		parts := strings.Split(v.Proof, ".")
		f.Add(string(decoded(f, parts[0])), string(decoded(f, parts[1])), parts[2])
	}
	f.Add(`{"typ":"dpop+jwt","alg":"none","jwk":{}}`, `{"jti":"a","htm":"POST","htu":"`+tokenURL+`","iat":1773480413}`, "")
	f.Add(`{"typ":"dpop+jwt","alg":"HS256","jwk":{"kty":"oct","k":"AA"}}`, `{"iat":1e400}`, "AA")
	f.Add(`{"jwk":{"kty":"RSA","n":"AQ","e":"AQAB"},"alg":"RS256"}`, `[]`, "AA")
	f.Add(`{"jwk":{"kty":"OKP","crv":"Ed25519","x":"AA"},"alg":"EdDSA"}`, `{"nonce":null,"ath":1}`, "AA")
	f.Add(``, ``, ``)
	// A proof that is refused uses nothing up, so one code does for all.
	p := newProvider(f, mockidp.Config{Keys: keys(f), Now: newClock().Now})
	form := redeeming(newBrowser(f, p).code()).Encode()
	f.Fuzz(func(t *testing.T, header, payload, signature string) {
		b := newBrowser(t, p)
		proof := encodePart(header) + "." + encodePart(payload) + "." + signature
		if strings.ContainsFunc(signature, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
			return // no header that net/http would send
		}
		res := b.post(tokenURL, form, "DPoP", proof)
		read := dpop.ReadProof([]string{proof})
		switch {
		case res.StatusCode >= 500:
			t.Fatalf("%d %s", res.StatusCode, res.body)
		case strings.Contains(res.body, "access_token") &&
			(!read.Signed || read.URI == nil || read.Method == nil || *read.Method != http.MethodPost):
			t.Fatalf("a token for %q %q %q", header, payload, signature)
		case read.Signed && read.Thumbprint == "":
			t.Fatalf("signed with nothing: %q", header)
		}
		checkNormal(t, read.URI)
	})
}

// checkNormal holds the normal form of an htu to being normal itself.
func checkNormal(t *testing.T, uri *string) {
	t.Helper()
	if uri == nil {
		return
	}
	again := dpop.NormalTarget(*uri)
	if twice := dpop.NormalTarget(again); twice != again {
		t.Fatalf("%q is %q, and then %q", *uri, again, twice)
	}
}
