package mockidp

import (
	"context"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// newRefreshTokenGrant is the grant of RFC 6749 section 6 with rotation (RFC
// 9700 section 4.14.2): every use gives a new refresh token, and whoever
// brings an old one shows that two have it. Nobody can tell then which of them
// is the thief, so the whole family ends, and its access tokens with it.
func newRefreshTokenGrant() grant {
	return newGrant(grant{
		name: grantRefreshToken, secrets: []string{"refresh_token"}, details: detailsPick, open: true, check: checkOffline,
	}, granting[refreshRequest]{
		rows: refreshTokenRows,
		read: func(in *tokenRequest) *refreshRequest {
			found := &refreshRequest{in, in.t.families.claim(in.params.Get("refresh_token"), in.client, in.r.Now)}
			if found.rotate != nil {
				in.askScopes(found.rotate.scopes)
			}
			return found
		},
		refused: (*refreshRequest).endRotation,
		give: func(ctx context.Context, in *refreshRequest) (tokenResponse, error) {
			tokens, err := in.refresh(ctx)
			if err != nil {
				in.t.families.release(in.rotate)
			}
			return tokens, err
		},
	})
}

// refreshRequest is a token request with a refresh token.
type refreshRequest struct {
	*tokenRequest
	rotate *rotation // nil when nobody here was given the token
}

// checkOffline lets only clients that can refresh ask for access while the
// person is away.
func checkOffline(c *Client, _ *neighbours) error {
	if slices.Contains(strings.Fields(c.Scope), scopeOffline) && !c.mayRefresh() {
		return wrong("scope", "%s needs %s in grant_types (OpenID Connect Core section 11)", scopeOffline, grantRefreshToken)
	}
	return nil
}

// endRotation undoes what was claimed, or ends a family of which an old token
// was brought.
func (in *refreshRequest) endRotation() {
	switch {
	case in.rotate == nil:
	case in.rotate.usedBefore:
		in.t.tokens.end(in.rotate.license, in.rotate.client.ClientID, "an old refresh token of its family was used a second time", in.r.Now)
	default:
		in.t.families.release(in.rotate)
	}
}

// refresh gives out new tokens. The scope may be narrower for this access
// token; the refresh token keeps its own (RFC 6749 section 6). The ID token is
// the old one with a new date and without nonce (OpenID Connect Core section
// 12.2).
func (in *refreshRequest) refresh(ctx context.Context) (tokenResponse, error) {
	now := *in.rotate.authorized
	now.scopes, now.nonce, now.forAccess = in.scopes, "", in.forAccess(now.details)
	now.only = in.params.All("resource")
	tokens, err := in.issueTokens(ctx, &now)
	switch {
	case err != nil:
	case in.client.keepsRefreshToken():
		in.t.families.use(in.rotate, in.r.Now)
	default:
		tokens.RefreshToken, err = in.at.mint.renew(in.t, in.rotate, now.bound, in.r.Now)
	}
	return tokens, err
}

func refreshTokenRows() []rule.Row[refreshRequest] {
	return slices.Concat(refreshKnownRows(), refreshAgeRows(), refreshSenderRows(), []rule.Row[refreshRequest]{
		sentScopeRow[refreshRequest](),
		{
			ID: "scope-not-wider", Rule: "scope asks for no more than was granted",
			Spec: rule.RFC("6749", "6"), Error: "invalid_scope",
			Check: func(in *refreshRequest) rule.Finding {
				granted := strings.Join(in.rotate.scopes, " ")
				extra := strings.Join(wire.Without(in.scopes, in.rotate.scopes), " ")
				return rule.Verdict(extra == "", granted, wire.Shown(strings.Join(in.scopes, " ")),
					"scope "+wire.Shown(extra)+" was not granted with this refresh token; granted: "+granted)
			},
		},
		detailsNotWiderRow(func(in *refreshRequest) []detail { return in.rotate.details }),
	}, resourceTokenRows(func(in *refreshRequest) *authorized {
		now := *in.rotate.authorized
		now.scopes, now.only = in.scopes, nil
		return &now
	}))
}

// refreshKnownRows are about whose token it is and whether it was used.
func refreshKnownRows() []rule.Row[refreshRequest] {
	return []rule.Row[refreshRequest]{
		{
			ID: "refresh-token-present", Rule: "refresh_token is sent",
			Spec: rule.RFC("6749", "6"), Error: "invalid_request",
			Check: func(in *refreshRequest) rule.Finding { return in.params.CheckPresent("refresh_token") },
		},
		{
			ID: "refresh-token-known", Rule: "refresh_token was issued by this provider",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				got := "a token that nobody here was given, or long ago"
				if in.rotate != nil {
					got = "such a token"
				}
				return rule.Verdict(in.rotate != nil, "a refresh token issued by this provider", got,
					"refresh_token is not one that this provider remembers")
			},
		},
		{
			ID: "refresh-token-issued-to-client", Rule: "refresh_token was issued to this client",
			Spec: rule.RFC("6749", "6"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				return rule.Verdict(in.rotate.client.is(in.client), in.rotate.client.ClientID, in.client.ClientID,
					"refresh_token was issued to another client than "+in.client.ClientID)
			},
		},
		{
			ID: "refresh-token-unused", Rule: "refresh_token is used for the first time",
			Spec: rule.RFC("9700", "4.14.2"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				got := "first use"
				if in.rotate.usedBefore {
					got = "used before"
				}
				return rule.Verdict(!in.rotate.usedBefore, "first use", got,
					"refresh_token was used before; every token that followed from it is revoked now, because one of the two users stole it")
			},
		},
	}
}

// refreshAgeRows are about whether the token is still good.
func refreshAgeRows() []rule.Row[refreshRequest] {
	return []rule.Row[refreshRequest]{
		{
			ID: "refresh-token-not-revoked", Rule: "the refresh token is not revoked",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				got := "revoked"
				if in.rotate.over == "" {
					got = "in force"
				}
				return rule.Verdict(in.rotate.over == "", "in force", got, "refresh_token was revoked, because "+in.rotate.over)
			},
		},
		{
			ID: "refresh-token-not-idle", Rule: "the refresh token was not left lying for too long",
			Spec: rule.RFC("9700", "4.14.2"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				limit, idle := in.rotate.limit.idle, in.rotate.idle
				return rule.Verdict(idle <= limit, "at most "+limit.String(), idle.String(),
					"refresh_token was not used for "+idle.String()+"; it is good for "+limit.String())
			},
		},
		{
			ID: "refresh-token-fresh", Rule: "the person signed in or, for offline_access, agreed not too long ago",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *refreshRequest) rule.Finding {
				limit, age := in.rotate.limit.total, in.rotate.age
				return rule.Verdict(age <= limit, "at most "+limit.String(), age.String(),
					"the person signed in or agreed "+age.String()+" ago; refresh tokens are good for "+limit.String()+
						" from then, however often they are renewed")
			},
		},
	}
}

// refreshSenderRows are about what the refresh token of a public client is
// bound to.
func refreshSenderRows() []rule.Row[refreshRequest] {
	return []rule.Row[refreshRequest]{{
		ID: "refresh-token-key", Rule: "the proof is made with the key that the refresh token is bound to",
		Spec: rule.RFC("9449", "5"), Error: "invalid_grant",
		When: func(in *refreshRequest) bool { return in.rotate.sender.Key() != "" },
		Check: func(in *refreshRequest) rule.Finding {
			return checkSameKey(in.rotate.sender.Key(), &in.proof, "refresh_token")
		},
	}, refreshCertificateRow()}
}

// refreshCertificateRow is about a public client, which is bound to its refresh
// token by nothing else (RFC 8705 section 4).
func refreshCertificateRow() rule.Row[refreshRequest] {
	return rule.Row[refreshRequest]{
		ID: "refresh-token-certificate", Rule: "the certificate is the one that the refresh token is bound to",
		Spec: rule.RFC("8705", "4"), Error: "invalid_grant",
		When: func(in *refreshRequest) bool { return in.rotate.sender.Certificate() != "" },
		Check: func(in *refreshRequest) rule.Finding {
			return checkSameCertificate(in.rotate.sender.Certificate(), keys.CertificateThumbprint(in.p.clientCertificate(in.r)), "refresh_token")
		},
	}
}
