package flows

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Offers is what a flow leaves to whoever walks it, apart from its switches.
type Offers struct {
	Person  bool // who takes part
	SignIn  bool // what is typed as the password
	Consent bool // whether the person agrees
}

// Offers tells by the flow's steps what can be chosen in it.
func (f *Flow) Offers() Offers {
	has := func(ids ...string) bool {
		return slices.ContainsFunc(f.Steps, func(s Step) bool { return slices.Contains(ids, s.ID) })
	}
	return Offers{
		Person:  slices.ContainsFunc(f.Steps, func(s Step) bool { return s.From == trace.ResourceOwner }),
		SignIn:  has(stage.StepTypePassword, stage.StepTypeIntoApp),
		Consent: has(stage.StepGiveConsent),
	}
}

// Permissions lists what the person is asked for in a run and can leave out: the
// boxes of the consent page. It is empty where the run comes to no such page.
func Permissions(t *trace.Trace) []string {
	var all []string
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Kind != trace.Response || m.From != trace.AuthorizationServer || !m.IsHTML() {
			continue
		}
		page, err := stage.ParsePage("", m.Status, m.Body)
		if err != nil {
			continue // a learner's edit led to something that is no page
		}
		for _, permission := range page.Permissions() {
			if !slices.Contains(all, permission) {
				all = append(all, permission)
			}
		}
	}
	return all
}
