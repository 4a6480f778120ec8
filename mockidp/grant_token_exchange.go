package mockidp

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// newTokenExchangeGrant is the grant of RFC 8693: a client that was handed a
// token trades it for one that fits what it calls next. With an actor_token
// the new one says who acts for the subject (delegation), without it nobody
// can tell the two apart (impersonation).
//
// What the RFC leaves to policy (sections 1.1 and 5) is strict here: the client
// authenticates, and the token was issued to it, is for it, or names it in
// may_act; impersonation and scopes beyond those of the token take a field of
// the client. The new token ends with the old one at the latest, is revoked
// with it, and comes without a refresh token (section 2.2.1).
func newTokenExchangeGrant() grant {
	return newGrant(grant{
		name: grantTokenExchange, secrets: []string{"subject_token", "actor_token"}, check: checkExchange,
		errors: faultCodes(rule.RFC("8693", "2.2.2"), errInvalidTarget),
	}, granting[exchangeRequest]{
		rows: tokenExchangeRows,
		read: func(in *tokenRequest) *exchangeRequest {
			found := &exchangeRequest{in, in.at.mint.newExchange(in)}
			in.askScopes(found.exchangeDefault())
			return found
		},
		give: func(ctx context.Context, in *exchangeRequest) (tokenResponse, error) {
			a := in.exchangeResult()
			a.bound = in.confirmation()
			tokens, err := in.at.mint.issueAccessToken(ctx, in.t, a, in.r.Now)
			tokens.IssuedTokenType = cmp.Or(in.params.Get("requested_token_type"), kindAccess)
			return tokens, err
		},
	})
}

// exchangeRequest is a token request that brings tokens.
type exchangeRequest struct {
	*tokenRequest
	exchange *exchange
}

// exchangeable are the scopes that the client may have for the subject token.
func (in *exchangeRequest) exchangeable() []string {
	of := wire.Without(in.exchange.subject.scopes(), []string{scopeOffline})
	return append(of, wire.Without(wire.Words(in.client.ExchangeScope), of)...)
}

// exchangeDefault is what is asked for without a scope parameter: what the
// token was good for already or, where a target is named, all that the client
// may have there.
func (in *exchangeRequest) exchangeDefault() []string {
	if len(in.exchange.targets) == 0 {
		return wire.Without(in.exchange.subject.scopes(), []string{scopeOffline})
	}
	return slices.DeleteFunc(in.exchangeable(), func(name string) bool {
		return !slices.Contains(in.exchange.targets, in.t.scopeTarget(name))
	})
}

func (in *exchangeRequest) exchangeResult() *authorized {
	x := in.exchange
	d := &derived{
		subject:  in.t.subjectAbroad(in.t.clients.get(x.subject.owner()), in.client, x.subject.about(&in.t.directory)),
		audience: x.targets, until: x.subject.until(in.r.Now),
		authTime: x.subject.jwt.AuthTime, actor: x.chain(&in.t.directory),
	}
	if f := x.subject.family; f != nil && f.person != nil {
		d.authTime = unix(f.authTime)
	}
	if len(d.audience) == 0 {
		d.audience = in.t.audience(in.scopes, nil)
	}
	return &authorized{
		client: in.client, scopes: in.scopes, derived: d,
		license: &license{parent: x.subject.from, exchanges: x.subject.from.exchanges + 1, from: x.subject.trail()},
	}
}

func tokenExchangeRows() []rule.Row[exchangeRequest] {
	return slices.Concat([]rule.Row[exchangeRequest]{{
		ID: "client-confidential", Rule: "the client has a secret",
		Spec: rule.RFC("8693", "2.1"), Error: "unauthorized_client",
		Check: func(in *exchangeRequest) rule.Finding {
			return checkConfidential(&in.clientRequest,
				"client "+in.client.ClientID+" is public: whoever got hold of a token could trade it under its name")
		},
	}}, exchangeShapeRows(), subjectRows(),
		rule.OnlyWhen(func(in *exchangeRequest) bool { return in.exchange.actor.sent }, actorRows()),
		exchangePolicyRows(),
		rule.OnlyWhen(func(in *exchangeRequest) bool { return len(in.exchange.targets) > 0 }, targetRows()),
		exchangeScopeRows())
}

// exchangeShapeRows are about which kinds of token are named.
func exchangeShapeRows() []rule.Row[exchangeRequest] {
	here := rule.RFC("8693", "2.1")
	return []rule.Row[exchangeRequest]{
		{
			ID: "subject-token-present", Rule: "subject_token is sent",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding { return in.params.CheckPresent("subject_token") },
		},
		{
			ID: "subject-token-type-known", Rule: "subject_token_type is one that can be exchanged",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				return checkKind(in.params, "subject_token_type", subjectKinds())
			},
		},
		{
			ID: "actor-token-typed", Rule: "actor_token and actor_token_type come together",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				const together = "both of them or neither of them"
				token, kind, got := in.params.Has("actor_token"), in.params.Has("actor_token_type"), together
				switch {
				case token && !kind:
					got = "actor_token alone"
				case kind && !token:
					got = "actor_token_type alone"
				}
				return rule.Verdict(token == kind, together, got, got+" is sent; actor_token and actor_token_type come together or not at all")
			},
		},
		{
			ID: "requested-token-type-supported", Rule: "requested_token_type is one that is given out",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				if !in.params.Has("requested_token_type") {
					return rule.Pass(strings.Join(issuedKinds(), " or "), "none, which means "+kindAccess)
				}
				return checkKind(in.params, "requested_token_type", issuedKinds())
			},
		},
	}
}

func checkKind(p wire.Params, name string, kinds []string) rule.Finding {
	known, sent := strings.Join(kinds, " or "), cmp.Or(wire.Shown(p.Get(name)), "none")
	return rule.Verdict(slices.Contains(kinds, p.Get(name)), known, sent, name+" is "+sent+"; supported here: "+known)
}

// subjectRows are about the token that is exchanged.
func subjectRows() []rule.Row[exchangeRequest] {
	here := rule.RFC("8693", "2.2.2")
	return []rule.Row[exchangeRequest]{
		{
			ID: "subject-token-valid", Rule: "subject_token is genuine and in force",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding { return checkExchanged("subject_token", &in.exchange.subject) },
		},
		{
			ID: "subject-token-for-client", Rule: "subject_token was issued to this client, is for it, or names it in may_act",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				x, c := &in.exchange.subject, in.client
				named := x.jwt.MayAct != nil && x.jwt.MayAct.Subject == c.ClientID
				return rule.Verdict(x.isFor(c) || named, "a token of or for "+c.ClientID, x.whose(),
					"subject_token is none of client "+c.ClientID+"'s concern: it is "+x.whose())
			},
		},
		{
			// A resource server that was handed the token saw the proof and
			// cannot make one; whom it was issued to can.
			ID: "subject-token-key", Rule: "a client that exchanges a token of its own proves that it has its key",
			Spec: rule.RFC("9449", "6"), Error: "invalid_request",
			When: func(in *exchangeRequest) bool {
				x := &in.exchange.subject
				return x.access && x.owner() == in.client.ClientID && x.jwt.Confirmation.Key() != ""
			},
			Check: func(in *exchangeRequest) rule.Finding {
				return checkSameKey(in.exchange.subject.jwt.Confirmation.Key(), &in.proof, "subject_token")
			},
		},
	}
}

// actorRows are about the token of whoever acts.
func actorRows() []rule.Row[exchangeRequest] {
	here := rule.RFC("8693", "2.2.2")
	return []rule.Row[exchangeRequest]{
		{
			ID: "actor-token-type-known", Rule: "actor_token_type is one that says who somebody is",
			Spec: rule.RFC("8693", "2.1"), Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding { return checkKind(in.params, "actor_token_type", actorKinds()) },
		},
		{
			ID: "actor-token-valid", Rule: "actor_token is genuine and in force",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding { return checkExchanged("actor_token", &in.exchange.actor) },
		},
		{
			ID: "actor-token-for-client", Rule: "actor_token was issued to this client or is for it",
			Spec: here, Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				x, c := &in.exchange.actor, in.client
				return rule.Verdict(x.isFor(c), "a token of or for "+c.ClientID, x.whose(),
					"actor_token is none of client "+c.ClientID+"'s concern: it is "+x.whose())
			},
		},
		{
			ID: "actor-token-own", Rule: "actor_token speaks of somebody who acts in person",
			Spec: rule.RFC("8693", "4.1"), Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				got := "nobody acts for its subject"
				if in.exchange.actor.jwt.Actor != nil {
					got = "somebody acts for its subject"
				}
				return rule.Verdict(in.exchange.actor.jwt.Actor == nil, "nobody acts for its subject", got,
					"actor_token comes from an exchange itself; the actor has to show a token of its own")
			},
		},
	}
}

func checkExchanged(name string, x *exchanged) rule.Finding {
	got := "such a token"
	if x.wrong != "" {
		got = "another, or one that is no longer in force"
	}
	return rule.Verdict(x.wrong == "", "a token of the named type by this issuer, in force", got, name+" is not accepted: "+x.wrong)
}

// exchangePolicyRows are about who may act for whom.
func exchangePolicyRows() []rule.Row[exchangeRequest] {
	return []rule.Row[exchangeRequest]{
		{
			ID: "impersonation-allowed", Rule: "who sends no actor_token may act as if it were the subject",
			Spec: rule.RFC("8693", "1.1"), Error: "invalid_request",
			When: func(in *exchangeRequest) bool { return !in.exchange.actor.sent },
			Check: func(in *exchangeRequest) rule.Finding {
				got := "a client that must say who acts"
				if in.client.ExchangeImpersonation {
					got = "a client that may"
				}
				return rule.Verdict(in.client.ExchangeImpersonation, "an actor_token, or a client that may do without", got,
					"client "+in.client.ClientID+" may not impersonate; send an actor_token, so that the new token says who acts")
			},
		},
		{
			ID: "may-act-honoured", Rule: "who acts is the one that may_act in subject_token names",
			Spec: rule.RFC("8693", "4.4"), Error: "invalid_request",
			When: func(in *exchangeRequest) bool { return in.exchange.subject.jwt.MayAct != nil },
			Check: func(in *exchangeRequest) rule.Finding {
				want, got := in.exchange.subject.jwt.MayAct.Subject, in.exchange.actsAs(&in.t.directory, in.client)
				return rule.Verdict(want == got, want, got, "subject_token lets "+wire.Shown(want)+" act for its subject, not "+wire.Shown(got))
			},
		},
		{
			ID: "exchanges-few", Rule: "the token did not come from one exchange after another",
			Spec: rule.RFC("8693", "4.1"), Error: "invalid_request",
			Check: func(in *exchangeRequest) rule.Finding {
				n := in.exchange.subject.from.exchanges
				return rule.Verdict(n < maxExchanges, "fewer than "+strconv.Itoa(maxExchanges), strconv.Itoa(n),
					"subject_token comes from "+strconv.Itoa(n)+" exchanges, one after another; start again from a token of the subject")
			},
		},
	}
}
