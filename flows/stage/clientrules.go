package stage

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// What a client holds the provider's answers to, apart from the ID token: see
// package token for that.

// authResponse is an authorization response beside what its client remembers of the request.
type authResponse struct {
	asked         bool   // whether this browser started a sign-in here
	state, issuer string // the ones that were sent and asked
	said          url.Values
}

// callbackRows are the rules for the answer that brings a code (RFC 6749 section 4.1.2).
func callbackRows() []rule.Row[authResponse] {
	const session = "a session with a sign-in under way"
	return slices.Concat(
		[]rule.Row[authResponse]{{
			ID: "session-known", Rule: "this browser started a sign-in here", Spec: rule.RFC("6749", "10.12"),
			Check: func(r *authResponse) rule.Finding {
				if !r.asked {
					return rule.Fail(session, "no such session", "the answer came from a browser that never asked for it")
				}
				return rule.Pass(session, session)
			},
		}},
		answerRows(rule.RFC("6749", "4.1.2.1")),
		[]rule.Row[authResponse]{{
			ID: "code-present", Rule: "code is sent", Spec: rule.RFC("6749", "4.1.2"),
			Check: func(r *authResponse) rule.Finding {
				return came(r, "code", "a code", "without a code there is nothing to trade for tokens")
			},
		}},
	)
}

// fragmentRows are the rules for the answer that brings a token at once (RFC
// 6749 section 4.2.2). There is none that could tell for whom the token was
// made: an access token says nothing to a client.
func fragmentRows() []rule.Row[authResponse] {
	return append(answerRows(rule.RFC("6749", "4.2.2.1")), rule.Row[authResponse]{
		ID: "token-came", Rule: "an access token came", Spec: rule.RFC("6749", "4.2.2"),
		Check: func(r *authResponse) rule.Finding {
			return came(r, "access_token", "an access token", "without a token there is nothing to call the API with")
		},
	})
}

// answerRows are the rules for either. Where errors are reported is told by the grant.
func answerRows(errors trace.Spec) []rule.Row[authResponse] {
	return []rule.Row[authResponse]{
		{
			ID: "state-matches", Rule: "state is the one that was sent", Spec: rule.RFC("6749", "10.12"),
			Check: func(r *authResponse) rule.Finding {
				state := r.said.Get("state")
				return rule.Verdict(state == r.state, r.state, orNothing(state), "somebody else's answer may have been slipped in")
			},
		},
		{
			ID: "iss-matches", Rule: "iss is the provider that was asked", Spec: rule.RFC("9207", "2.4"),
			Check: func(r *authResponse) rule.Finding {
				iss := r.said.Get("iss")
				return rule.Verdict(iss == r.issuer, r.issuer, orNothing(iss), "the answer may come from another provider")
			},
		},
		{
			ID: "no-error", Rule: "the provider reports no error", Spec: errors,
			Check: func(r *authResponse) rule.Finding {
				code := r.said.Get("error")
				return rule.Verdict(code == "", "no error", orNothing(code), describe(code, r.said.Get("error_description")))
			},
		},
	}
}

func came(r *authResponse, name, what, without string) rule.Finding {
	value := r.said.Get(name)
	return rule.Verdict(value != "", what, orNothing(value), without)
}

// tokenTypeRows are the rules for a token response, by its token_type.
func tokenTypeRows() []rule.Row[string] {
	return []rule.Row[string]{{
		ID: "token-type-bearer", Rule: "token_type is one that this app can use", Spec: rule.RFC("6749", "7.1"),
		Check: func(kind *string) rule.Finding {
			return rule.Verdict(strings.EqualFold(*kind, "Bearer"), "Bearer", orNothing(*kind),
				"a client must not use a token of a type that it does not know")
		},
	}}
}

// subjects are two statements about who the person is.
type subjects struct{ before, now string }

func (s *subjects) agree(reason string) rule.Finding {
	return rule.Verdict(s.before == orNothing(s.now), s.before, orNothing(s.now), reason)
}

// userInfoRows are the rules for an answer of the UserInfo endpoint.
func userInfoRows() []rule.Row[subjects] {
	return []rule.Row[subjects]{{
		ID: "userinfo-subject", Rule: "UserInfo speaks of the person of the ID token", Spec: rule.OIDC("5.3.2"),
		Check: func(s *subjects) rule.Finding { return s.agree("what is said about somebody else must not be used") },
	}}
}

// renewalRows are the rules for an ID token that comes with renewed tokens,
// beside those for every ID token.
func renewalRows() []rule.Row[subjects] {
	return []rule.Row[subjects]{{
		ID: "id-token-same-person", Rule: "sub is the one of the sign-in", Spec: rule.OIDC("12.2"),
		Check: func(s *subjects) rule.Finding {
			return s.agree("renewed tokens speak of the person who signed in, and of nobody else")
		},
	}}
}

// firstBroken returns the check that refused, or nil.
func firstBroken(checks []trace.Check) *trace.Check {
	if i := slices.IndexFunc(checks, func(c trace.Check) bool { return c.Result == trace.Fail }); i >= 0 {
		return &checks[i]
	}
	return nil
}

func describe(code, description string) string {
	if description == "" {
		return code
	}
	return code + ": " + description
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}
