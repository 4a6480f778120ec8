package mockidp

import (
	"cmp"
	"strconv"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	// signedAnswerLifetime is less than the ten minutes that JWT Secured
	// Authorization Response Mode for OAuth 2.0 section 2.1 recommends at most.
	signedAnswerLifetime = 5 * time.Minute

	// typeSignedAnswer is what libraries take by default. Without a sub and
	// without a jti, the JWT passes neither for an ID token nor for an access
	// token.
	typeSignedAnswer = "JWT"
)

// answer is what the fields of an answer become on their way: each holds the
// state of the request and the issuer (RFC 9207), and all of it is one signed
// field where the client wants that.
func (p *printer) answer(t *tenant, c *Client, to returnAddress, fields []trace.Field) ([]trace.Field, error) {
	fields = append(fields, trace.Field{Name: "state", Value: to.state})
	iss := cmp.Or(to.iss, t.issuer)
	if to.iss == noIss {
		iss = ""
	}
	if !to.signed {
		return append(fields, trace.Field{Name: "iss", Value: iss}), nil
	}
	now := t.trouble.clock(p.now())
	claims := signedAnswer{Issuer: iss, Audience: c.ClientID, Expires: unix(now.Add(signedAnswerLifetime)), IssuedAt: unix(now)}
	token, err := t.keys.Sign(jose.SignatureAlgorithm(c.AuthorizationSignedResponseAlg), typeSignedAnswer, withMore{claims, asClaims(fields)})
	if err != nil {
		return nil, err
	}
	return []trace.Field{{Name: "response", Value: token}}, nil
}

// signedAnswer are the claims that stand beside the parameters of an answer
// (JWT Secured Authorization Response Mode for OAuth 2.0 section 2.1). iss is a
// parameter of the answer as well (RFC 9207 section 2).
type signedAnswer struct {
	Issuer   string `json:"iss,omitempty"`
	Audience string `json:"aud"`
	Expires  int64  `json:"exp"`
	IssuedAt int64  `json:"iat"`
}

// asClaims leaves out what has no value, as a URL would, and writes the one
// parameter that is a number as such, and the one that is JSON likewise.
func asClaims(fields []trace.Field) []Claim {
	var claims []Claim
	for _, f := range fields {
		switch n, err := strconv.Atoi(f.Value); {
		case f.Value == "":
		case f.Name == "expires_in" && err == nil:
			claims = append(claims, Claim{f.Name, n})
		case f.Name == "authorization_details":
			if v, err := wire.ReadJSON(f.Value); err == nil {
				claims = append(claims, Claim{f.Name, v})
			}
		default:
			claims = append(claims, Claim{f.Name, f.Value})
		}
	}
	return claims
}
