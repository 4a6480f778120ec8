package rule

import "github.com/grantwalk/grantwalk/flows/trace"

// Finding is what a check saw.
type Finding struct {
	Result   trace.Result
	Expected string // never a secret that the learner's party does not hold
	Got      string
	Reason   string // why it failed or was skipped, in a sentence
}

// Pass says that the rule is kept.
func Pass(expected, got string) Finding {
	return Finding{Result: trace.Pass, Expected: expected, Got: got}
}

// Fail says that the rule is broken.
func Fail(expected, got, reason string) Finding {
	return Finding{Result: trace.Fail, Expected: expected, Got: got, Reason: reason}
}

// Skip says why the rule could not be looked at.
func Skip(reason string) Finding { return Finding{Result: trace.Skip, Reason: reason} }

// Verdict passes or fails, with the reason used only for a failure.
func Verdict(ok bool, expected, got, reason string) Finding {
	if ok {
		return Pass(expected, got)
	}
	return Fail(expected, got, reason)
}
