package mockidp_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// holder is somebody with a key, who makes DPoP proofs by hand.
type holder struct {
	tb   testing.TB
	w    *world
	alg  jose.SignatureAlgorithm
	key  crypto.Signer
	last int
}

func newHolder(w *world) *holder {
	w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	return &holder{tb: w.t, w: w, alg: jose.ES256, key: key}
}

// holders have a key of each kind.
func holders(w *world) []*holder {
	must := func(key crypto.Signer, err error) crypto.Signer {
		if err != nil {
			w.t.Fatal(err)
		}
		return key
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	bits, err2 := rsa.GenerateKey(rand.Reader, 2048)
	p384, err3 := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	p521, err4 := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	return []*holder{
		newHolder(w),
		{tb: w.t, w: w, alg: jose.ES384, key: must(p384, err3)},
		{tb: w.t, w: w, alg: jose.ES512, key: must(p521, err4)},
		{tb: w.t, w: w, alg: jose.EdDSA, key: must(edwards, err)},
		{tb: w.t, w: w, alg: jose.RS256, key: must(bits, err2)},
		{tb: w.t, w: w, alg: jose.PS256, key: must(bits, err2)},
		{tb: w.t, w: w, alg: jose.PS512, key: must(bits, err2)},
	}
}

// thumbprint is the RFC 7638 thumbprint, computed from the text of the key.
func (h *holder) thumbprint() string {
	h.tb.Helper()
	sum, err := (&jose.JSONWebKey{Key: h.key.Public()}).Thumbprint(crypto.SHA256)
	if err != nil {
		h.tb.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// proof is a DPoP proof for a request, with claims and, under "header.", parts
// of the header changed; nil removes one.
func (h *holder) proof(method, address string, change ...any) string {
	h.tb.Helper()
	h.last++
	claims := map[string]any{
		"jti": string(h.alg) + strconv.Itoa(h.last), "htm": method, "htu": address, "iat": h.w.clock.Now().Unix(),
	}
	header := map[string]any{"typ": "dpop+jwt", "alg": string(h.alg), "jwk": jose.JSONWebKey{Key: h.key.Public()}}
	for i := 0; i+1 < len(change); i += 2 {
		into, name := claims, change[i].(string)
		if cut, ok := strings.CutPrefix(name, "header."); ok {
			into, name = header, cut
		}
		if into[name] = change[i+1]; change[i+1] == nil {
			delete(into, name)
		}
	}
	return h.sign(header, claims)
}

// sign makes a JWS with any header, also one that no library would make.
func (h *holder) sign(header, claims any) string {
	h.tb.Helper()
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			h.tb.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	input := part(header) + "." + part(claims)
	return input + "." + base64.RawURLEncoding.EncodeToString(h.signature([]byte(input)))
}

func (h *holder) signature(input []byte) []byte {
	h.tb.Helper()
	hash := map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}[string(h.alg)[2:]]
	digest := input
	if hash != 0 {
		sum := hash.New()
		sum.Write(input)
		digest = sum.Sum(nil)
	}
	switch key := h.key.(type) {
	case *ecdsa.PrivateKey:
		r, s, err := ecdsa.Sign(rand.Reader, key, digest)
		if err != nil {
			h.tb.Fatal(err)
		}
		size := (key.Curve.Params().BitSize + 7) / 8
		return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	case ed25519.PrivateKey:
		return ed25519.Sign(key, input)
	}
	var opts crypto.SignerOpts = hash
	if strings.HasPrefix(string(h.alg), "PS") {
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
	}
	sig, err := h.key.Sign(rand.Reader, digest, opts)
	if err != nil {
		h.tb.Fatal(err)
	}
	return sig
}

// redeem exchanges a code with a proof.
func (h *holder) redeem(code string, change ...any) reply {
	h.tb.Helper()
	return h.w.post(tokenURL, redeeming(code).Encode(), "DPoP", h.proof(http.MethodPost, tokenURL, change...))
}

// tokens walks to tokens of the app with a refresh token, bound to the key.
func (h *holder) tokens(scope string) tokenSet {
	h.tb.Helper()
	code := h.w.code("client_id", "app-client", "scope", scope)
	return tokensIn(h.tb, h.w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode(),
		"DPoP", h.proof(http.MethodPost, tokenURL)))
}

func (h *holder) refresh(token string, change ...string) reply {
	h.tb.Helper()
	form := changed(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {"app-client"}}, change...)
	return h.w.post(tokenURL, form.Encode(), "DPoP", h.proof(http.MethodPost, tokenURL))
}

const userInfoURL = oidcURL + "/userinfo"

// use shows an access token at UserInfo with a proof.
func (h *holder) use(token string, change ...any) reply {
	h.tb.Helper()
	change = append([]any{"ath", hashOf(token)}, change...)
	return h.w.request(http.MethodGet, userInfoURL, "",
		"Authorization", "DPoP "+token, "DPoP", h.proof(http.MethodGet, userInfoURL, change...))
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func encodePart(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
