package mockidp_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestTheProofsOfRFC9449Verify(t *testing.T) {
	raw, err := os.ReadFile("testdata/rfc9449-figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector struct {
		Thumbprint  string
		AccessToken string `json:"access_token"`
		BoundToken  string `json:"bound_token"`
		Proofs      []struct {
			Figure, Method, URI, Proof, JTI, Ath string
			IssuedAt                             float64 `json:"issued_at"`
		}
	}
	if err := json.Unmarshal(raw, &vector); err != nil || len(vector.Proofs) != 3 {
		t.Fatal(err, len(vector.Proofs))
	}
	for _, v := range vector.Proofs {
		want := mockidp.ProofForTest{
			Thumbprint: vector.Thumbprint, ID: v.JTI, Method: v.Method, URI: v.URI, Hash: v.Ath, IssuedAt: v.IssuedAt, Signed: true,
		}
		if got := mockidp.ReadProof(v.Proof); got != want {
			t.Errorf("figure %s: %+v", v.Figure, got)
		}
		if v.Ath != "" && v.Ath != hashOf(vector.AccessToken) {
			t.Errorf("figure %s: ath is %s", v.Figure, hashOf(vector.AccessToken))
		}
		for i := range v.Proof {
			changed := []byte(v.Proof)
			changed[i] ^= 1
			if mockidp.ReadProof(string(changed)).Signed {
				t.Fatalf("figure %s: with byte %d changed it verifies still", v.Figure, i)
			}
		}
	}
	if cnf, _ := claimsOf(t, vector.BoundToken)["cnf"].(map[string]any); cnf["jkt"] != vector.Thumbprint {
		t.Errorf("figure 8: %v", cnf)
	}
}

func TestTargetsThatAreTheSame(t *testing.T) {
	for _, c := range []struct{ uri, want string }{
		{"HTTPS://Server.Example.COM:443/token", "https://server.example.com/token"},
		{"http://server.example.com:80", "http://server.example.com/"},
		{"http://server.example.com:443/", "http://server.example.com:443/"},
		{"https://[2001:DB8::1]:8443/a?b#c", "https://[2001:db8::1]:8443/a"},
		{"https://[::1]:443/a", "https://[::1]/a"},
		{"https://a.example/%7euser/%e2%82%ac", "https://a.example/~user/%E2%82%AC"},
		{"https://a.example/a%2fb", "https://a.example/a%2Fb"},
		{"https://a.example/a/./b/../c/", "https://a.example/a/c/"},
		{"https://a.example/../../a/..", "https://a.example/"},
		{"https://a.example//a//b", "https://a.example//a//b"},
		{"https://user@a.example/", ""},
		{"https:a.example", ""},
		{"//a.example/", ""},
		{"ftp://a.example/", ""},
		{"https://a.example/%zz", ""},
		{"", ""},
	} {
		if got := mockidp.NormalTarget(c.uri); got != c.want {
			t.Errorf("%s is %q, want %q", c.uri, got, c.want)
		}
	}
}

// Whoever has no key gets no bound token, whatever is sent as a proof; and
// what was bound can't be used by anything but a proof of its own.
func FuzzProofsThatTheHolderDidNotMakeAreRefused(f *testing.F) {
	raw, err := os.ReadFile("testdata/rfc9449-figures.json")
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
		read := mockidp.ReadProof(proof)
		switch {
		case res.StatusCode >= 500:
			t.Fatalf("%d %s", res.StatusCode, res.body)
		case strings.Contains(res.body, "access_token") && (!read.Signed || read.URI == "" || read.Method != http.MethodPost):
			t.Fatalf("a token for %q %q %q", header, payload, signature)
		case read.Signed && read.Thumbprint == "":
			t.Fatalf("signed with nothing: %q", header)
		}
		again := mockidp.NormalTarget(read.URI)
		if twice := mockidp.NormalTarget(again); twice != again {
			t.Fatalf("%q is %q, and then %q", read.URI, again, twice)
		}
	})
}
