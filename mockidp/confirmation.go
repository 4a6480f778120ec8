package mockidp

import (
	"context"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// confirmation is what the tokens of this request are bound to; nil when they
// are not.
func (in *tokenRequest) confirmation() *keys.Confirmation {
	c := keys.Confirmation{KeyThumbprint: in.proof.Thumbprint}
	if in.client.TLSClientCertificateBoundAccessTokens {
		c.CertificateThumbprint = keys.CertificateThumbprint(in.p.clientCertificate(in.r))
	}
	if c == (keys.Confirmation{}) {
		return nil
	}
	return &c
}

// issueTokens gives out tokens that are bound as this request asks.
func (in *tokenRequest) issueTokens(ctx context.Context, a *authorized) (tokenResponse, error) {
	a.bound = in.confirmation()
	return in.at.mint.issueTokens(ctx, in.t, a, in.r.Now)
}

// issueFirst is issueTokens with a refresh token, where the client gets one.
// That of a public client is bound like the access token (RFC 9449 section 5);
// a confidential client is bound to it by proving who it is.
func (in *tokenRequest) issueFirst(ctx context.Context, a *authorized) (tokenResponse, error) {
	a.bound = in.confirmation()
	return in.at.mint.issueFirst(ctx, in.t, a, in.r.Now)
}
