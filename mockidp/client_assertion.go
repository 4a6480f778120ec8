package mockidp

import (
	"encoding/base64"
	stdjson "encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/json"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// clientAssertion is a client_assertion as read, and what came of it.
type clientAssertion struct {
	raw       string // empty when only its type was sent
	malformed string // why it is no JWT; empty when it is one
	header    assertionHeader
	claims    assertionClaims

	keyWrong string // why no key of the client is the one; empty when one is
	signed   bool
	first    bool // its jti was not shown before; set when all else is in order
}

type assertionHeader struct {
	Alg   string             `json:"alg"`
	Typ   string             `json:"typ"`
	KeyID string             `json:"kid"`
	Crit  stdjson.RawMessage `json:"crit"`
}

type assertionClaims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	// The times are numbers that need not be whole (RFC 7519 section 2).
	Expires   *float64 `json:"exp"`
	NotBefore *float64 `json:"nbf"`
	IssuedAt  *float64 `json:"iat"`
	ID        string   `json:"jti"`
	// listed says that aud is a list, be it of one.
	listed bool
}

// readAssertion reads what a client says about itself in a JWT, or returns nil
// when it sends none.
func readAssertion(form wire.Params) *clientAssertion {
	if !form.Has("client_assertion") && !form.Has("client_assertion_type") {
		return nil
	}
	a := &clientAssertion{raw: form.Get("client_assertion")}
	a.malformed = a.parse()
	return a
}

// parse decodes the JWT strictly: names in the right case, none of them twice,
// base64url in one way only.
func (a *clientAssertion) parse() string {
	parts := strings.Split(a.raw, ".")
	if len(parts) != 3 {
		return "it does not have three parts"
	}
	if strings.ContainsAny(a.raw, "\r\n") {
		return "it holds a line break"
	}
	var shape struct {
		Audience stdjson.RawMessage `json:"aud"`
	}
	if !readPart(parts[0], &a.header) {
		return "its header is not JSON in base64url"
	}
	if !readPart(parts[1], &a.claims) || !readPart(parts[1], &shape) {
		return "its payload is not JSON in base64url, or a claim is of the wrong type"
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil {
		return "its signature is not base64url"
	}
	if a.header.Crit != nil {
		return "its header has crit, and this provider knows no extension (RFC 7515 section 4.1.11)"
	}
	a.claims.listed = strings.HasPrefix(string(shape.Audience), "[")
	return ""
}

func readPart(part string, into any) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil && strings.HasPrefix(strings.TrimSpace(string(raw)), "{") && json.Unmarshal(raw, into) == nil
}

// method says how the client proves who it is. An algorithm that belongs to
// neither way is left to the rule about algorithms.
func (a *clientAssertion) method(c *Client) string {
	switch alg := jose.SignatureAlgorithm(a.header.Alg); {
	case slices.Contains(keys.SecretAlgorithms(), alg):
		return authSecretJWT
	case slices.Contains(keys.AsymmetricAlgorithms(), alg) || c == nil || !c.assertsItself():
		return authPrivateKeyJWT
	}
	return c.TokenEndpointAuthMethod
}

// assertsItself reports whether the client authenticates by a JWT.
func (c *Client) assertsItself() bool {
	return c.TokenEndpointAuthMethod == authSecretJWT || c.TokenEndpointAuthMethod == authPrivateKeyJWT
}

// assertionAlgorithms lists what the client may sign its assertions with.
func (c *Client) assertionAlgorithms() []jose.SignatureAlgorithm {
	if c.TokenEndpointAuthSigningAlg != "" {
		return []jose.SignatureAlgorithm{jose.SignatureAlgorithm(c.TokenEndpointAuthSigningAlg)}
	}
	if c.TokenEndpointAuthMethod == authSecretJWT {
		return slices.DeleteFunc(keys.SecretAlgorithms(), func(alg jose.SignatureAlgorithm) bool {
			return len(c.ClientSecret) < keys.SecretLength(alg)
		})
	}
	if c.Profile == ProfileFAPI2 {
		return keys.FAPIAlgorithms()
	}
	return keys.AsymmetricAlgorithms()
}

// proveAssertion verifies the signature and, when nothing at all is wrong with
// the assertion, claims its jti: of two requests with the same one at most one
// is believed.
func (in *clientRequest) proveAssertion() {
	a := in.creds.assertion
	if a == nil || a.malformed != "" || in.client == nil {
		return
	}
	in.creds.method = a.method(in.client)
	if in.creds.method != in.client.TokenEndpointAuthMethod ||
		!slices.Contains(in.client.assertionAlgorithms(), jose.SignatureAlgorithm(a.header.Alg)) {
		return
	}
	a.signed, a.keyWrong = in.verifyAssertion()
	// Only what a client really signed is remembered, so strangers cannot fill
	// the shelf.
	if rule.Holds(in.p.assertion, in) {
		a.first = in.t.assertions.claim(in.client.ClientID, keys.Digest(in.client.ClientID+"\x00"+a.claims.ID), in.r.Now)
	}
}

// verifyAssertion tries the signature with the client's secret or with the key
// that the header names.
func (in *clientRequest) verifyAssertion() (signed bool, keyWrong string) {
	a := in.creds.assertion
	alg := jose.SignatureAlgorithm(a.header.Alg)
	if in.client.TokenEndpointAuthMethod == authPrivateKeyJWT {
		return in.p.signedByClient(in.r.Context(), in.t, in.client, a.raw, alg, a.header.KeyID)
	}
	parsed, err := jose.ParseSignedCompact(a.raw, []jose.SignatureAlgorithm{alg})
	if err != nil {
		return false, ""
	}
	_, err = parsed.Verify([]byte(in.client.ClientSecret))
	return err == nil, ""
}

// secondsUntil is how far away a time of a JWT is, in seconds; negative when
// it is over.
func secondsUntil(numericDate float64, now time.Time) float64 {
	return numericDate - float64(now.UnixNano())/float64(time.Second)
}

// fromNow writes secondsUntil for people.
func fromNow(seconds float64) string {
	whole := strconv.FormatFloat(math.Abs(math.Round(seconds)), 'f', 0, 64)
	if len(whole) > 12 {
		whole = "very many"
	}
	if seconds < 0 {
		return whole + " s ago"
	}
	return whole + " s from now"
}
