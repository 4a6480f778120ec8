package mockidp

import (
	"cmp"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// tokenUse is a request about a token: to revoke or to introspect it.
type tokenUse struct {
	clientRequest
	token namedToken
}

// tokenUses are the endpoints where a client names a token: revocation and
// introspection.
type tokenUses struct {
	auth          *authenticator
	mint          *mint
	revocation    []rule.Row[tokenUse]
	introspection []rule.Row[tokenUse]
	state         []rule.Row[tokenUse] // of the token that is asked about
}

func (u *tokenUses) newTokenUse(t *tenant, r *request) *tokenUse {
	in := &tokenUse{clientRequest: u.auth.newClientRequest(t, r)}
	in.token = u.mint.lookUp(t, in.params.Get("token"), r.Now)
	return in
}

func whoseTokenUse(in *tokenUse) *clientRequest { return &in.clientRequest }

func tokenSentRow(spec trace.Spec) rule.Row[tokenUse] {
	return rule.Row[tokenUse]{
		ID: "token-sent", Rule: "token is sent",
		Spec: spec, Error: "invalid_request",
		Check: func(in *tokenUse) rule.Finding { return in.params.CheckPresent("token") },
	}
}

func (m *mint) lookUp(t *tenant, token string, now time.Time) namedToken {
	j, genuine := m.readAccessToken(t, token, now)
	found := namedToken{jwt: j}
	if j.Malformed != "" {
		found.family = t.families.find(token, now)
		return found
	}
	if !genuine {
		return found
	}
	found.id = found.jwt.Typ == typeIDToken && !found.jwt.isAccess()
	found.access = found.jwt.isAccess() && t.isIssuer(found.jwt.Issuer)
	if found.access {
		found.over = cmp.Or(gone(t.clients.get(found.jwt.ClientID)), t.tokens.over(found.jwt.ID, now))
		if exp := time.Unix(found.jwt.Expires, 0).UTC(); !now.Before(exp) {
			found.over = "it expired at " + exp.Format(time.RFC3339)
		}
	}
	return found
}
