package cli

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// checkPlan refuses what found nothing to act on in the run as it will go: a
// slip of the pen must not look like a flow that withstood it.
func checkPlan(c stage.Choices, run *trace.Trace) error {
	if err := checkEdits(c.Edits, run); err != nil {
		return err
	}
	for _, j := range c.Jumps {
		if !slices.ContainsFunc(run.Messages, func(m trace.Message) bool { return m.Step == j.Step }) {
			return usage.Slip("cli.slip.jump-unmet", "step", j.Step, "steps", strings.Join(stepsOf(run), ", "))
		}
	}
	asked := flows.Permissions(run)
	for _, scope := range c.Withhold {
		switch {
		case len(asked) == 0:
			return usage.Slip("cli.slip.withhold-nothing", "scope", usage.Quote(scope))
		case !slices.Contains(asked, scope):
			return usage.Slip("cli.slip.withhold", "scope", usage.Quote(scope), "scopes", strings.Join(asked, ", "))
		}
	}
	return nil
}

// stepsOf are the steps that a run comes to.
func stepsOf(run *trace.Trace) []string {
	var steps []string
	for i := range run.Messages {
		if step := run.Messages[i].Step; !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	return steps
}

// notes says where something was asked for that may be a slip of the pen as
// well: a parameter that --set added instead of changing one, a value that was
// there already, a voice for a form without words.
func (f *walkFlags) notes(say *catalog.Catalog, edits []stage.Edit, run *trace.Trace) []string {
	var out []string
	for _, e := range edits {
		i := slices.IndexFunc(run.Messages, func(m trace.Message) bool { return m.Kind == trace.Request && m.Step == e.Step })
		if i < 0 {
			continue
		}
		out = append(out, notesOn(say, e, &run.Messages[i])...)
	}
	if slices.Contains([]string{"har", "json"}, f.format) {
		for _, flag := range []string{"voice", "lens", "language"} {
			if f.isGiven(flag) {
				out = append(out, say.Text("cli.note.voiceless", "format", f.format, "flag", flag))
			}
		}
	}
	return out
}

// notesOn says what the changes of one request did to it.
func notesOn(say *catalog.Catalog, e stage.Edit, m *trace.Message) []string {
	var out []string
	for _, c := range e.Params {
		i := slices.IndexFunc(m.Edited, func(mark trace.EditMark) bool { return mark.What == "parameter "+c.Name })
		switch {
		case i < 0 && !c.Remove:
			out = append(out, say.Text("cli.note.same", "step", e.Step, "name", c.Name))
		case i >= 0 && m.Edited[i].Before == "" && m.Edited[i].After != "":
			others := slices.DeleteFunc(paramsOf(m), func(p string) bool { return p == c.Name })
			out = append(out, say.Text("cli.note.added", "step", e.Step, "name", c.Name, "others", strings.Join(others, ", ")))
		}
	}
	return out
}
