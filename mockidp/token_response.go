package mockidp

import "encoding/json"

// tokenResponse is RFC 6749 section 5.1 and OpenID Connect Core 3.1.3.3.
type tokenResponse struct {
	AccessToken  string          `json:"access_token"`
	RefreshToken string          `json:"refresh_token,omitempty"`
	IDToken      string          `json:"id_token,omitempty"`
	TokenType    string          `json:"token_type"`
	ExpiresIn    int             `json:"expires_in"` // seconds
	Scope        string          `json:"scope,omitempty"`
	Details      json.RawMessage `json:"authorization_details,omitempty"` // RFC 9396 section 7

	IssuedTokenType string `json:"issued_token_type,omitempty"` // of a token exchange (RFC 8693 section 2.2.1)
}
