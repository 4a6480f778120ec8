package keys

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// JWT is a JWT as read, not as believed: [Set.Verify] says whether a set of
// keys signed it.
type JWT struct {
	Raw       string
	Malformed string // why it is no JWT; empty when it is one
	Typ       string
	Alg       string
	KeyID     string
	signature []byte
}

// ParseJWT splits a JWT and decodes its payload into each of claims, without
// verifying anything. It is exact about base64url, so that no two texts are the
// same token.
func ParseJWT(token string, claims ...any) JWT {
	j := JWT{Raw: token}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		j.Malformed = "it does not have three parts"
		return j
	}
	var header struct {
		Typ   string `json:"typ"`
		Alg   string `json:"alg"`
		KeyID string `json:"kid"`
	}
	if !decodePart(parts[0], &header) {
		j.Malformed = "its header is not JSON in base64url"
		return j
	}
	j.Typ, j.Alg, j.KeyID = header.Typ, header.Alg, header.KeyID
	for _, into := range claims {
		if !decodePart(parts[1], into) {
			j.Malformed = "its payload is not JSON in base64url"
			return j
		}
	}
	var err error
	if j.signature, err = base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil || strings.ContainsAny(token, "\r\n") {
		j.Malformed = "its signature is not base64url"
	}
	return j
}

func decodePart(part string, into any) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil || !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	return dec.Decode(into) == nil && errors.Is(dec.Decode(&struct{}{}), io.EOF)
}

// Sign makes a JWS in compact form, with the key for alg.
func (k *Set) Sign(alg jose.SignatureAlgorithm, typ string, claims any) (string, error) {
	key, err := k.signing(alg)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("sign a %s: %w", typ, err)
	}
	return key.sign(typ, payload)
}

// SignParts signs a header and a payload as they stand, both in base64url: for
// tokens that are wrong on purpose, with a header that is not ours.
func (k *Set) SignParts(alg jose.SignatureAlgorithm, header, payload string) (string, error) {
	key, err := k.signing(alg)
	if err != nil {
		return "", err
	}
	return key.finish([]byte(header + "." + payload))
}

var errForeignToken = errors.New("not signed with a key of this provider")

// Verify checks the signature with the key that the token names, be it one that
// was rotated out. The algorithm is the key's, never one that the token chose
// (RFC 8725 section 3.1).
func (k *Set) Verify(j JWT, now time.Time) error {
	alg := jose.SignatureAlgorithm(j.Alg)
	key := k.verifying(alg, j.KeyID, now)
	if key == nil || !verifySignature(alg, key, []byte(j.Raw[:strings.LastIndexByte(j.Raw, '.')]), j.signature) {
		return errForeignToken
	}
	return nil
}

// PublicKey is the key with which what is signed for alg is verified.
func (k *Set) PublicKey(alg jose.SignatureAlgorithm) (jose.JSONWebKey, error) {
	key, err := k.signing(alg)
	if err != nil {
		return jose.JSONWebKey{}, err
	}
	return key.public, nil
}

// SignHMAC signs a header and a payload as they stand with HS256 and whatever
// secret: for tokens that are wrong on purpose.
func SignHMAC(header, payload string, secret []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(header + "." + payload))
	return header + "." + payload + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
