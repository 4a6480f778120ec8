// Package rule holds one rule as one named row: what it demands in words that a
// learner can read, which section of which standard demands it, and the
// function that decides it on real values. Every party of a flow, provider,
// client app, API and workbench alike, holds what it was sent to such rows.
//
// Call [Run] to be stopped by the first rule that is broken, [InOrder] or
// [Each] for the checks as a list. The package knows no rule itself, no HTTP
// and no party: whoever runs rows says who they are.
package rule

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Row is one rule together with the function that decides it. Check reads its
// input and returns a value; it writes no response and changes no state.
type Row[T any] struct {
	ID     string     // stable, unique within its table: "redirect-uri-registered"
	Rule   string     // a phrase a learner can read
	Spec   trace.Spec // where the rule comes from
	Error  string     // the error code that breaking it leads to; empty where the standard gives none
	Status int        // of the answer that breaking it leads to; zero: the usual one of whoever runs it
	// When says whether an input has to do with the rule at all; nil means
	// always. Where it has not, the rule neither runs nor is recorded, so that
	// nobody who uses no DPoP is shown twelve skipped rules about it.
	When  func(*T) bool
	Check func(*T) Finding
}

func (r *Row[T]) concerns(in *T) bool { return r.When == nil || r.When(in) }

// checked is what running the row came to, as it is recorded.
func (r *Row[T]) checked(by trace.Role, f Finding) trace.Check {
	c := trace.Check{
		By: by, ID: r.ID, Rule: r.Rule, Spec: r.Spec,
		Expected: f.Expected, Got: f.Got, Result: f.Result, Reason: f.Reason,
	}
	if f.Result == trace.Fail {
		c.Error = r.Error
	}
	return c
}

// OnlyWhen makes rows into ones that run only for inputs that use what they are
// about.
func OnlyWhen[T any](when func(*T) bool, rows []Row[T]) []Row[T] {
	out := slices.Clone(rows)
	for i := range out {
		inner := out[i].When
		out[i].When = func(in *T) bool { return when(in) && (inner == nil || inner(in)) }
	}
	return out
}

// Lifted makes rows about a part of an input into rows about the whole, so that
// what several tables have in common is written once.
func Lifted[W, P any](rows []Row[P], part func(*W) *P) []Row[W] {
	out := make([]Row[W], 0, len(rows))
	for _, r := range rows {
		out = append(out, Row[W]{
			ID: r.ID, Rule: r.Rule, Spec: r.Spec, Error: r.Error, Status: r.Status,
			When:  func(whole *W) bool { return r.concerns(part(whole)) },
			Check: func(whole *W) Finding { return r.Check(part(whole)) },
		})
	}
	return out
}

// RFC names a section of an RFC: RFC("7636", "4.6").
func RFC(number, section string) trace.Spec {
	return trace.Spec{Doc: "RFC " + number, Section: section}
}

// OIDC names a section of OpenID Connect Core 1.0.
func OIDC(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Core 1.0", Section: section}
}
