package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// IsWalk reports whether a word of the command line is the address of a walk,
// as lessons name it: walk/implicit/mail.
func IsWalk(word string) bool { return strings.HasPrefix(word, address.PlaceWalk+"/") }

// WalkTo plays the walk of an address in the terminal, for a program without a window.
func WalkTo(ctx context.Context, root *cobra.Command, to string) error {
	walk, _, err := root.Find([]string{address.PlaceWalk})
	if err != nil || walk.RunE == nil {
		return usage.Slip("cli.slip.no-window")
	}
	walk.SetContext(ctx)
	return walk.RunE(walk, []string{to})
}

// addressed takes the address of a walk apart: what is returned is the flow, and
// what is chosen in it stands in the flags as if it had been typed there.
func (f *walkFlags) addressed(id string) (flow string, err error) {
	if !strings.ContainsAny(id, "/?") {
		return id, nil
	}
	to, err := address.Parse(address.PlaceWalk + "/" + strings.TrimPrefix(id, address.PlaceWalk+"/"))
	if err != nil {
		return id, nil // it is the name of no flow either, which is said there
	}
	visit, missing := address.Walk(to, "voice", "lens")
	if len(missing) > 0 {
		return "", astray(id, visit.Flow, missing[0])
	}
	c := visit.Choices
	f.client = c.Client
	f.mistake, f.person, f.deny = visit.Mistake, c.Person, c.Deny
	f.withhold = append(f.withhold, c.Withhold...)
	for _, name := range slices.Sorted(maps.Keys(c.Switches)) {
		f.switches = append(f.switches, name+"="+c.Switches[name])
	}
	for _, j := range c.Jumps {
		f.jumps = append(f.jumps, j.Step+"="+j.By.String())
	}
	for _, e := range c.Edits {
		for _, p := range e.Params {
			set := e.Step + "." + p.Name
			if !p.Remove {
				set += "=" + p.Value
			}
			f.sets = append(f.sets, set)
		}
	}
	if c.Typed != nil {
		f.password = c.Typed.Password
	}
	return visit.Flow.ID, nil
}

// astray refuses an address that names what does not exist, and says what could stand there.
func astray(id string, flow flows.Flow, m address.Missing) error {
	var allowed []string
	switch m.Kind {
	case "flow":
		allowed = FlowIDs()
	case "step":
		allowed = Steps(flow)
	case "mistake":
		allowed = Mistakes(flow)
	case "person":
		allowed = people()
	case "time":
		return usage.Slip("cli.slip.jump", "jump", usage.Quote(m.Name))
	default:
		allowed = []string{address.ChoiceDeny + "=yes", address.ChoicePassword + "=wrong"}
		for _, s := range flow.Switches {
			allowed = append(allowed, s.ID+"="+strings.Join(s.Values, "|"))
		}
	}
	return usage.NearSlip("address", m.Name, allowed, "address", id, "name", m.Name, "allowed", strings.Join(allowed, ", "))
}
