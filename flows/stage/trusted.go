package stage

import (
	"context"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Trusted is an issuer whose access tokens an API takes.
type Trusted struct {
	Name   string // of the issuer, for whoever keeps its people apart
	Issuer string
	// Owns reports whether an issuer identifier is of the same one, which may
	// have several; nil: there is only Issuer.
	Owns func(issuer string) bool
	// Audience is what a token for a scope names as its audience.
	Audience func(issuer, scope string) string
	AnyType  bool // see token.AccessTokenExpectations
	Opaque   bool // some of its tokens can be read by itself alone
	// About tells of a person what the scopes are good for; nil: nothing.
	About func(subject string, scopes []string) map[string]any
	// ClientID and ClientSecret are by what the API proves who it is when it asks about a token.
	ClientID, ClientSecret string
}

// Way is how an API finds out whether a token is good.
type Way string

const (
	// ByKeys verifies a JWT with the keys of whoever gave it out (RFC 9068 section 4).
	ByKeys Way = "jwt"
	// ByAsking asks the provider about each token (RFC 7662), which knows of revocation.
	ByAsking Way = "introspection"
	// ByEither verifies what is a JWT, and asks about what is none.
	ByEither Way = "either"
)

// Ways lists them, the usual one first.
func Ways() []Way { return []Way{ByEither, ByKeys, ByAsking} }

// from finds whose token it is by iss, which nobody has verified yet. A stranger's
// is held to the rules of the first issuer, and fails them.
func (a *API) from(iss string) (from *Trusted, issuer string) {
	for i := range a.trusted {
		if t := &a.trusted[i]; iss != "" && (iss == t.Issuer || t.Owns != nil && t.Owns(iss)) {
			return t, iss
		}
	}
	return &a.trusted[0], a.trusted[0].Issuer
}

// call is what a request asks of an API, and what its sender showed in the handshake before.
type call struct {
	scope       string // that it takes
	certificate string // thumbprint of the sender's certificate; "" where none came
}

func (a *API) expects(from *Trusted, issuer string, c call, keys *jose.JSONWebKeySet) token.AccessTokenExpectations {
	return token.AccessTokenExpectations{
		By: trace.ResourceServer, Issuer: issuer, Audience: from.Audience(issuer, c.scope), Scope: c.scope, Keys: keys, Now: a.now(),
		AnyType: from.AnyType, Unbound: a.audience == "", Certificate: c.certificate,
	}
}

func (t *Trusted) asked(subject, client, scope string) Asked {
	asked := Asked{Subject: subject, Client: client, Scopes: strings.Fields(scope), issuer: t.Name}
	if t.About != nil {
		asked.About = t.About(subject, asked.Scopes)
	}
	return asked
}

// askEach asks each issuer that has such tokens about one that does not say whose it is.
func (a *API) askEach(ctx context.Context, raw string, c call) (v verdict) {
	for i := range a.trusted {
		t := &a.trusted[i]
		if !t.Opaque {
			continue
		}
		v = a.ask(ctx, t, t.Issuer, raw, c)
		if broken := firstBroken(v.checks); broken == nil || broken.ID != "token-active" {
			return v
		}
	}
	return v
}
