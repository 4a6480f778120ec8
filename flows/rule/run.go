package rule

import (
	"context"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Refusal is the first rule that an input broke.
type Refusal struct {
	Check  trace.Check
	Status int // Row.Status
}

// Run tries the rows in order, records each in the name of by, and stops at the
// first that fails: what comes after it was never looked at and is not
// recorded. It returns nil when all are kept.
func Run[T any](ctx context.Context, by trace.Role, rows []Row[T], in *T) *Refusal {
	heard := trace.Recorded(ctx)
	for i := range rows {
		if !rows[i].concerns(in) {
			continue
		}
		f := rows[i].Check(in)
		if !heard && f.Result != trace.Fail {
			continue
		}
		c := rows[i].checked(by, f)
		trace.Record(ctx, c)
		if f.Result == trace.Fail {
			return &Refusal{Check: c, Status: rows[i].Status}
		}
	}
	return nil
}

// RunQuietly is [Run] for rules about plain HTTP, which would only stand in a
// learner's way while they hold: a row is recorded when it fails.
func RunQuietly[T any](ctx context.Context, by trace.Role, rows []Row[T], in *T) *Refusal {
	for i := range rows {
		if !rows[i].concerns(in) {
			continue
		}
		if f := rows[i].Check(in); f.Result == trace.Fail {
			c := rows[i].checked(by, f)
			trace.Record(ctx, c)
			return &Refusal{Check: c, Status: rows[i].Status}
		}
	}
	return nil
}

// Holds reports whether an input keeps every row, and records nothing.
func Holds[T any](rows []Row[T], in *T) bool {
	for i := range rows {
		if rows[i].concerns(in) && rows[i].Check(in).Result == trace.Fail {
			return false
		}
	}
	return true
}

// Each returns what comes of every row that concerns the input, whatever comes
// of the others. It records nothing.
func Each[T any](by trace.Role, rows []Row[T], in *T) []trace.Check {
	checks := make([]trace.Check, 0, len(rows))
	for i := range rows {
		if rows[i].concerns(in) {
			checks = append(checks, rows[i].checked(by, rows[i].Check(in)))
		}
	}
	return checks
}

// InOrder is [Each] for rows that rely on those before them: after the first
// that fails the others do not run, and are listed as skipped because of it.
func InOrder[T any](by trace.Role, rows []Row[T], in *T) []trace.Check {
	checks := make([]trace.Check, 0, len(rows))
	broken := ""
	for i := range rows {
		if broken != "" {
			checks = append(checks, rows[i].checked(by, Skip("not looked at: already refused because of “"+broken+"”")))
			continue
		}
		if !rows[i].concerns(in) {
			continue
		}
		c := rows[i].checked(by, rows[i].Check(in))
		if checks = append(checks, c); c.Result == trace.Fail {
			broken = rows[i].Rule
		}
	}
	return checks
}
