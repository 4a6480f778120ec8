package walk

import (
	"context"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Asks reports whether the command line says what to show.
func (o Options) Asks() bool {
	return o.Flow != "" || o.At != "" || o.Tab != "" || o.Mistake != "" || o.Follow != "" || o.Saved != nil
}

// Along is an address with what the command line asks for besides, where the
// address does not say it itself.
func (o Options) Along(to address.Address) address.Address {
	if to.Place != Place {
		return to
	}
	if o.Flow != "" && to.Part(0) == "" {
		to.Path = []string{o.Flow}
	}
	if o.At != "" && len(to.Path) == 1 {
		to.Path = append(slices.Clone(to.Path), o.At)
	}
	for choice, asked := range map[string]string{address.ChoiceMistake: o.Mistake, chosenTab: o.Tab, chosenFollow: o.Follow} {
		if asked != "" && to.Get(choice) == "" {
			to = to.Choose(choice, asked)
		}
	}
	return to
}

// Go opens what is nearest to an address. A room that was not opened yet begins there.
func (r *Room) Go(to address.Address) {
	if r.screen.Player() != nil {
		r.arrive(to)
		return
	}
	if to.Place == Place && to.Part(0) != "" {
		visit, _ := address.Walk(to)
		r.flow = visit.Flow.ID
	}
	if to.Place != Place || to.Part(0) != "" || len(to.With) > 0 {
		r.to = to
	}
}

// arrive opens what is nearest to an address in the room that is open, and says
// what of it is not there.
func (r *Room) arrive(to address.Address) {
	var told []string
	if to.Place == PlaceWorkbench {
		told = r.benches.arrive(to)
	} else if r.screen.Player() != nil { // the run that was saved could be shown
		r.window.Dismiss()
		told = r.walkTo(to)
	}
	if len(told) > 0 {
		r.window.Say(strings.Join(told, " "))
	}
}

// walkTo opens flow, choices, step and tab, in that order.
func (r *Room) walkTo(to address.Address) (told []string) {
	if to.Part(0) != "" {
		visit, missing := address.Walk(to, chosenTab, chosenFollow)
		if !r.choose(visit) {
			return nil
		}
		if slices.ContainsFunc(missing, func(m address.Missing) bool { return m.Kind == "flow" && m.Instead == "" }) {
			missing[0].Instead = visit.Flow.ID
		}
		told = r.missing(missing)
		if at := r.reach(visit); at < 0 {
			told = append(told, r.words.Catalog().Text("address.no-way", "step", r.screen.Narrator().Step(visit.Step).Title))
		} else if visit.Step != "" || visit.Chapter != "" || visit.Mistake == "" {
			r.screen.Seek(at - 1)
		}
	}
	p := r.screen.Player()
	if tab := to.Get(chosenTab); tab != "" {
		known, ok := address.Nearest(tab, inspector.Tabs())
		if r.screen.ShowTab(known); !ok {
			told = append(told, r.missing([]address.Missing{{Kind: "tab", Name: tab}})...)
		}
	}
	if name := to.Get(chosenFollow); name != "" {
		p.Follow(p.Plan().Latest(name))
	}
	return told
}

// choose walks the flow of a visit with its choices and its mistake; it reports whether that stands there now.
func (r *Room) choose(v address.Visit) bool {
	p := r.screen.Player()
	if p.Flow().ID != v.Flow.ID || p.IsSaved() && r.options.Saved == nil {
		if !r.restart(v.Flow.ID, v.Choices) {
			return false
		}
		p = r.screen.Player()
	}
	if p.IsSaved() {
		return true
	}
	now := address.Visit{Flow: v.Flow, Choices: p.Choices()}
	asked := address.Visit{Flow: v.Flow, Choices: v.Choices}
	edited := len(v.Choices.Edits) > 0 || len(p.Choices().Edits) > 0 && p.Mistake() != v.Mistake
	if !now.Address().Equal(asked.Address()) || edited {
		r.whatIf.choose(func(c *stage.Choices) { *c = v.Choices })
	}
	if v.Mistake != "" && p.Mistake() != v.Mistake {
		r.screen.Try(v.Mistake)
	}
	return true
}

// reach is how many messages have crossed where a visit stands; -1 where no run
// comes to its step. One that this run does not come to is looked for in the
// runs that the flow can have otherwise: a thief's step needs the thief.
func (r *Room) reach(v address.Visit) int {
	p := r.screen.Player()
	switch {
	case v.Chapter != "":
		return r.chapters.first(v.Chapter) + 1
	case v.Step == "":
		return 0
	case v.Step == address.StepEnd:
		return p.Len()
	}
	if i := find(p.Plan(), v); i >= 0 {
		return i + 1
	}
	if p.IsSaved() {
		return -1
	}
	c, i := r.comesTo(p.Flow(), p.Choices(), v)
	if i < 0 {
		return -1
	}
	if err := p.Choose(c); err != nil {
		r.fail(err)
		return -1
	}
	return i + 1
}

// comesTo is the first of the runs that a flow can have otherwise which comes to the step of a visit, and where; -1
// where none does. They are played beside the one that shows: only what is found is drawn. Nothing of a run leaves
// this program, so that none needs the ports of another.
func (r *Room) comesTo(f flows.Flow, was stage.Choices, v address.Visit) (stage.Choices, int) {
	o := r.playing(stage.Choices{})
	o.Transport = stage.Memory
	for _, o.Choices = range otherwise(f, was) {
		run, err := flows.Rehearse(context.Background(), f, o)
		if err != nil {
			continue // a flow need not offer each of them
		}
		if i := find(run, v); i >= 0 {
			return o.Choices, i
		}
	}
	return was, -1
}

// find is the index of a step, of its first message where it does not come that often; -1 where it does not come.
func find(run *trace.Trace, v address.Visit) int {
	first, times := -1, v.Times
	for i := range run.Messages {
		if run.Messages[i].Step != v.Step {
			continue
		}
		if first < 0 {
			first = i
		}
		if times--; times <= 0 {
			return i
		}
	}
	return first
}

// otherwise are the runs that a flow can have for a person, but for classic mistakes.
func otherwise(f flows.Flow, was stage.Choices) []stage.Choices {
	person := stage.Choices{Person: was.Person, Client: was.Client}
	all := []stage.Choices{person}
	for _, s := range f.Switches {
		for _, value := range s.Values[1:] {
			c := person
			c.Switches = map[string]string{s.ID: value}
			all = append(all, c)
		}
	}
	offers := f.Offers()
	if offers.SignIn {
		c := person
		c.Typed = &stage.Typed{Username: stage.People()[0].Username, Password: address.WrongPassword}
		all = append(all, c)
	}
	if offers.Consent {
		c := person
		c.Deny = true
		all = append(all, c)
	}
	return all
}

// openFlow closes the flow that is open and opens another one, with the same
// person. The one that is open begins anew.
func (r *Room) openFlow(id string) {
	p := r.screen.Player()
	if p == nil || p.Flow().ID == id && !p.IsSaved() {
		r.screen.Home()
		return
	}
	r.restart(id, stage.Choices{Person: p.Choices().Person})
}

// restart closes the flow that is open and opens one with those choices; it
// reports whether that could be done. Otherwise the one of before is open again.
func (r *Room) restart(id string, c stage.Choices) bool {
	p := r.screen.Player()
	was, choices, opened := p.Flow().ID, p.Choices(), true
	r.screen.Stop()
	if r.walk == nil { // a saved run was shown: it needs no other end
		was = id
	} else if err := r.walk.Close(); err != nil { // first, because both may need the same ports
		r.fail(err)
		return false
	}
	walk, err := r.start(id, c)
	if err != nil {
		opened = false
		r.fail(err)
		if walk, err = r.start(was, choices); err != nil {
			r.walk = nil // nothing is left to be walked
			r.fail(err)
			return false
		}
		id = was
	}
	r.window.Store().SetString(keyFlow, id)
	r.walkOn(walk)
	r.window.Changed()
	return opened
}
