package keys

// Confirmation says what whoever uses a token must prove to have (RFC 7800
// section 3.1): a key that DPoP proofs are made with (RFC 9449 section 6), a
// Certificate of the TLS connection (RFC 8705 section 3), or both.
type Confirmation struct {
	KeyThumbprint         string `json:"jkt,omitempty"`
	CertificateThumbprint string `json:"x5t#S256,omitempty"`
}

// TokenType is what a token with this confirmation is called where it is given
// out (RFC 9449 section 5). A certificate does not change the name (RFC 8705
// section 3).
func (c *Confirmation) TokenType() string {
	if c != nil && c.KeyThumbprint != "" {
		return TokenTypeDPoP
	}
	return TokenTypeBearer
}

// Key returns the thumbprint of the DPoP key, or "".
func (c *Confirmation) Key() string {
	if c == nil {
		return ""
	}
	return c.KeyThumbprint
}

// Certificate returns the thumbprint of the certificate, or "".
func (c *Confirmation) Certificate() string {
	if c == nil {
		return ""
	}
	return c.CertificateThumbprint
}

// The header fields of DPoP (RFC 9449 sections 4.1 and 8).
const (
	HeaderDPoP      = "DPoP"
	HeaderDPoPNonce = "DPoP-Nonce"
)

// The types of access tokens (RFC 6750 section 4, RFC 9449 section 7.1), which
// are the schemes of the Authorization header as well.
const (
	TokenTypeBearer = "Bearer"
	TokenTypeDPoP   = "DPoP"
)
