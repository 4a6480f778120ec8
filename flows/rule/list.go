package rule

import "github.com/grantwalk/grantwalk/flows/trace"

// Listed is a row as documentation and look-up need it: all but what decides it.
type Listed struct {
	ID    string
	Rule  string
	Spec  trace.Spec
	Error string
}

// List names the rows of a table, in order.
func List[T any](rows []Row[T]) []Listed {
	out := make([]Listed, 0, len(rows))
	for i := range rows {
		out = append(out, Listed{ID: rows[i].ID, Rule: rows[i].Rule, Spec: rows[i].Spec, Error: rows[i].Error})
	}
	return out
}
