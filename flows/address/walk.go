package address

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// PlaceWalk is where flows are walked: walk/FLOW/STEP?CHOICES.
const PlaceWalk = "walk"

// The choices that an address of a walk can have beside the flow's switches.
const (
	ChoicePerson   = "person"
	ChoiceDeny     = "deny"     // yes
	ChoiceWithhold = "withhold" // scopes, with a comma between them
	ChoiceMistake  = "mistake"
	ChoiceJump     = "jump" // STEP:TIME, with a comma between two of them
)

// Visit is a walk at a step, with what was chosen.
type Visit struct {
	Flow    flows.Flow
	Step    string // "" is its beginning, [StepEnd] its end
	Times   int    // which time the step comes, from 1, in flows where it comes more than once: renew.2
	Mistake string // id of the classic mistake that is made
	Choices stage.Choices
}

// StepEnd leads to the end of a walk, whatever its last step is.
const StepEnd = "end"

// Missing is something that an address names and that does not exist. Whoever
// opens the address says so, in words filed under Kind.
type Missing struct {
	Kind string // "flow", "step", "mistake", "person", "scope", "choice", "value", "time"
	Name string
}

// Walk understands an address of a walk: where what it names does not exist, the
// visit is to the nearest thing that does, and what was missing is listed. own
// are names of choices that are somebody else's, such as the voice.
func Walk(a Address, own ...string) (Visit, []Missing) {
	r := reader{}
	flow, ok := flows.Find(a.Part(0))
	if !ok {
		flow = flows.Default()
		if a.Part(0) != "" {
			r.lack("flow", a.Part(0))
		}
		return Visit{Flow: flow}, r.missing // what could be chosen in another flow means nothing in this one
	}
	r.Flow = flow
	r.seek(a.Part(1))
	for _, c := range a.With {
		if !slices.Contains(own, c.Name) {
			r.choose(c)
		}
	}
	return r.Visit, r.missing
}

type reader struct {
	Visit
	missing []Missing
}

func (r *reader) lack(kind, name string) {
	r.missing = append(r.missing, Missing{Kind: kind, Name: name})
}

// seek reads "renew", or "renew.2" for the second time that it comes.
func (r *reader) seek(part string) {
	step, times, again := strings.Cut(part, ".")
	n := 1
	if again {
		n, _ = strconv.Atoi(times)
	}
	switch {
	case step == "":
	case step != StepEnd && !r.has(step) || n < 1:
		r.lack("step", part)
	default:
		r.Step, r.Times = step, n
	}
}

func (r *reader) has(step string) bool {
	return slices.ContainsFunc(r.Flow.Steps, func(s flows.Step) bool { return s.ID == step })
}

func (r *reader) choose(c Choice) {
	switch c.Name {
	case ChoicePerson:
		if !slices.ContainsFunc(stage.People(), func(p stage.Person) bool { return p.Username == c.Value }) {
			r.lack("person", c.Value)
			return
		}
		r.Choices.Person = c.Value
	case ChoiceDeny:
		if c.Value != "yes" {
			r.lack("value", c.Value)
			return
		}
		r.Choices.Deny = true
	case ChoiceWithhold:
		r.Choices.Withhold = strings.Split(c.Value, ",")
	case ChoiceMistake:
		if _, ok := r.Flow.Mistake(c.Value); !ok {
			r.lack("mistake", c.Value)
			return
		}
		r.Mistake = c.Value
	case ChoiceJump:
		for part := range strings.SplitSeq(c.Value, ",") {
			r.jump(part)
		}
	default:
		r.turn(c)
	}
}

// turn turns a switch of the flow.
func (r *reader) turn(c Choice) {
	i := slices.IndexFunc(r.Flow.Switches, func(s flows.Switch) bool { return s.ID == c.Name })
	switch {
	case i < 0:
		r.lack("choice", c.Name)
	case !slices.Contains(r.Flow.Switches[i].Values, c.Value):
		r.lack("value", c.Value)
	default:
		if r.Choices.Switches == nil {
			r.Choices.Switches = map[string]string{}
		}
		r.Choices.Switches[c.Name] = c.Value
	}
}

func (r *reader) jump(text string) {
	step, by, _ := strings.Cut(text, ":")
	d, err := time.ParseDuration(by)
	j := stage.Jump{Step: step, By: d}
	switch {
	case !r.has(step):
		r.lack("step", step)
	case err != nil || j.Check() != nil:
		r.lack("time", by)
	default:
		r.Choices.Jumps = append(r.Choices.Jumps, j)
	}
}

// Address is that of the visit. What a learner typed or changed by hand has none.
func (v Visit) Address() Address {
	a := At(PlaceWalk, v.Flow.ID)
	switch {
	case v.Times > 1:
		a.Path = append(a.Path, v.Step+"."+strconv.Itoa(v.Times))
	case v.Step != "":
		a.Path = append(a.Path, v.Step)
	}
	deny := ""
	if v.Choices.Deny {
		deny = "yes"
	}
	jumps := make([]string, 0, len(v.Choices.Jumps))
	for _, j := range v.Choices.Jumps {
		if j.Occurrence == 0 {
			jumps = append(jumps, j.Step+":"+j.By.String())
		}
	}
	a = a.Choose(ChoicePerson, v.Choices.Person).Choose(ChoiceDeny, deny).Choose(ChoiceMistake, v.Mistake).
		Choose(ChoiceWithhold, strings.Join(v.Choices.Withhold, ",")).Choose(ChoiceJump, strings.Join(jumps, ","))
	for _, id := range slices.Sorted(maps.Keys(v.Choices.Switches)) {
		if i := slices.IndexFunc(v.Flow.Switches, func(s flows.Switch) bool { return s.ID == id }); i >= 0 &&
			v.Choices.Switches[id] != v.Flow.Switches[i].Values[0] {
			a = a.Choose(id, v.Choices.Switches[id])
		}
	}
	return a
}
