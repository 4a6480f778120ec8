package mockidp

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// revocationRows are the rules of the revocation endpoint (RFC 7009). No rule
// demands that the token is known: whoever gives back one that is not good any
// more has what they want (section 2.2).
func revocationRows() []rule.Row[tokenUse] {
	here := rule.RFC("7009", "2.1")
	return slices.Concat(
		rule.Lifted(clientShapeRows(here, here), whoseTokenUse),
		rule.Lifted(clientRows(), whoseTokenUse),
		[]rule.Row[tokenUse]{
			tokenSentRow(here),
			{
				ID: "token-revocable", Rule: "the token is of a kind that can be revoked",
				Spec: rule.RFC("7009", "2.2.1"), Error: "unsupported_token_type",
				Check: func(in *tokenUse) rule.Finding {
					got := "no ID token"
					if in.token.id {
						got = "an ID token"
					}
					return rule.Verdict(!in.token.id, "an access or refresh token", got,
						"an ID token says that somebody signed in; that cannot be taken back, only the session can be ended")
				},
			},
			{
				ID: "token-issued-to-client", Rule: "the token was issued to this client",
				Spec: here, Error: "invalid_grant",
				Check: func(in *tokenUse) rule.Finding {
					owner := in.token.owner()
					if owner == "" {
						return rule.Skip("the token is not known here, so there is nothing to revoke")
					}
					return rule.Verdict(owner == in.client.ClientID, in.client.ClientID, owner,
						"the token was issued to another client than "+in.client.ClientID)
				},
			},
		},
	)
}

// serveRevocation is the revocation endpoint. With a refresh token goes
// everything that followed from the same authorization (RFC 7009 section 2.1);
// an access token goes alone.
func (u *tokenUses) serveRevocation(t *tenant, r *request) (wire.Answer, error) {
	in := u.newTokenUse(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, u.revocation, in); broken != nil {
		return refuseClient(&in.clientRequest, broken, "POST, OPTIONS")
	}
	const why = "its client gave it back"
	switch {
	case in.token.family != nil:
		t.tokens.end(in.token.family.license, in.client.ClientID, why, r.Now)
	case in.token.access:
		t.tokens.revoke(&in.token.jwt, why, r.Now)
	}
	a := wire.Answer{Status: http.StatusOK}
	a.Set("Content-Type", "application/json") // there is nothing to read, and some clients want to know what of
	return in.named(wire.Uncached(a)), nil
}
