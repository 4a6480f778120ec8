package mockidp

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// The kinds of token that can be exchanged (RFC 8693 section 3).
const (
	kindAccess  = "urn:ietf:params:oauth:token-type:access_token"
	kindRefresh = "urn:ietf:params:oauth:token-type:refresh_token"
	kindID      = "urn:ietf:params:oauth:token-type:id_token"
	kindJWT     = "urn:ietf:params:oauth:token-type:jwt"
)

// subjectKinds are what a token may be that says on whose behalf, actorKinds
// what one may be that says by whom, and issuedKinds what can be asked for.
func subjectKinds() []string { return []string{kindAccess, kindJWT, kindID, kindRefresh} }
func actorKinds() []string   { return []string{kindAccess, kindJWT, kindID} }
func issuedKinds() []string  { return []string{kindAccess, kindJWT} }

// maxExchanges is how often a token may follow from another by exchange: each
// one keeps what it came from, and with a delegation grows by another actor.
const maxExchanges = 8

// checkExchange refuses a client whose tokens could not be told apart, or that
// would get scopes which nobody has.
func checkExchange(c *Client, n *neighbours) error {
	for _, s := range strings.Fields(c.ExchangeScope) {
		if !n.scopes[s] || s == scopeOffline {
			return wrong("exchange_scope", "%q must be a scope of the realm, and not %s", s, scopeOffline)
		}
	}
	const plain = "%q must be at most 255 printable ASCII characters"
	if len(c.MayAct) > 255 || !wire.IsVisibleASCII(c.MayAct) {
		return wrong("may_act", plain, c.MayAct)
	}
	for _, a := range c.Audiences {
		if a == "" || len(a) > 255 || !wire.IsVisibleASCII(a) {
			return wrong("audiences", plain+", and not empty", a)
		}
	}
	return nil
}

// exchange is what a token exchange request names (RFC 8693 section 2.1).
type exchange struct {
	subject, actor exchanged
	targets        []string // audience and resource
}

// exchanged is a token that is shown to be exchanged.
type exchanged struct {
	namedToken
	sent  bool
	wrong string // why it cannot be believed; empty when it can
	from  *license
}

// about returns the subject that the token speaks of, as its client knows it.
func (x *exchanged) about(d *directory) string {
	if x.family != nil {
		return x.family.subject(d)
	}
	return x.jwt.Subject
}

// scopes are what the token is good for; an ID token is good for none.
func (x *exchanged) scopes() []string {
	switch {
	case x.family != nil:
		return x.family.scopes
	case x.access:
		return wire.Words(x.jwt.Scope)
	}
	return nil
}

// until is when the token ends.
func (x *exchanged) until(now time.Time) time.Time {
	if x.family != nil {
		limit := x.family.limit
		return now.Add(min(limit.idle-x.family.idle, limit.total-x.family.age))
	}
	return time.Unix(x.jwt.Expires, 0)
}

// isFor reports whether a client has anything to do with the token: it was
// issued to it, or made for it.
func (x *exchanged) isFor(c *Client) bool {
	return x.owner() == c.ClientID || x.family == nil && c.answersTo(x.jwt.Audience)
}

// whose says for an error text whom the token belongs to and is for.
func (x *exchanged) whose() string {
	if x.family != nil {
		return "issued to " + x.owner()
	}
	aud := "for " + strings.Join(x.jwt.Audience, " and ")
	if owner := x.owner(); owner != "" {
		aud = "issued to " + owner + ", " + aud
	}
	return wire.Shown(aud)
}

// answersTo reports whether a token with this audience is meant for the
// client, or for a resource server that it is.
func (c *Client) answersTo(aud audience) bool {
	return slices.ContainsFunc(aud, func(a string) bool { return a == c.ClientID || slices.Contains(c.Audiences, a) })
}

// actsAs returns the sub of whoever acts: the one in actor_token, or else the
// client.
func (x *exchange) actsAs(d *directory, c *Client) string {
	if x.actor.sent {
		return x.actor.about(d)
	}
	return c.ClientID
}

// chain is the act claim of the new token. Who acted before stays in it, with
// and without a new actor: an exchange must not wash that off.
func (x *exchange) chain(d *directory) *actor {
	before := x.subject.jwt.Actor
	if !x.actor.sent {
		return before
	}
	return &actor{Subject: x.actor.about(d), Actor: before}
}

// derived is what an exchange changes in the token that it gives out.
type derived struct {
	subject  string
	audience audience
	until    time.Time
	authTime int64
	actor    *actor
}

// into writes it into the claims of the new token, which never outlives the
// one that it came from.
func (d *derived) into(claims *accessClaims) {
	if d == nil {
		return
	}
	claims.Subject, claims.Audience, claims.AuthTime, claims.Actor = d.subject, d.audience, d.authTime, d.actor
	claims.Expires = min(claims.Expires, unix(d.until))
}
