package cli

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// choices checks everything that was said before anything is played.
func (f *walkFlags) choices(flow flows.Flow, words *tutorials.Library) (stage.Choices, error) {
	edits, err := readEdits(f.sets, flow)
	problems := []error{
		usage.OneOf("voice", f.voice, Voices()), usage.Given("lens", f.lens, Lenses(words)), usage.OneOf("format", f.format, formats()),
		usage.Given("person", f.person, people()), usage.OneOf("network", f.network, Networks()),
		usage.Given("mistake", f.mistake, Mistakes(flow)), err, f.idle(flow),
	}
	if m, ok := flow.Mistake(f.mistake); ok && slices.ContainsFunc(edits, func(e stage.Edit) bool { return e.Step == m.Step }) {
		problems = append(problems, usage.Slip("cli.slip.mistake-set", "mistake", m.ID, "step", m.Step))
	}
	for _, p := range problems {
		if p != nil {
			return stage.Choices{}, p
		}
	}
	choices := stage.Choices{Person: f.person, Deny: f.deny, Withhold: f.withhold, Edits: edits, Client: f.client}
	if choices.Switches, err = readSwitches(words.Catalog(), f.switches, flow); err != nil {
		return stage.Choices{}, err
	}
	if choices.Jumps, err = readJumps(f.jumps, flow); err != nil {
		return stage.Choices{}, err
	}
	if f.isGiven("password") || f.password != "" {
		choices.Typed = &stage.Typed{Username: orFirst(f.person, flow), Password: f.password}
	}
	return choices, nil
}

// isGiven reports whether a flag was on the command line, be it empty.
func (f *walkFlags) isGiven(flag string) bool { return f.given != nil && f.given(flag) }

// idle refuses what can do nothing in a flow: whoever asks for it would take
// the run for one in which it happened.
func (f *walkFlags) idle(flow flows.Flow) error {
	switch offers := flow.Offers(); {
	case f.person != "" && !offers.Person:
		return usage.Slip("cli.slip.nobody", "person", f.person, "flow", flow.ID)
	case f.isGiven("password") && !offers.SignIn:
		return usage.Slip("cli.slip.nothing-typed", "flow", flow.ID)
	case f.deny && !offers.Consent:
		return usage.Slip("cli.slip.no-consent", "flow", flow.ID)
	case f.deny && len(f.withhold) > 0:
		return usage.Slip("cli.slip.deny-withhold")
	}
	return nil
}
