package stage

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// StepSignsAssertion is a machine writing down who it is, and signing that.
const StepSignsAssertion = "sign-assertion"

// assertionType is what a client_assertion is (RFC 7523 section 2.2).
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

const (
	assertionKeyID = "billing-2026"
	nextKeyID      = "billing-2027"
	assertionLife  = time.Minute
)

func publicKeys(key ed25519.PrivateKey, kid string) *jose.JSONWebKeySet {
	return &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: kid, Algorithm: string(jose.EdDSA), Use: "sig"}}}
}

// assertion is a signed statement of who the client is, for this provider, for
// a minute and for once (RFC 7523 section 3), and how it is made.
func (p *party) assertion() (signed string, calc trace.Calc, err error) {
	now := p.now()
	header, err := json.Marshal(struct {
		Alg string `json:"alg"`
		Kid string `json:"kid"`
		Typ string `json:"typ"`
	}{string(jose.EdDSA), p.kid, "JWT"})
	if err != nil {
		return "", calc, fmt.Errorf("write the assertion: %w", err)
	}
	claims, err := json.Marshal(struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		Audience string `json:"aud"`
		Expires  int64  `json:"exp"`
		Issued   int64  `json:"iat"`
		ID       string `json:"jti"`
	}{p.ID, p.ID, p.issuer, now.Add(assertionLife).Unix(), now.Unix(), p.draw(16)})
	if err != nil {
		return "", calc, fmt.Errorf("write the assertion: %w", err)
	}
	unsigned := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(claims)
	signature := base64.RawURLEncoding.EncodeToString(ed25519.Sign(p.key, []byte(unsigned)))
	signed = unsigned + "." + signature
	return signed, trace.Calc{
		Inputs: []trace.Field{{Name: "header", Value: string(header)}, {Name: "payload", Value: string(claims)}},
		Steps: []trace.CalcStep{
			{Does: "base64url(header) . base64url(payload)", Result: unsigned},
			{Does: "base64url(Ed25519 signature with the private key)", Result: signature},
		},
		Outputs: []trace.Field{{Name: "client_assertion", Value: signed}},
	}, nil
}
