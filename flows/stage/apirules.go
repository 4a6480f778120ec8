package stage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
)

// presented is how a request brings its access token (RFC 6750 section 2).
type presented struct {
	values []string // of the Authorization header
	query  url.Values
}

// bearer splits what came into the scheme and the token.
func (p *presented) bearer() (scheme, raw string) {
	scheme, raw, _ = strings.Cut(strings.Join(p.values, ", "), " ")
	return scheme, raw
}

// beginning is the scheme, and no more of what stands where it should: whoever
// sends a token without one has it in the place of the scheme, and what a rule
// got is read in logs.
func beginning(scheme, rest string) string {
	const longest = len("Bearer") + 2
	if long := []rune(scheme); len(long) > longest {
		return string(long[:longest]) + "…"
	}
	if rest == "" {
		return scheme
	}
	return scheme + " …"
}

// bearerRows demand the token in the header only, once, and never in the query.
func bearerRows() []rule.Row[presented] {
	return []rule.Row[presented]{
		{
			ID: "token-not-in-query", Rule: "the access token is not in the URL", Spec: rule.RFC("6750", "2.3"), Error: invalidRequest,
			Check: func(p *presented) rule.Finding {
				inQuery := p.query.Has("access_token")
				return rule.Verdict(!inQuery, "no access_token parameter", present(inQuery, "an access_token parameter"),
					"addresses end up in histories and logs")
			},
		},
		{
			ID: "bearer-present", Rule: "a token came in the Authorization header", Spec: rule.RFC("6750", "2.1"),
			Check: func(p *presented) rule.Finding {
				scheme, raw := p.bearer()
				return rule.Verdict(strings.EqualFold(scheme, "Bearer") && raw != "", "Authorization: Bearer …",
					present(len(p.values) > 0, beginning(scheme, raw)), "nobody gets in without a token")
			},
		},
		{
			ID: "bearer-once", Rule: "exactly one token came", Spec: rule.RFC("6750", "2"), Error: invalidRequest,
			Check: func(p *presented) rule.Finding {
				return rule.Verdict(len(p.values) == 1, "one", strconv.Itoa(len(p.values)), "two tokens leave open which one counts")
			},
		},
	}
}

// invalidRequest is the error of RFC 6750 section 3.1 for a request that brings its token wrongly.
const invalidRequest = "invalid_request"

func present(yes bool, what string) string {
	if yes {
		return what
	}
	return "nothing"
}

// keysRead is how reading the provider's keys came out.
type keysRead struct{ err error }

func keysRows() []rule.Row[keysRead] {
	return []rule.Row[keysRead]{{
		ID: "token-key", Rule: "kid names a key that the provider publishes", Spec: rule.RFC("9068", "4"), Error: token.InvalidToken,
		Check: func(k *keysRead) rule.Finding {
			if k.err != nil {
				return rule.Fail("keys", "none", k.err.Error())
			}
			return rule.Pass("keys", "keys")
		},
	}}
}

// told is how asking the provider about a token came out.
type told struct {
	err    error
	before bool          // it was asked before, and not again
	ago    time.Duration // how long before
}

func toldRows() []rule.Row[told] {
	return []rule.Row[told]{{
		ID: "token-told", Rule: "the provider can be asked about the token", Spec: rule.RFC("7662", "2"), Error: token.InvalidToken,
		Check: func(t *told) rule.Finding {
			switch {
			case t.err != nil:
				return rule.Fail("an answer", "none", t.err.Error())
			case t.before:
				return rule.Skip("it was asked " + t.ago.String() + " ago, and the API goes by that answer")
			}
			return rule.Pass("an answer", "an answer")
		},
	}}
}

// Asked is a request whose token is good, as the rules of a [Route] see it.
type Asked struct {
	Subject  string // whom the token speaks of
	Client   string // that the token was given to, by its client_id
	Scopes   []string
	About    map[string]any // what the API knows of the subject, as far as the scopes go
	Document []byte         // that was sent; nil where none was, or no JSON

	issuer string // [Trusted].Name of whoever gave the token out
}

// mayRow is a rule about what somebody may do: the token's scope is what was
// delegated, and never gives more than the person has (RFC 6749 section 1.4).
func mayRow(id, text string, may func(subject string) bool, reason string) rule.Row[Asked] {
	return rule.Row[Asked]{
		ID: id, Rule: text, Spec: rule.RFC("6749", "1.4"), Status: http.StatusForbidden,
		Check: func(a *Asked) rule.Finding {
			return rule.Verdict(may(a.Subject), "somebody with that right", orNothing(a.Subject), reason)
		},
	}
}
