package keys

import (
	"encoding/json"
	"os"
	"testing"
)

// figures are the proofs and tokens that RFC 9449 shows.
type figures struct {
	Thumbprint  string
	AccessToken string `json:"access_token"`
	BoundToken  string `json:"bound_token"`
	Proofs      []struct {
		Figure, Method, URI, Proof, JTI, Ath string
		IssuedAt                             float64 `json:"issued_at"`
	}
}

func readFigures(t *testing.T) figures {
	t.Helper()
	raw, err := os.ReadFile("testdata/rfc9449-figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector figures
	if err := json.Unmarshal(raw, &vector); err != nil || len(vector.Proofs) != 3 {
		t.Fatal(err, len(vector.Proofs))
	}
	return vector
}

func TestTheProofsOfRFC9449Verify(t *testing.T) {
	vector := readFigures(t)
	for _, v := range vector.Proofs {
		got := ReadProof([]string{v.Proof})
		if !got.Signed || got.Malformed != "" || got.KeyWrong != "" || got.Thumbprint != vector.Thumbprint {
			t.Fatalf("figure %s is read as %+v", v.Figure, got)
		}
		if *got.ID != v.JTI || *got.Method != v.Method || *got.URI != v.URI || *got.IssuedAt != v.IssuedAt {
			t.Errorf("figure %s: jti %s, htm %s, htu %s, iat %f", v.Figure, *got.ID, *got.Method, *got.URI, *got.IssuedAt)
		}
		if v.Ath != "" && (*got.Hash != v.Ath || v.Ath != Digest(vector.AccessToken)) {
			t.Errorf("figure %s: ath is %s, the token's hash %s", v.Figure, *got.Hash, Digest(vector.AccessToken))
		}
	}
	var bound struct {
		Confirmation *Confirmation `json:"cnf"`
	}
	if j := ParseJWT(vector.BoundToken, &bound); j.Malformed != "" || bound.Confirmation.Key() != vector.Thumbprint {
		t.Errorf("figure 8: %+v bound to %+v", j, bound.Confirmation)
	}
}

func TestAProofDoesNotVerifyWithAnyByteChanged(t *testing.T) {
	for _, v := range readFigures(t).Proofs {
		for i := range v.Proof {
			changed := []byte(v.Proof)
			changed[i] ^= 1
			if ReadProof([]string{string(changed)}).Signed {
				t.Fatalf("figure %s: with byte %d changed it verifies still", v.Figure, i)
			}
		}
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
		if got := NormalTarget(c.uri); got != c.want {
			t.Errorf("%s is %q, want %q", c.uri, got, c.want)
		}
	}
}
