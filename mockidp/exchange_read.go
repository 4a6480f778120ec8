package mockidp

import (
	"slices"
	"time"
)

func (m *mint) newExchange(in *tokenRequest) *exchange {
	read := func(name string) exchanged {
		return m.readExchanged(in.t, in.params.Get(name+"_token"), in.params.Get(name+"_token_type"), in.r.Now)
	}
	x := &exchange{subject: read("subject"), actor: read("actor")}
	for _, name := range []string{"audience", "resource"} {
		for _, target := range in.params.All(name) {
			if !slices.Contains(x.targets, target) {
				x.targets = append(x.targets, target)
			}
		}
	}
	return x
}

// readExchanged looks a token up as one of the kind that it is said to be. A
// refresh token is not used up by it.
func (m *mint) readExchanged(t *tenant, token, kind string, now time.Time) exchanged {
	if token == "" {
		return exchanged{}
	}
	x := exchanged{namedToken: m.lookUp(t, token, now), sent: true}
	switch {
	case x.family != nil && kind == kindRefresh:
		x.wrong, x.from = x.family.notGood(), x.family.license
	case x.access && (kind == kindAccess || kind == kindJWT && !x.jwt.opaque):
		x.wrong, x.from = x.over, t.tokens.license(x.jwt.ID, now)
	case x.id && (kind == kindID || kind == kindJWT):
		x.from, x.wrong = t.behindIDToken(x.jwt, now)
	default:
		x.wrong = "it is no token of that type by this issuer"
	}
	return x
}

// trail names an access token and those that it came from by exchange.
func (x *exchanged) trail() string {
	switch {
	case !x.access:
		return ""
	case x.jwt.opaque && x.from.exchanges > 0:
		return x.jwt.ID + "." + x.from.from
	}
	return x.jwt.ID
}

// behindIDToken returns what an ID token stands on: the session of the person,
// with which it ends. One without a session ends by itself.
func (t *tenant) behindIDToken(j jwt, now time.Time) (stands *license, wrong string) {
	if !t.isIssuer(j.Issuer) {
		return nil, "it is of another issuer"
	}
	if exp := time.Unix(j.Expires, 0).UTC(); !now.Before(exp) {
		return nil, "it expired at " + exp.Format(time.RFC3339)
	}
	if len(j.Audience) == 0 || t.clients.get(j.Audience[0]) == nil {
		return nil, "its client is no longer registered"
	}
	subject := j.Subject
	if p := t.personKnownAs(t.clients.get(j.Audience[0]), subject); p != nil {
		subject = p.Subject
	}
	if j.session == "" && t.apart.has(subject, j.AuthTime, now) {
		return &license{}, ""
	}
	s := t.sessions.of(j.session, subject, j.AuthTime, now)
	if s == nil {
		return nil, signedOut
	}
	return &license{visit: s.visit}, ""
}
