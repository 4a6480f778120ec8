package mockidp

// The ways in which a client can prove who it is at the token endpoint
// (OpenID Connect Core section 9).
const (
	authBasic = "client_secret_basic"
	authPost  = "client_secret_post"
	authNone  = "none"
	// authEither is what a client of the config has that names no method: RFC
	// 6749 section 2.3.1 knows both for one secret. No metadata hold the word.
	authEither = authBasic + " or " + authPost
)

// authMethods lists them in the order of the metadata.
func authMethods() []string {
	return []string{authBasic, authPost, authSecretJWT, authPrivateKeyJWT, authNone}
}

// The ways in which a client proves by its certificate who it is (RFC 8705
// sections 2.1.1 and 2.2.1).
const (
	authTLS        = "tls_client_auth"
	authSelfSigned = "self_signed_tls_client_auth"
)

// A client can prove who it is by a JWT that it signed, with the secret or
// with a private key (RFC 7521 section 4.2, RFC 7523, OpenID Connect Core
// section 9).
const (
	authSecretJWT     = "client_secret_jwt"
	authPrivateKeyJWT = "private_key_jwt"
)
