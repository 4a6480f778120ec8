package trace

import "context"

// Check is one rule, run on real values.
type Check struct {
	By       Role   `json:"by"`                 // who ran it
	ID       string `json:"id"`                 // stable id, e.g. "redirect-uri-registered"; words for learners are filed under it
	Rule     string `json:"rule"`               // a phrase a developer can read: "redirect_uri equals a registered one"
	Spec     Spec   `json:"spec"`               // where the rule comes from
	Expected string `json:"expected,omitempty"` // never a secret that the learner's party does not hold
	Got      string `json:"got,omitempty"`
	Result   Result `json:"result"`
	Reason   string `json:"reason,omitempty"` // why it failed or was skipped, in a sentence
	Error    string `json:"error,omitempty"`  // the protocol's error code that a failure leads to, e.g. "invalid_grant"
}

// Result is what came of a check.
type Result string

// The three results. A skipped check says why in Reason.
const (
	Pass Result = "pass"
	Fail Result = "fail"
	Skip Result = "skip"
)

// Spec names a section of a standard: {"RFC 7636", "4.6"} or {"OpenID Connect Core 1.0", "3.1.3.7"}.
type Spec struct {
	Doc     string `json:"doc"`
	Section string `json:"section,omitempty"`
}

// String returns "RFC 7636 §4.6", "RFC 6749 Appendix B", or "" for the zero value.
func (s Spec) String() string {
	if s.Section == "" {
		return s.Doc
	}
	if s.Section[0] >= 'A' && s.Section[0] <= 'Z' {
		return s.Doc + " Appendix " + s.Section
	}
	return s.Doc + " §" + s.Section
}

type recorderKey struct{}

// WithRecorder returns a context whose checks go to record. It is how a party
// that answers a request tells the network what it verified.
func WithRecorder(ctx context.Context, record func(Check)) context.Context {
	return context.WithValue(ctx, recorderKey{}, record)
}

// Recorded reports whether anybody hears of checks, so that a party need not
// write down what nobody reads.
func Recorded(ctx context.Context) bool {
	record, ok := ctx.Value(recorderKey{}).(func(Check))
	return ok && record != nil
}

// Record reports that a check ran. Without a recorder in the context it does
// nothing, so the same code serves a lesson and a real port unchanged.
func Record(ctx context.Context, c Check) {
	if record, ok := ctx.Value(recorderKey{}).(func(Check)); ok && record != nil {
		record(c)
	}
}
