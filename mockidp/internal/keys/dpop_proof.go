package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/json"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// TypeProof is the typ of a DPoP proof, which no other JWT has (RFC 9449
// section 11.5).
const TypeProof = "dpop+jwt"

// Proof is a DPoP proof as read, not as believed (RFC 9449 section 4.2).
type Proof struct {
	raw        string
	Headers    int    // how many DPoP headers were sent
	Malformed  string // why it is no JWT; empty when it is one
	Typ, Alg   string
	key        *jose.JSONWebKey
	KeyWrong   string // why key can't be used; empty when it can
	Private    string // the member of jwk that only a private key has, or ""
	Thumbprint string // thumbprint of key (RFC 7638); empty without one
	Signed     bool   // the signature verifies with key
	Claims
}

// Claims are pointers so that a claim that is missing, or not of its
// type, can be told from one that is empty.
type Claims struct {
	ID       *string
	Method   *string
	URI      *string
	IssuedAt *float64 // seconds since 1970, perhaps with a fraction (RFC 7519 section 2)
	Nonce    *string
	Hash     *string // of the access token
}

// ReadProof reads the DPoP headers of a request. Of several, which are
// refused, it reads the first.
func ReadProof(headers []string) Proof {
	p := Proof{Headers: len(headers)}
	if len(headers) == 0 {
		return p
	}
	p.raw = headers[0]
	parts := strings.Split(p.raw, ".")
	if len(parts) != 3 {
		p.Malformed = "it does not have three parts"
		return p
	}
	// Two members of one name are refused by this decoder: of two keys nobody
	// could tell which one counts (RFC 7515 section 4).
	var header, payload map[string]json.RawMessage
	switch {
	case !decodeObject(parts[0], &header):
		p.Malformed = "its header is not a JSON object in base64url"
	case !decodeObject(parts[1], &payload):
		p.Malformed = "its payload is not a JSON object in base64url"
	case header["crit"] != nil:
		p.Malformed = "its header demands extensions (crit) that nobody here understands"
	}
	if p.Malformed != "" {
		return p
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil || strings.ContainsAny(p.raw, "\r\n") {
		p.Malformed = "its signature is not base64url"
		return p
	}
	p.Typ, p.Alg = asText(header["typ"]), asText(header["alg"])
	p.readKey(header["jwk"])
	p.readClaims(payload)
	p.verify()
	return p
}

func decodeObject(part string, into *map[string]json.RawMessage) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil && json.Unmarshal(raw, into) == nil && *into != nil
}

// asText returns a JSON string, or "" for anything else.
func asText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// privateMembers are what a JWK holds only of a key that is secret (RFC 7518
// section 6, RFC 8037 section 2).
func privateMembers() []string {
	return []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}
}

func (p *Proof) readKey(raw json.RawMessage) {
	var members map[string]json.RawMessage
	if raw == nil || json.Unmarshal(raw, &members) != nil || members == nil {
		p.KeyWrong = "there is none"
		return
	}
	for _, name := range privateMembers() {
		if members[name] != nil {
			p.Private = name
			p.KeyWrong = "it is secret"
			return
		}
	}
	key := &jose.JSONWebKey{}
	if key.UnmarshalJSON(raw) != nil || !key.Valid() || !key.IsPublic() {
		p.KeyWrong = "it is no public key of a kind that is known here"
		return
	}
	if p.KeyWrong = keyMisfit(key.Key, p.Alg); p.KeyWrong != "" {
		return
	}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		p.KeyWrong = "it has no thumbprint"
		return
	}
	p.key, p.Thumbprint = key, wire.Base64URL(sum)
}

// The bounds of an RSA key: shorter ones can be broken (RFC 7518 section
// 3.3), longer ones only keep us busy.
const minRSABits, maxRSABits = 2048, 8192

// keyMisfit says why a public key cannot have made a signature with alg, or "".
func keyMisfit(key any, alg string) string {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		curves := map[string]string{"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}
		if curves[alg] != k.Curve.Params().Name {
			return "its curve is " + k.Curve.Params().Name + ", which is not the one of " + wire.Printable(alg, 16)
		}
	case *rsa.PublicKey:
		if !strings.HasPrefix(alg, "RS") && !strings.HasPrefix(alg, "PS") {
			return "it is an RSA key, and " + wire.Printable(alg, 16) + " takes another kind"
		}
		if n := k.N.BitLen(); n < minRSABits || n > maxRSABits {
			return "it is an RSA key with less than 2048 or more than 8192 bits"
		}
	case ed25519.PublicKey:
		if alg != string(jose.EdDSA) {
			return "it is an Ed25519 key, and " + wire.Printable(alg, 16) + " takes another kind"
		}
	default:
		return "it is no key for signatures that are known here"
	}
	return ""
}

func (p *Proof) readClaims(payload map[string]json.RawMessage) {
	text := func(name string) *string {
		var s *string
		if json.Unmarshal(payload[name], &s) != nil {
			return nil
		}
		return s
	}
	p.ID, p.Method, p.URI = text("jti"), text("htm"), text("htu")
	p.Nonce, p.Hash = text("nonce"), text("ath")
	if json.Unmarshal(payload["iat"], &p.IssuedAt) != nil {
		p.IssuedAt = nil
	}
}

// verify checks the signature with the proof's own key.
func (p *Proof) verify() {
	if p.key == nil {
		return
	}
	signed, err := jose.ParseSignedCompact(p.raw, AsymmetricAlgorithms())
	if err != nil {
		return
	}
	_, err = signed.Verify(p.key)
	p.Signed = err == nil
}
