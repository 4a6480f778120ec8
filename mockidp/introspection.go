package mockidp

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// introspectionRows are the rules of the introspection endpoint (RFC 7662).
// Who asks must prove who it is, or strangers could try tokens out.
func introspectionRows() []rule.Row[tokenUse] {
	here := rule.RFC("7662", "2.1")
	return slices.Concat(
		rule.Lifted(clientShapeRows(here, here), whoseTokenUse),
		rule.Lifted(clientRows(), whoseTokenUse),
		[]rule.Row[tokenUse]{
			{
				ID: "client-confidential", Rule: "the client has a secret",
				Spec: here, Error: "invalid_client",
				Check: func(in *tokenUse) rule.Finding {
					return checkConfidential(&in.clientRequest,
						"client "+in.client.ClientID+" is public: anybody could try tokens out under its name")
				},
			},
			tokenSentRow(here),
		},
	)
}

// tokenStateRows decide what is said of the token. Breaking one is no error:
// the answer is that the token is not active, and nothing else, so that the
// difference between expired, revoked and made up stays here (RFC 7662
// section 2.2).
func tokenStateRows() []rule.Row[tokenUse] {
	return []rule.Row[tokenUse]{
		{
			// An access token is the business of the client that it was issued
			// to and of the resource servers that it is for (RFC 7662 section
			// 4); a refresh token is nobody's business but its client's.
			ID: "token-known-to-client", Rule: "the token is one that this client may ask about",
			Spec: rule.RFC("7662", "2.2"),
			Check: func(in *tokenUse) rule.Finding {
				const expected = "an access token issued to the client or for a service that it is, or a refresh token of its own"
				c, aud := in.client, in.token.jwt.Audience
				switch {
				case in.token.access:
					return rule.Verdict(in.token.owner() == c.ClientID || c.answersTo(aud), expected,
						wire.Shown("an access token of "+in.token.owner()+" for "+strings.Join(aud, " and ")),
						"the access token was neither issued to "+c.ClientID+" nor is it for a service that "+c.ClientID+" is registered as")
				case in.token.family == nil:
					return rule.Fail(expected, "another text", "the token is neither an access token nor a refresh token of this issuer")
				}
				return rule.Verdict(in.token.family.client.is(in.client), expected, "a refresh token of "+in.token.family.client.ClientID,
					"the refresh token belongs to another client than "+in.client.ClientID)
			},
		},
		{
			ID: "token-in-force", Rule: "the token has neither expired nor been used up or revoked",
			Spec: rule.RFC("7662", "2.2"),
			Check: func(in *tokenUse) rule.Finding {
				over := in.token.over
				if in.token.family != nil {
					over = in.token.family.notGood()
				}
				got := "in force"
				if over != "" {
					got = "no longer in force"
				}
				return rule.Verdict(over == "", "in force", got, "the token is no longer in force, because "+over)
			},
		},
	}
}

// notGood says why a refresh token would be refused, or "".
func (r *rotation) notGood() string {
	switch limit := r.limit; {
	case r.over != "":
		return r.over
	case r.usedBefore:
		return "it was used before"
	case r.idle > limit.idle:
		return "it was not used for " + r.idle.String()
	case r.age > limit.total:
		return "the person signed in or agreed " + r.age.String() + " ago"
	}
	return ""
}

// introspection is RFC 7662 section 2.2. Of an inactive token nothing but
// that is said.
type introspection struct {
	Active    bool            `json:"active"`
	Scope     string          `json:"scope,omitempty"`
	ClientID  string          `json:"client_id,omitempty"`
	Username  string          `json:"username,omitempty"`
	TokenType string          `json:"token_type,omitempty"`
	Expires   int64           `json:"exp,omitempty"`
	IssuedAt  int64           `json:"iat,omitempty"`
	Subject   string          `json:"sub,omitempty"`
	Audience  audience        `json:"aud,omitempty"`
	Issuer    string          `json:"iss,omitempty"`
	ID        string          `json:"jti,omitempty"`
	AuthTime  int64           `json:"auth_time,omitempty"` // RFC 9470 section 6.2
	ACR       string          `json:"acr,omitempty"`
	Roles     []string        `json:"roles,omitempty"`                 // RFC 9068 section 2.2.3.1, RFC 7662 section 2.2
	Details   json.RawMessage `json:"authorization_details,omitempty"` // RFC 9396 section 9.2

	Actor  *actor `json:"act,omitempty"`     // RFC 8693 section 4.1
	MayAct *actor `json:"may_act,omitempty"` // RFC 8693 section 4.4

	Confirmation *keys.Confirmation `json:"cnf,omitempty"` // for who is shown the token to check (RFC 9449 section 6.2)
}

// serveIntrospection is the introspection endpoint.
func (u *tokenUses) serveIntrospection(t *tenant, r *request) (wire.Answer, error) {
	in := u.newTokenUse(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, u.introspection, in); broken != nil {
		if broken.Check.Error == "invalid_client" {
			broken.Status = http.StatusUnauthorized // RFC 7662 section 2.3
		}
		return refuseClient(&in.clientRequest, broken, "POST")
	}
	said := withMore{object: introspection{}}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, u.state, in); broken == nil {
		said = in.describe()
	}
	if wire.Prefers(r.Header.Values("Accept"), mediaIntrospection, "application/json") {
		a, err := u.signedIntrospection(in, said)
		return in.named(wire.Uncached(a)), err
	}
	a, err := wire.JSON(http.StatusOK, said)
	return in.named(wire.Uncached(a)), err
}

// describe says of a token that is in force what it stands for, its further
// claims among it.
func (in *tokenUse) describe() withMore {
	said := in.members()
	owner := in.t.clients.get(said.ClientID)
	a := &authorized{client: in.client, scopes: wire.Words(said.Scope), person: in.t.personKnownAs(owner, said.Subject)}
	if in.token.family != nil || said.Actor != nil && a.person == nil {
		return withMore{said, nil}
	}
	if owner != nil {
		a.client = owner
	}
	own := []Claim{{Name: "active"}, {Name: "username"}, {Name: "token_type"}} // RFC 7662 section 2.2; the others are reserved
	return withMore{said, without(in.t.accessClaims(a), own)}
}

func (in *tokenUse) members() introspection {
	if f := in.token.family; f != nil {
		limit := f.limit
		return introspection{
			Active: true, Scope: strings.Join(f.scopes, " "), ClientID: f.client.ClientID,
			Subject: f.subject(&in.t.directory), Username: in.username(f.person), Issuer: in.t.as(f.issuer).issuer,
			Expires:  unix(in.r.Now.Add(min(limit.idle-f.idle, limit.total-f.age))),
			IssuedAt: unix(in.r.Now.Add(-f.idle)),
			Details:  encodeDetails(f.details),
		}
	}
	c := in.token.jwt.accessClaims
	said := introspection{
		Active: true, Scope: c.Scope, ClientID: c.ClientID, TokenType: c.Confirmation.TokenType(), Expires: c.Expires, IssuedAt: c.IssuedAt,
		Subject: c.Subject, Audience: c.Audience, Issuer: c.Issuer, ID: c.ID,
		Details:      c.Details,
		Roles:        c.Roles,
		Confirmation: c.Confirmation,
		AuthTime:     c.AuthTime, ACR: c.ACR, Actor: c.Actor, MayAct: c.MayAct,
	}
	if person := in.t.personKnownAs(in.t.clients.get(c.ClientID), c.Subject); person != nil {
		said.Username = in.username(person)
	}
	return said
}

// username names the person, but not to who knows them by a sub of its own.
func (in *tokenUse) username(p *Person) string {
	if in.client.isPairwise() {
		return ""
	}
	return p.Username
}
