package mockidp

import (
	"context"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Rule is one named demand that an endpoint makes of a request. The tables
// that [Rules] lists are the ones that are enforced.
type Rule struct {
	Endpoint string     // "authorization", "sign-in", "consent", "pushed-authorization", "token", "device-authorization", "device", "revocation", "introspection", "logout", "logout-confirmation", "userinfo", "registration", "client-configuration", "cookie-check", "certs", "discovery", or "every"
	Grant    string     // the grant_type that the rule belongs to; empty for rules of every grant
	ID       string     // stable, unique within an endpoint and grant: "redirect-uri-registered"
	Rule     string     // a phrase a learner can read
	Spec     trace.Spec // where the rule comes from
	Error    string     // the error code that breaking it leads to; empty where the standard gives none
}

// Rules lists every rule of every endpoint in the order in which each
// endpoint runs them.
func Rules() []Rule {
	return slices.Concat(
		ruleList("every", "", doorRows()),
		ruleList("authorization", "", trustRows()),
		ruleList("authorization", "", requestRows()),
		ruleList("sign-in", "", signInRows()),
		ruleList("consent", "", consentRows()),
		ruleList("pushed-authorization", "", pushedRows()),
		ruleList("pushed-authorization", "", pushedProofRows()),
		ruleList("token", "", tokenRows()),
		ruleList("token", "", tokenProofRows()),
		grantRules(),
		ruleList("device-authorization", "", deviceAuthorizationRows()),
		ruleList("device", "", devicePageRows()),
		ruleList("device", "", userCodeRows()),
		ruleList("revocation", "", revocationRows()),
		ruleList("introspection", "", introspectionRows()),
		ruleList("introspection", "", tokenStateRows()),
		ruleList("logout", "", logoutRows()),
		ruleList("logout-confirmation", "", logoutFormRows()),
		ruleList("userinfo", "", userInfoRows()),
		ruleList("registration", "", registrationRows()),
		ruleList("client-configuration", "", clientConfigurationRows()),
		ruleList("cookie-check", "", publicRows()),
		ruleList("certs", "", publicRows()),
		ruleList("discovery", "", publicRows()),
	)
}

func ruleList[T any](endpoint, grant string, rows []row[T]) []Rule {
	rules := make([]Rule, 0, len(rows))
	for _, r := range rows {
		rules = append(rules, Rule{Endpoint: endpoint, Grant: grant, ID: r.id, Rule: r.rule, Spec: r.spec, Error: r.err})
	}
	return rules
}

// row is one rule together with the function that decides it. The check reads
// its input and returns a value; it writes no response and changes no state.
type row[T any] struct {
	id     string
	rule   string
	spec   trace.Spec
	err    string
	status int // of the answer that breaking the rule leads to; zero: the endpoint's usual one
	// when says whether a request has to do with the rule at all; nil means
	// always. Where it has not, the rule neither runs nor is recorded, so that
	// nobody who uses no DPoP is shown twelve skipped rules about it.
	when  func(*T) bool
	check func(*T) finding
}

// onlyWhen makes rows into ones that run only for requests that use what they
// are about.
func onlyWhen[T any](when func(*T) bool, rows []row[T]) []row[T] {
	out := slices.Clone(rows)
	for i := range out {
		inner := out[i].when
		out[i].when = func(in *T) bool { return when(in) && (inner == nil || inner(in)) }
	}
	return out
}

func (r *row[T]) concerns(in *T) bool { return r.when == nil || r.when(in) }

// lifted makes rows about a part of a request into rows about the whole, so
// that what several endpoints have in common is written once.
func lifted[W, P any](rows []row[P], part func(*W) *P) []row[W] {
	out := make([]row[W], 0, len(rows))
	for _, r := range rows {
		out = append(out, row[W]{
			id: r.id, rule: r.rule, spec: r.spec, err: r.err, status: r.status,
			when:  func(whole *W) bool { return r.concerns(part(whole)) },
			check: func(whole *W) finding { return r.check(part(whole)) },
		})
	}
	return out
}

// finding is what a check saw.
type finding struct {
	result   trace.Result
	expected string
	got      string
	reason   string
}

func pass(expected, got string) finding {
	return finding{result: trace.Pass, expected: expected, got: got}
}

func fail(expected, got, reason string) finding {
	return finding{result: trace.Fail, expected: expected, got: got, reason: reason}
}

func skip(reason string) finding { return finding{result: trace.Skip, reason: reason} }

// verdict passes or fails, with the reason used only for a failure.
func verdict(ok bool, expected, got, reason string) finding {
	if ok {
		return pass(expected, got)
	}
	return fail(expected, got, reason)
}

// refusal is the first rule that a request broke.
type refusal struct {
	check  trace.Check
	status int
}

// run tries the rows in order, records each, and stops at the first that
// fails: what comes after it was never looked at and is not recorded.
func run[T any](ctx context.Context, rows []row[T], in *T) *refusal {
	heard := trace.Recorded(ctx)
	for i := range rows {
		if !rows[i].concerns(in) {
			continue
		}
		f := rows[i].check(in)
		if !heard && f.result != trace.Fail {
			continue
		}
		c := rows[i].asCheck(f)
		trace.Record(ctx, c)
		if f.result == trace.Fail {
			return &refusal{check: c, status: rows[i].status}
		}
	}
	return nil
}

// runQuietly is run for rules about plain HTTP, which would only stand in a
// learner's way while they hold: a row is recorded when it fails.
func runQuietly[T any](ctx context.Context, rows []row[T], in *T) *refusal {
	for i := range rows {
		if !rows[i].concerns(in) {
			continue
		}
		if f := rows[i].check(in); f.result == trace.Fail {
			c := rows[i].asCheck(f)
			trace.Record(ctx, c)
			return &refusal{check: c, status: rows[i].status}
		}
	}
	return nil
}

func (r *row[T]) asCheck(f finding) trace.Check {
	c := trace.Check{
		By: trace.AuthorizationServer, ID: r.id, Rule: r.rule, Spec: r.spec,
		Expected: f.expected, Got: f.got, Result: f.result, Reason: f.reason,
	}
	if f.result == trace.Fail {
		c.Error = r.err
	}
	return c
}

func rfc(number, section string) trace.Spec {
	return trace.Spec{Doc: "RFC " + number, Section: section}
}

func oidc(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Core 1.0", Section: section}
}
