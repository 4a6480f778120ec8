package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// readEdits reads every --set; those of one step become one edit.
func readEdits(sets []string, flow flows.Flow) ([]stage.Edit, error) {
	steps := requestSteps(flow)
	var edits []stage.Edit
	for _, set := range sets {
		target, value, given := strings.Cut(set, "=")
		step, name, ok := strings.Cut(target, ".")
		if !ok || step == "" || name == "" {
			return nil, usage.Slip("cli.slip.set", "set", usage.Quote(set), "example", "callback.state=other", "steps", strings.Join(steps, ", "))
		}
		if !slices.Contains(steps, step) {
			return nil, usage.NearSlip("set-step", step, steps,
				"set", usage.Quote(set), "step", usage.Quote(step), "steps", strings.Join(steps, ", "))
		}
		change := stage.Change{Name: name, Value: value, Remove: !given}
		if i := slices.IndexFunc(edits, func(e stage.Edit) bool { return e.Step == step }); i >= 0 {
			edits[i].Params = append(edits[i].Params, change)
			continue
		}
		edits = append(edits, stage.Edit{Step: step, Params: []stage.Change{change}})
	}
	return edits, nil
}

// readSwitches reads every --switch.
func readSwitches(say *catalog.Catalog, given []string, flow flows.Flow) (map[string]string, error) {
	if len(given) == 0 {
		return nil, nil
	}
	chosen := map[string]string{}
	for _, one := range given {
		id, value, ok := strings.Cut(one, "=")
		if !ok {
			return nil, usage.Slip("cli.slip.switch", "switch", usage.Quote(one), "switches", switchesOf(say, flow))
		}
		chosen[id] = value
	}
	if err := flow.Check(stage.Choices{Switches: chosen}); err != nil {
		return nil, usage.SlipOf(err, "cli.slip.switch-value", "switches", switchesOf(say, flow))
	}
	return chosen, nil
}

func switchesOf(say *catalog.Catalog, flow flows.Flow) string {
	if len(flow.Switches) == 0 {
		return say.Text("cli.switches.none")
	}
	return say.Text("cli.switches.are", "switches", strings.Join(namesOf(flow.Switches, func(s flows.Switch) string {
		return s.ID + "=" + strings.Join(s.Values, "|")
	}), ", "))
}

// readJumps reads every --jump.
func readJumps(given []string, flow flows.Flow) ([]stage.Jump, error) {
	steps := Steps(flow)
	var jumps []stage.Jump
	for _, one := range given {
		step, text, _ := strings.Cut(one, "=")
		by, err := time.ParseDuration(text)
		if err != nil {
			return nil, usage.Slip("cli.slip.jump", "jump", usage.Quote(one))
		}
		if !slices.Contains(steps, step) {
			return nil, usage.NearSlip("jump-step", step, steps,
				"jump", usage.Quote(one), "step", usage.Quote(step), "steps", strings.Join(steps, ", "))
		}
		j := stage.Jump{Step: step, By: by}
		if err := j.Check(); err != nil {
			return nil, usage.SlipOf(err, "cli.slip.jump-time", "jump", usage.Quote(one))
		}
		jumps = append(jumps, j)
	}
	return jumps, nil
}

// orFirst is the user name of whoever signs in.
func orFirst(person string, flow flows.Flow) string {
	switch {
	case person != "":
		return person
	case flow.Cast.Person != "":
		return flow.Cast.Person
	}
	return people()[0]
}

// checkEdits refuses a change that found nothing to change: a slip of the pen
// must not look like a flow that withstood it.
func checkEdits(edits []stage.Edit, run *trace.Trace) error {
	for _, e := range edits {
		i := slices.IndexFunc(run.Messages, func(m trace.Message) bool { return m.Kind == trace.Request && m.Step == e.Step })
		if i < 0 && !touched(run, e) {
			return usage.Slip("cli.slip.set-unmet", "step", e.Step, "steps", strings.Join(requestsOf(run), ", "))
		}
		for _, c := range e.Params {
			if i >= 0 && c.Remove && !marked(&run.Messages[i], c) {
				return usage.Slip("cli.slip.set-nothing", "set", e.Step+"."+c.Name, "names", strings.Join(paramsOf(&run.Messages[i]), ", "))
			}
		}
	}
	return nil
}

// touched reports whether the edit made a request of another step out of its own.
func touched(run *trace.Trace, e stage.Edit) bool {
	return slices.ContainsFunc(run.Messages, func(m trace.Message) bool {
		return slices.ContainsFunc(e.Params, func(c stage.Change) bool { return marked(&m, c) })
	})
}

func marked(m *trace.Message, c stage.Change) bool {
	return slices.ContainsFunc(m.Edited, func(e trace.EditMark) bool { return e.What == "parameter "+c.Name })
}

func requestsOf(run *trace.Trace) []string {
	var steps []string
	for i := range run.Messages {
		if m := &run.Messages[i]; m.Kind == trace.Request && !slices.Contains(steps, m.Step) {
			steps = append(steps, m.Step)
		}
	}
	return steps
}

func paramsOf(m *trace.Message) []string {
	names := namesOf(slices.Concat(m.Query(), m.Form()), func(f trace.Field) string { return f.Name })
	if len(names) == 0 {
		return []string{"none"}
	}
	return names
}
