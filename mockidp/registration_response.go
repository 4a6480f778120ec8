package mockidp

import (
	"bytes"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// registrationResponse is RFC 7591 section 3.2.1 and RFC 7592 section 3.
type registrationResponse struct {
	ClientID        string `json:"client_id"`
	IssuedAt        int64  `json:"client_id_issued_at"`
	ClientSecret    string `json:"client_secret,omitempty"`
	SecretExpiresAt *int64 `json:"client_secret_expires_at,omitempty"` // zero: never
	AccessToken     string `json:"registration_access_token"`
	ClientURI       string `json:"registration_client_uri"`
	clientMetadata
}

// write adds the translations, which no struct has fields for.
func (said registrationResponse) write(status int, translations map[string]string) (wire.Answer, error) {
	a, err := wire.JSON(status, said)
	if err != nil || len(translations) == 0 {
		return wire.Uncached(a), err
	}
	more, err := wire.JSON(status, translations)
	a.Body = append(append(bytes.TrimSuffix(a.Body, []byte("}")), ','), more.Body[1:]...)
	return wire.Uncached(a), err
}
