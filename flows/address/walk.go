package address

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// PlaceWalk is where flows are walked: walk/FLOW/STEP?CHOICES.
const PlaceWalk = "walk"

// The choices that an address of a walk can have beside the flow's switches.
const (
	ChoicePerson   = "person"
	ChoicePassword = "password" // wrong
	ChoiceDeny     = "deny"     // yes
	ChoiceWithhold = "withhold" // scopes, with a comma between them
	ChoiceMistake  = "mistake"
	ChoiceJump     = "jump"   // STEP:TIME, with a comma between two of them
	ChoiceClient   = "client" // how the app is set up, as a query: redirect_uri, grant_type, response_type, origin, auth, pkce
	ChoiceChange   = "change" // STEP?NAME=VALUE, as in a query: parameters of a request that are otherwise; an empty value leaves one out
)

// Visit is a walk at a step, with what was chosen.
type Visit struct {
	Flow    flows.Flow
	Chapter string // at whose beginning it is, instead of at a step
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
	Kind    string // "flow", "step", "mistake", "person", "password", "scope", "choice", "value", "time"
	Name    string
	Instead string // id of the nearest one, to which the visit is; "" where nothing is near
}

// Walk understands an address of a walk: where what it names does not exist, the
// visit is to the nearest thing that does, and what was missing is listed. own
// are names of choices that are somebody else's, such as the voice.
func Walk(a Address, own ...string) (Visit, []Missing) {
	r := reader{}
	flow, ok := flows.Find(r.nearest("flow", a.Part(0), ids()))
	if !ok {
		flow = flows.Default()
		return Visit{Flow: flow}, r.missing // what could be chosen in another flow means nothing in this one
	}
	r.Flow = flow
	r.seek(a.Part(1))
	for _, c := range a.With {
		if !slices.Contains(own, c.Name) {
			r.choose(c)
		}
	}
	if t := r.Choices.Typed; t != nil {
		t.Username = cmp.Or(r.Choices.Person, r.Flow.Cast.Person, stage.People()[0].Username)
	}
	return r.Visit, r.missing
}

// WrongPassword is what somebody types who has forgotten theirs.
const WrongPassword = "not my password"

type reader struct {
	Visit
	missing []Missing
}

// ids are those of all flows.
func ids() []string {
	var all []string
	for _, f := range flows.All() {
		all = append(all, f.ID)
	}
	return all
}

// nearest is the name that was meant, "" where none was or none is near; one that does not exist is missed.
func (r *reader) nearest(kind, typed string, names []string) string {
	name, _ := Nearest(typed, names)
	if name != typed {
		r.missing = append(r.missing, Missing{Kind: kind, Name: typed, Instead: name})
	}
	return name
}

func (r *reader) lack(kind, name string) {
	r.missing = append(r.missing, Missing{Kind: kind, Name: name})
}

// seek reads the id of a step or a chapter: "renew", or "renew.2" for the second time that it comes.
func (r *reader) seek(part string) {
	step, times, again := strings.Cut(part, ".")
	n := 1
	if again {
		n, _ = strconv.Atoi(times)
	}
	if step == "" || step == StepEnd {
		r.Step, r.Times = step, 1
		return
	}
	if n < 1 {
		r.lack("step", part)
		return
	}
	var names []string
	for _, s := range r.Flow.Steps {
		names = append(names, s.ID)
	}
	step = r.nearest("step", step, append(names, r.Flow.Chapters...))
	switch { // a chapter may be called like a step of it, which is then meant
	case step == "":
	case r.has(step):
		r.Step, r.Times = step, n
	default:
		r.Chapter = step
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
	case ChoicePassword:
		if c.Value != "wrong" {
			r.lack("password", c.Value)
			return
		}
		r.Choices.Typed = &stage.Typed{Password: WrongPassword}
	case ChoiceDeny:
		if c.Value != "yes" {
			r.lack("value", c.Value)
			return
		}
		r.Choices.Deny = true
	case ChoiceWithhold:
		r.Choices.Withhold = strings.Split(c.Value, ",")
	case ChoiceMistake:
		var names []string
		for _, m := range r.Flow.Mistakes {
			names = append(names, m.ID)
		}
		r.Mistake = r.nearest("mistake", c.Value, names)
	case ChoiceJump:
		for part := range strings.SplitSeq(c.Value, ",") {
			r.jump(part)
		}
	case ChoiceClient:
		r.client(c.Value)
	case ChoiceChange:
		r.change(c.Value)
	default:
		r.turn(c)
	}
}

// change changes parameters of a request, as an exercise has them.
func (r *reader) change(text string) {
	name, query, _ := strings.Cut(text, "?")
	step, occurrence := unnumbered(name)
	e := stage.Edit{Step: step, Occurrence: occurrence}
	for _, f := range trace.ParsePairs(query) {
		e.Params = append(e.Params, stage.Change{Name: f.Name, Value: f.Value, Remove: f.Value == ""})
	}
	switch {
	case !r.has(step):
		r.lack("step", step)
	case len(e.Params) == 0 || e.Check() != nil:
		r.lack("value", text)
	default:
		r.Choices.Edits = append(r.Choices.Edits, e)
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
	name, by, _ := strings.Cut(text, ":")
	step, occurrence := unnumbered(name)
	d, err := time.ParseDuration(by)
	j := stage.Jump{Step: step, Occurrence: occurrence, By: d}
	switch {
	case !r.has(step):
		r.lack("step", step)
	case err != nil || j.Check() != nil:
		r.lack("time", by)
	default:
		r.Choices.Jumps = append(r.Choices.Jumps, j)
	}
}

// unnumbered takes "renew.2" apart: the step, and how many of it come before.
func unnumbered(name string) (step string, occurrence int) {
	step, times, _ := strings.Cut(name, ".")
	n, err := strconv.Atoi(times)
	if err != nil {
		n = 1
	}
	return step, n - 1
}

func numbered(step string, occurrence int) string {
	if occurrence == 0 {
		return step
	}
	return step + "." + strconv.Itoa(occurrence+1)
}

// Address is that of the visit. What a learner typed or changed by hand has
// none, nor what [ChoiceChange] changes: who comes back finds the run as it should be.
func (v Visit) Address() Address {
	a := At(PlaceWalk, v.Flow.ID)
	switch {
	case v.Chapter != "":
		a.Path = append(a.Path, v.Chapter)
	case v.Times > 1:
		a.Path = append(a.Path, numbered(v.Step, v.Times-1))
	case v.Step != "":
		a.Path = append(a.Path, v.Step)
	}
	deny, password := "", ""
	if !v.Choices.SignsIn() {
		password = "wrong"
	}
	if v.Choices.Deny {
		deny = "yes"
	}
	jumps := make([]string, 0, len(v.Choices.Jumps))
	for _, j := range v.Choices.Jumps {
		jumps = append(jumps, numbered(j.Step, j.Occurrence)+":"+j.By.String())
	}
	a = a.Choose(ChoicePerson, v.Choices.Person).Choose(ChoicePassword, password).Choose(ChoiceDeny, deny).Choose(ChoiceMistake, v.Mistake).
		Choose(ChoiceWithhold, strings.Join(v.Choices.Withhold, ",")).Choose(ChoiceJump, strings.Join(jumps, ",")).
		Choose(ChoiceClient, clientText(v.Choices.Client))
	for _, id := range slices.Sorted(maps.Keys(v.Choices.Switches)) {
		if i := slices.IndexFunc(v.Flow.Switches, func(s flows.Switch) bool { return s.ID == id }); i >= 0 &&
			v.Choices.Switches[id] != v.Flow.Switches[i].Values[0] {
			a = a.Choose(id, v.Choices.Switches[id])
		}
	}
	return a
}
