package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// readEdits reads every --set; those of one step become one edit.
func readEdits(sets []string, flow flows.Flow) ([]stage.Edit, error) {
	steps := requestSteps(flow)
	var edits []stage.Edit
	for _, set := range sets {
		target, value, given := strings.Cut(set, "=")
		step, name, ok := strings.Cut(target, ".")
		if !ok || step == "" || name == "" {
			return nil, usage.Mistakef("--set %q is not STEP.PARAMETER=VALUE, e.g. callback.state=other; the steps are %s", set,
				strings.Join(steps, ", "))
		}
		if !slices.Contains(steps, step) {
			return nil, usage.Mistakef("--set %q: %q is not a request of this flow; the requests are %s", set, step, strings.Join(steps, ", "))
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
func readSwitches(given []string, flow flows.Flow) (map[string]string, error) {
	if len(given) == 0 {
		return nil, nil
	}
	chosen := map[string]string{}
	for _, one := range given {
		id, value, ok := strings.Cut(one, "=")
		if !ok {
			return nil, usage.Mistakef("--switch %q is not NAME=VALUE; %s", one, switchesOf(flow))
		}
		chosen[id] = value
	}
	if err := flow.Check(stage.Choices{Switches: chosen}); err != nil {
		return nil, usage.Mistakef("--switch: %w; %s", err, switchesOf(flow))
	}
	return chosen, nil
}

func switchesOf(flow flows.Flow) string {
	if len(flow.Switches) == 0 {
		return "this flow has none"
	}
	return "it has " + strings.Join(namesOf(flow.Switches, func(s flows.Switch) string {
		return s.ID + "=" + strings.Join(s.Values, "|")
	}), ", ")
}

// readJumps reads every --jump.
func readJumps(given []string, flow flows.Flow) ([]stage.Jump, error) {
	steps := Steps(flow)
	var jumps []stage.Jump
	for _, one := range given {
		step, text, _ := strings.Cut(one, "=")
		by, err := time.ParseDuration(text)
		if err != nil {
			return nil, usage.Mistakef("--jump %q is not STEP=TIME, e.g. token=90s or token=2h", one)
		}
		if !slices.Contains(steps, step) {
			return nil, usage.Mistakef("--jump %q: %q is not a step of this flow; the steps are %s", one, step, strings.Join(steps, ", "))
		}
		j := stage.Jump{Step: step, By: by}
		if err := j.Check(); err != nil {
			return nil, usage.Mistakef("--jump %q: %w", one, err)
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
			return usage.Mistakef("--set changes the step %s, which this run does not come to; its requests are %s", e.Step,
				strings.Join(requestsOf(run), ", "))
		}
		for _, c := range e.Params {
			if i >= 0 && c.Remove && !marked(&run.Messages[i], c) {
				return usage.Mistakef("--set %s.%s: the request has no such parameter to leave out; it has %s", e.Step, c.Name,
					strings.Join(paramsOf(&run.Messages[i]), ", "))
			}
		}
	}
	return nil
}

// notes says where --set added a parameter instead of changing one: what may be
// meant, may also be a slip of the pen.
func notes(edits []stage.Edit, run *trace.Trace) []string {
	var out []string
	for _, e := range edits {
		i := slices.IndexFunc(run.Messages, func(m trace.Message) bool { return m.Kind == trace.Request && m.Step == e.Step })
		if i < 0 {
			continue
		}
		for _, mark := range run.Messages[i].Edited {
			name, ok := strings.CutPrefix(mark.What, "parameter ")
			if ok && mark.Before == "" && mark.After != "" {
				others := slices.DeleteFunc(paramsOf(&run.Messages[i]), func(p string) bool { return p == name })
				out = append(out, "note: "+e.Step+" had no parameter "+name+", so it was added; it has "+strings.Join(others, ", "))
			}
		}
	}
	return out
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
