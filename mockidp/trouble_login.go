package mockidp

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// noIss stands in a [returnAddress] for an answer without iss.
const noIss = "-"

// begin gives a login that is about to be answered the trouble that waits for
// it. It returns the refusal where that is the trouble.
func (tr *troubles) begin(ctx context.Context, client string, login uint64) *trace.Check {
	for _, f := range tr.takeOn(client, login) {
		if f.Kind != FaultError || f.Endpoint != "authorization" {
			recordTrouble(ctx, f.Fault, trace.Spec{}, trace.Skip)
		}
	}
	for _, f := range tr.strike(func(a *ActiveFault) bool {
		return a.OneLogin && a.Kind == FaultError && a.Endpoint == "authorization" && a.isFor(client, login)
	}) {
		codes := authorizationCodes()
		i := slices.IndexFunc(codes, func(c FaultCode) bool { return c.Error == f.Error }) // it was checked when it was ordered
		c := recordTrouble(ctx, f, codes[i].Spec, trace.Fail)
		return &c
	}
	return nil
}

// strikes takes the faults of these kinds that are for what comes of a license.
func (t *tenant) strikes(ctx context.Context, c *Client, l *license, kinds ...FaultKind) []Fault {
	if t.trouble.active.Load() == 0 {
		return nil
	}
	login := l.lineage().grant
	found := t.trouble.strike(func(a *ActiveFault) bool { return slices.Contains(kinds, a.Kind) && a.isFor(c.ClientID, login) })
	for _, f := range found {
		recordTrouble(ctx, f, trace.Spec{}, trace.Skip)
	}
	return found
}

// lies is where a client waits for its answer, with what trouble makes of it.
func (e *answerer) lies(t *tenant, r *request, c *code) returnAddress {
	to := c.returnAddress
	for _, f := range t.strikes(r.Context(), c.client, c.license, FaultWrongState, FaultNoState, FaultWrongAnswerIss, FaultNoAnswerIss) {
		switch f.Kind {
		case FaultWrongState:
			to.state = cmp.Or(f.Value, "state-of-another-login")
		case FaultNoState:
			to.state = ""
		case FaultWrongAnswerIss:
			to.iss = cmp.Or(f.Value, t.issuer+"-of-somebody-else")
		case FaultNoAnswerIss:
			to.iss = noIss
		}
	}
	return to
}

// swapCode puts another code in the place of the right one, where trouble wants
// that: an earlier one, or one that somebody else got, who asked for it with a
// nonce and a code challenge of their own (RFC 9700 section 4.5).
func (e *answerer) swapCode(t *tenant, r *request, c *code, value string) (string, error) {
	struck := t.strikes(r.Context(), c.client, c.license, FaultOldCode, FaultOtherCode)
	switch {
	case len(struck) == 0:
		return value, nil
	case struck[0].Kind == FaultOldCode:
		return struck[0].Value, nil
	}
	secret, err := e.draw.random(32)
	if err != nil {
		return "", err
	}
	request, theirs := *c.approved, *c
	request.nonce = "nonce-of-somebody-else"
	if request.challenge != "" {
		request.challenge = keys.Digest(secret)
	}
	theirs.approved, theirs.person = &request, t.somebodyElse(c.person)
	t.codes.put(secret, &theirs, t.lifetimesOf(c.client), r.Now)
	return secret, nil
}

// somebodyElse is another person of the realm, where there is one.
func (d *directory) somebodyElse(than *Person) *Person {
	for _, name := range d.names {
		if p := d.people[name]; p != than {
			return p
		}
	}
	return than
}

// swap changes what a token response brings besides well-made tokens.
func (m *mint) swap(ctx context.Context, t *tenant, a *authorized, response *tokenResponse, now time.Time) error {
	if a.person == nil {
		return nil
	}
	for _, f := range t.strikes(ctx, a.client, a.license, swaps()...) {
		switch f.Kind {
		case FaultNoIDToken:
			response.IDToken = ""
		case FaultOldIDToken:
			response.IDToken = f.Value
		case FaultTokenType:
			response.TokenType = "unheard-of"
		case FaultOtherAccess:
			other, err := m.issueAccessToken(ctx, t, t.ofSomebodyElse(a), now)
			if err != nil {
				return err
			}
			response.AccessToken = other.AccessToken
		}
	}
	return nil
}

// ofSomebodyElse is the same allowed by another person to another client, as far
// as the realm has them.
func (t *tenant) ofSomebodyElse(a *authorized) *authorized {
	theirs := *a
	theirs.person, theirs.license = t.somebodyElse(a.person), &license{}
	for _, id := range t.clients.ids() {
		if id != a.client.ClientID {
			theirs.client = t.clients.get(id)
			break
		}
	}
	return &theirs
}

// subjectTold is whom UserInfo speaks of: the token's subject, unless trouble
// makes it somebody else.
func (in *bearerUse) subjectTold() string {
	if in.client != nil {
		l := in.t.tokens.license(in.token.ID, in.r.Now)
		if len(in.t.strikes(in.r.Context(), in.client, l, FaultOtherUserInfo)) > 0 {
			if me := in.t.personKnownAs(in.client, in.token.Subject); me != nil && in.t.somebodyElse(me) != me {
				return in.t.subjectFor(in.client, in.t.somebodyElse(me))
			}
			return "somebody-else"
		}
	}
	return in.token.Subject
}
