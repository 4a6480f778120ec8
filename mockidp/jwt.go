package mockidp

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// The typ of the two kinds of token. That an access token has one of its own
// keeps an ID token from passing for it (RFC 9068 section 2.1).
const (
	typeIDToken     = "JWT"
	typeAccessToken = "at+jwt"
	// typeUserInfo is what libraries take by default. A signed answer cannot pass
	// for an ID token all the same, as it has no exp.
	typeUserInfo = "JWT"
)

// audience is written as a string when there is one, else as a list (RFC 7519
// section 4.1.3).
type audience []string

// MarshalJSON implements json.Marshaler.
func (a audience) MarshalJSON() ([]byte, error) {
	if len(a) == 1 {
		return json.Marshal(a[0])
	}
	return json.Marshal([]string(a))
}

// UnmarshalJSON implements json.Unmarshaler.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// accessClaims is an access token (RFC 9068 section 2.2).
type accessClaims struct {
	Issuer   string          `json:"iss"`
	Subject  string          `json:"sub"`
	Audience audience        `json:"aud"`
	Expires  int64           `json:"exp"`
	IssuedAt int64           `json:"iat"`
	AuthTime int64           `json:"auth_time,omitempty"`
	ACR      string          `json:"acr,omitempty"`
	ID       string          `json:"jti"`
	ClientID string          `json:"client_id"`
	Scope    string          `json:"scope,omitempty"`
	Details  json.RawMessage `json:"authorization_details,omitempty"` // RFC 9396 section 9.1

	Roles       []string     `json:"roles,omitempty"` // RFC 9068 section 2.2.3.1
	RealmAccess *realmAccess `json:"realm_access,omitempty"`

	Confirmation *confirmation `json:"cnf,omitempty"`

	Actor  *actor `json:"act,omitempty"`     // RFC 8693 section 4.1
	MayAct *actor `json:"may_act,omitempty"` // RFC 8693 section 4.4
}

// idClaims is an ID token (OpenID Connect Core sections 2 and 3.1.3.6). It says
// no azp: that is for extensions that this provider does not have, and those
// without them are encouraged not to use it (section 2).
type idClaims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Expires  int64    `json:"exp"`
	IssuedAt int64    `json:"iat"`
	AuthTime int64    `json:"auth_time"`
	Nonce    string   `json:"nonce,omitempty"`
	ACR      string   `json:"acr,omitempty"`
	Methods  []string `json:"amr"`
	AtHash   string   `json:"at_hash,omitempty"`
	CodeHash string   `json:"c_hash,omitempty"`
	Session  string   `json:"sid,omitempty"`

	Person []Claim `json:"-"` // what is said of the person
}

// sign makes a JWS in compact form.
func (p *Provider) sign(alg jose.SignatureAlgorithm, typ string, claims any) (string, error) {
	key, err := p.keys.signing(alg)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("sign a %s: %w", typ, err)
	}
	return key.sign(typ, payload)
}

// jwt is a token as read, not as believed: verify says whether it is ours.
type jwt struct {
	raw       string
	malformed string // why it is no JWT; empty when it is one
	Typ       string
	Alg       string
	KeyID     string
	session   string // sid, of an ID token
	signature []byte
	opaque    bool // no JWT at all, nor meant to be one
	accessClaims
}

// parseJWT splits and decodes a JWT without verifying anything. It is exact
// about base64url, so that no two texts are the same token.
func parseJWT(token string) jwt {
	j := jwt{raw: token}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		j.malformed = "it does not have three parts"
		return j
	}
	var header struct {
		Typ   string `json:"typ"`
		Alg   string `json:"alg"`
		KeyID string `json:"kid"`
	}
	if !decodePart(parts[0], &header) {
		j.malformed = "its header is not JSON in base64url"
		return j
	}
	j.Typ, j.Alg, j.KeyID = header.Typ, header.Alg, header.KeyID
	var more struct {
		Session string `json:"sid"`
	}
	if !decodePart(parts[1], &j.accessClaims) || !decodePart(parts[1], &more) {
		j.malformed = "its payload is not JSON in base64url"
		return j
	}
	j.session = more.Session
	var err error
	if j.signature, err = base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil || strings.ContainsAny(token, "\r\n") {
		j.malformed = "its signature is not base64url"
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

var errForeignToken = errors.New("not signed with a key of this provider")

// verify checks the signature with the key that the token names, be it one that
// was rotated out. The algorithm is the key's, never one that the token chose
// (RFC 8725 section 3.1).
func (p *Provider) verify(j jwt) error {
	alg := jose.SignatureAlgorithm(j.Alg)
	key := p.keys.verifying(alg, j.KeyID, p.cfg.Now())
	if key == nil || !verifySignature(alg, key, []byte(j.raw[:strings.LastIndexByte(j.raw, '.')]), j.signature) {
		return errForeignToken
	}
	return nil
}

func unix(t time.Time) int64 { return t.Unix() }
