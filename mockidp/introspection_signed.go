package mockidp

import (
	"net/http"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	typeIntrospection  = "token-introspection+jwt"
	mediaIntrospection = "application/" + typeIntrospection
)

// signedIntrospection is RFC 9701 section 5. It has neither sub nor exp, and a
// type of its own, so that it cannot pass for the token that it speaks of
// (section 8.1).
type signedIntrospection struct {
	Issuer   string `json:"iss"`
	Audience string `json:"aud"` // who asked
	IssuedAt int64  `json:"iat"`
	Said     any    `json:"token_introspection"`
}

// signedIntrospection answers who asked for a JWT by the Accept header (RFC
// 9701 section 4). An error is plain JSON for them too.
func (u *tokenUses) signedIntrospection(in *tokenUse, said withMore) (wire.Answer, error) {
	signed, err := in.t.keys.Sign(jose.SignatureAlgorithm(in.client.IntrospectionSignedResponseAlg), typeIntrospection,
		signedIntrospection{Issuer: in.t.issuer, Audience: in.client.ClientID, IssuedAt: unix(in.r.Now), Said: said})
	if err != nil {
		return wire.Answer{}, err
	}
	a := wire.Answer{Status: http.StatusOK, Body: []byte(signed)}
	a.Set("Content-Type", mediaIntrospection)
	return a, nil
}
