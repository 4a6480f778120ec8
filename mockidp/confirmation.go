package mockidp

import "context"

// confirmation says what whoever uses a token must prove to have (RFC 7800
// section 3.1): a key that DPoP proofs are made with (RFC 9449 section 6), a
// certificate of the TLS connection (RFC 8705 section 3), or both.
type confirmation struct {
	KeyThumbprint string `json:"jkt,omitempty"`
	Certificate   string `json:"x5t#S256,omitempty"`
}

// tokenType is what a token with this confirmation is called where it is given
// out (RFC 9449 section 5). A certificate does not change the name (RFC 8705
// section 3).
func (c *confirmation) tokenType() string {
	if c != nil && c.KeyThumbprint != "" {
		return tokenTypeDPoP
	}
	return tokenTypeBearer
}

// key returns the thumbprint of the DPoP key, or "".
func (c *confirmation) key() string {
	if c == nil {
		return ""
	}
	return c.KeyThumbprint
}

// certificate returns the thumbprint of the certificate, or "".
func (c *confirmation) certificate() string {
	if c == nil {
		return ""
	}
	return c.Certificate
}

// confirmation is what the tokens of this request are bound to; nil when they
// are not.
func (in *tokenRequest) confirmation() *confirmation {
	c := confirmation{KeyThumbprint: in.proof.jkt}
	if in.client.TLSClientCertificateBoundAccessTokens {
		c.Certificate = certificateThumbprint(in.p.clientCertificate(in.r))
	}
	if c == (confirmation{}) {
		return nil
	}
	return &c
}

// issueTokens gives out tokens that are bound as this request asks.
func (in *tokenRequest) issueTokens(ctx context.Context, a *authorized) (tokenResponse, error) {
	a.bound = in.confirmation()
	return in.p.issueTokens(ctx, in.t, a, in.r.Now)
}

// issueFirst is issueTokens with a refresh token, where the client gets one.
// That of a public client is bound like the access token (RFC 9449 section 5);
// a confidential client is bound to it by proving who it is.
func (in *tokenRequest) issueFirst(ctx context.Context, a *authorized) (tokenResponse, error) {
	a.bound = in.confirmation()
	return in.p.issueFirst(ctx, in.t, a, in.r.Now)
}

// bindTo binds the refresh token that is about to be given out. The caller
// holds the tenant's lock, or nobody else knows the family yet. A confidential
// client is bound by proving who it is, and may change its key meanwhile (RFC
// 9449 section 5).
func (f *family) bindTo(bound *confirmation) {
	if f.client.Public() {
		f.sender = bound
	}
}
