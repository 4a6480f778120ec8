package mockidp

import "github.com/grantwalk/grantwalk/mockidp/internal/keys"

// signingMetadata says what tokens and answers can be signed with (RFC 8414
// section 2, OpenID Connect Discovery section 3).
type signingMetadata struct {
	IDTokenAlgorithms  []string `json:"id_token_signing_alg_values_supported"`
	UserInfoAlgorithms []string `json:"userinfo_signing_alg_values_supported"`
}

func (e *discoveryEndpoint) signingMetadata() signingMetadata {
	names := keys.Names(e.keys.Algorithms())
	return signingMetadata{IDTokenAlgorithms: names, UserInfoAlgorithms: names}
}
