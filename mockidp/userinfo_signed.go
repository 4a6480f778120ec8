package mockidp

import (
	"encoding/json"
	"net/http"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// answerUserInfo sends claims, which are a JSON object, as they are or, to a
// client that asked for it, as a JWT with iss and aud in front (OpenID Connect
// Core section 5.3.2).
func (e *userInfoEndpoint) answerUserInfo(t *tenant, c *Client, claims []byte) (wire.Answer, error) {
	a := wire.Uncached(wire.Answer{Status: http.StatusOK, Body: claims})
	if c == nil || c.UserInfoSignedResponseAlg == "" {
		a.Set("Content-Type", "application/json")
		return a, nil
	}
	about, err := json.Marshal(struct {
		Issuer   string `json:"iss"`
		Audience string `json:"aud"`
	}{t.issuer, c.ClientID})
	if err != nil {
		return wire.Answer{}, err
	}
	about[len(about)-1] = ',' // sub follows, at least
	signed, err := t.keys.Sign(jose.SignatureAlgorithm(c.UserInfoSignedResponseAlg), typeUserInfo,
		json.RawMessage(append(about, claims[1:]...)))
	if err != nil {
		return wire.Answer{}, err
	}
	a.Body = []byte(signed)
	a.Set("Content-Type", "application/jwt")
	return a, nil
}
