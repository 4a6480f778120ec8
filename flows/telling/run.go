package telling

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Cast lists the parties that take part in the run, in the order of the lanes;
// whoever has none comes last.
func (t *Teller) Cast() []Party {
	var met []trace.Role
	for i := range t.run.Messages {
		for _, r := range []trace.Role{t.run.Messages[i].From, t.run.Messages[i].To} {
			if !slices.Contains(met, r) {
				met = append(met, r)
			}
		}
	}
	known := trace.Roles()
	roles := slices.DeleteFunc(slices.Clone(known), func(r trace.Role) bool { return !slices.Contains(met, r) })
	roles = append(roles, slices.DeleteFunc(met, func(r trace.Role) bool { return slices.Contains(known, r) })...)
	parties := make([]Party, len(roles))
	for i, r := range roles {
		parties[i] = t.Party(r)
	}
	return parties
}

// Summary says what the run was made of: "25 steps · 9 requests · 41 checks
// passed". What was skipped is for developers, and so is what failed in a run
// that ended well: a story can foresee it.
func (t *Teller) Summary() string {
	requests, results := 0, map[trace.Result]int{}
	for i := range t.run.Messages {
		if t.run.Messages[i].Kind == trace.Request {
			requests++
		}
		for _, c := range t.run.Messages[i].Checks {
			results[c.Result]++
		}
	}
	out := t.count("steps", len(t.run.Messages)) + " · " + t.count("requests", requests) +
		" · " + t.count("checks-passed", results[trace.Pass])
	if n := results[trace.Fail]; n > 0 && (t.story.Developer || t.run.Outcome.State != trace.Completed) {
		out += " · " + t.count("checks-failed", n)
	}
	if n := results[trace.Skip]; n > 0 && t.story.Developer {
		out += " · " + t.count("checks-skipped", n)
	}
	return out
}
