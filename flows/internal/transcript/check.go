package transcript

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// checks writes the checks of a message: one that passed in a line, one that
// failed with all that it saw, and those together that were skipped for the same
// reason, one after the other.
func (r *reporter) checks(m *trace.Message) {
	for i := 0; i < len(m.Checks); {
		c := &m.Checks[i]
		n := 1
		for i+n < len(m.Checks) && skippedAlike(c, &m.Checks[i+n]) {
			n++
		}
		var ids []string
		for _, also := range m.Checks[i : i+n] {
			ids = append(ids, also.ID)
		}
		line := harmless.Line(string(c.Result)) + " " + harmless.Line(strings.Join(ids, ", "))
		if c.By != m.To {
			line += " by " + harmless.Line(string(c.By))
		}
		r.check(line, c)
		i += n
	}
}

func skippedAlike(c, next *trace.Check) bool {
	return c.Result == trace.Skip && c.Expected+c.Got+c.Error == "" && *next == trace.Check{
		By: c.By, ID: next.ID, Rule: next.Rule, Spec: next.Spec, Result: trace.Skip, Reason: c.Reason,
	}
}

func (r *reporter) check(line string, c *trace.Check) {
	switch {
	case c.Result == trace.Pass && c.Reason+c.Error == "":
		if c.Got != "" {
			line += ": " + harmless.Line(c.Got)
		}
		if c.Expected != c.Got {
			line += " (expected: " + harmless.Line(c.Expected) + ")"
		}
		r.long("  ", line)
	case c.Result == trace.Skip && c.Expected+c.Got+c.Error == "":
		r.long("  ", line+": "+harmless.Line(c.Reason))
	default:
		r.long("  ", line)
		r.values("    ", []trace.Field{
			{Name: "expected", Value: c.Expected},
			{Name: "got", Value: c.Got},
			{Name: "reason", Value: c.Reason},
			{Name: "error", Value: c.Error},
		}, true)
	}
}
