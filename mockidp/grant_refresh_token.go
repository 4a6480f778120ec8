package mockidp

import (
	"context"
	"slices"
	"strings"
)

const grantRefreshToken = "refresh_token"

// newRefreshTokenGrant is the grant of RFC 6749 section 6 with rotation (RFC
// 9700 section 4.14.2): every use gives a new refresh token, and whoever
// brings an old one shows that two have it. Nobody can tell then which of them
// is the thief, so the whole family ends, and its access tokens with it.
func newRefreshTokenGrant() grant {
	rows := refreshTokenRows()
	return grant{
		name: grantRefreshToken,
		rules: func() []Rule {
			return ruleList("token", grantRefreshToken, refreshTokenRows())
		},
		answer: func(ctx context.Context, in *tokenRequest) (tokenResponse, *refusal, error) {
			in.rotate = in.t.claimRefresh(in.params.get("refresh_token"), in.client, in.r.now)
			if in.rotate != nil {
				in.askScopes(in.rotate.scopes)
			}
			if broken := run(ctx, rows, in); broken != nil {
				in.endRotation()
				return tokenResponse{}, broken, nil
			}
			tokens, err := in.refresh(ctx)
			if err != nil {
				in.t.release(in.rotate)
			}
			return tokens, nil, err
		},
	}
}

// endRotation undoes what was claimed, or ends a family of which an old token
// was brought.
func (in *tokenRequest) endRotation() {
	switch {
	case in.rotate == nil:
	case in.rotate.usedBefore:
		in.t.revoke(in.rotate.license, "an old refresh token of its family was used a second time")
	default:
		in.t.release(in.rotate)
	}
}

// refresh gives out new tokens. The scope may be narrower for this access
// token; the refresh token keeps its own (RFC 6749 section 6). The ID token is
// the old one with a new date and without nonce (OpenID Connect Core section
// 12.2).
func (in *tokenRequest) refresh(ctx context.Context) (tokenResponse, error) {
	now := *in.rotate.authorized
	now.scopes, now.nonce, now.forAccess = in.scopes, "", in.forAccess(now.details)
	now.only = in.params.all("resource")
	tokens, err := in.issueTokens(ctx, &now)
	switch {
	case err != nil:
	case in.client.keepsRefreshToken():
		in.t.keepRefresh(in.rotate, in.r.now)
	default:
		tokens.RefreshToken, err = in.p.renew(in.t, in.rotate, now.bound, in.r.now)
	}
	return tokens, err
}

func refreshTokenRows() []row[tokenRequest] {
	return slices.Concat(refreshKnownRows(), refreshAgeRows(), refreshSenderRows(), []row[tokenRequest]{
		sentScopeRow(),
		{
			id: "scope-not-wider", rule: "scope asks for no more than was granted",
			spec: rfc("6749", "6"), err: "invalid_scope",
			check: func(in *tokenRequest) finding {
				granted := strings.Join(in.rotate.scopes, " ")
				extra := strings.Join(without(in.scopes, in.rotate.scopes), " ")
				return verdict(extra == "", granted, shown(strings.Join(in.scopes, " ")),
					"scope "+shown(extra)+" was not granted with this refresh token; granted: "+granted)
			},
		},
		detailsNotWiderRow(func(in *tokenRequest) []detail { return in.rotate.details }),
	}, resourceTokenRows(func(in *tokenRequest) *authorized {
		now := *in.rotate.authorized
		now.scopes, now.only = in.scopes, nil
		return &now
	}))
}

// refreshKnownRows are about whose token it is and whether it was used.
func refreshKnownRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		{
			id: "refresh-token-present", rule: "refresh_token is sent",
			spec: rfc("6749", "6"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return present(in.params, "refresh_token") },
		},
		{
			id: "refresh-token-known", rule: "refresh_token was issued by this provider",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				got := "a token that nobody here was given, or long ago"
				if in.rotate != nil {
					got = "such a token"
				}
				return verdict(in.rotate != nil, "a refresh token issued by this provider", got,
					"refresh_token is not one that this provider remembers")
			},
		},
		{
			id: "refresh-token-issued-to-client", rule: "refresh_token was issued to this client",
			spec: rfc("6749", "6"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				return verdict(in.rotate.client.is(in.client), in.rotate.client.ClientID, in.client.ClientID,
					"refresh_token was issued to another client than "+in.client.ClientID)
			},
		},
		{
			id: "refresh-token-unused", rule: "refresh_token is used for the first time",
			spec: rfc("9700", "4.14.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				got := "first use"
				if in.rotate.usedBefore {
					got = "used before"
				}
				return verdict(!in.rotate.usedBefore, "first use", got,
					"refresh_token was used before; every token that followed from it is revoked now, because one of the two users stole it")
			},
		},
	}
}

// refreshAgeRows are about whether the token is still good.
func refreshAgeRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		{
			id: "refresh-token-not-revoked", rule: "the refresh token is not revoked",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				got := "revoked"
				if in.rotate.over == "" {
					got = "in force"
				}
				return verdict(in.rotate.over == "", "in force", got, "refresh_token was revoked, because "+in.rotate.over)
			},
		},
		{
			id: "refresh-token-not-idle", rule: "the refresh token was not left lying for too long",
			spec: rfc("9700", "4.14.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				limit, idle := in.rotate.limit.idle, in.rotate.idle
				return verdict(idle <= limit, "at most "+limit.String(), idle.String(),
					"refresh_token was not used for "+idle.String()+"; it is good for "+limit.String())
			},
		},
		{
			id: "refresh-token-fresh", rule: "the person signed in or, for offline_access, agreed not too long ago",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				limit, age := in.rotate.limit.total, in.rotate.age
				return verdict(age <= limit, "at most "+limit.String(), age.String(),
					"the person signed in or agreed "+age.String()+" ago; refresh tokens are good for "+limit.String()+" from then, however often they are renewed")
			},
		},
	}
}
