package walk

import (
	"strings"

	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Places to which addresses lead that this room opens.
const (
	Place          = address.PlaceWalk
	PlaceWorkbench = "workbench" // workbench/token, workbench/pkce
)

// What an address can choose here besides what the flow has.
const (
	chosenTab    = "tab"
	chosenFollow = "follow" // the name of a value

	firstTab = "words"
)

// Address is where the walk stands. A run that was saved has none: nobody could
// come back to it without its file. A workbench lies over the walk and is no
// place to come back to either.
func (r *Room) Address() address.Address {
	p := r.screen.Player()
	switch {
	case p == nil && r.options.Saved == nil:
		return r.to
	case p == nil || p.IsSaved():
		return address.Address{}
	}
	visit := address.Visit{Flow: p.Flow(), Choices: p.Choices(), Mistake: p.Mistake()}
	visit.Step, visit.Times = standing(p)
	a := visit.Address()
	if tab := r.screen.Tab(); tab != firstTab {
		a = a.Choose(chosenTab, tab)
	}
	return a
}

// standing is the step that is looked at, "" before the first, and which time it comes.
func standing(p *player.Player) (step string, times int) {
	m := p.Current()
	if m == nil {
		return "", 0
	}
	times = 1
	for i := range p.Cursor() {
		if p.At(i).Step == m.Step {
			times++
		}
	}
	return m.Step, times
}

// address is what the command line asks for.
func (o Options) address() address.Address {
	a := address.At(Place)
	if o.Flow != "" {
		a.Path = append(a.Path, o.Flow)
	} else if o.At != "" || o.Mistake != "" {
		a.Path = append(a.Path, flows.Default().ID)
	}
	if o.At != "" {
		a.Path = append(a.Path, o.At)
	}
	return a.Choose(chosenTab, o.Tab).Choose(address.ChoiceMistake, o.Mistake).Choose(chosenFollow, o.Follow)
}

// Named says in words what an address of the walk leads to, for somebody who goes back to it.
func Named(m room.Manner, to address.Address) string {
	say := m.Words.Catalog()
	if to.Place == PlaceWorkbench {
		id, _ := address.Nearest(to.Part(0), benchIDs())
		return say.Called("command.bench", id)
	}
	visit, _ := address.Walk(to)
	about := (&list{}).of(visit.Flow.ID, m.Words)
	title := about.Called(m.Voice)
	n := tutorials.Narrator{Words: m.Words, Voice: m.Voice, Lens: m.Lens, Flow: visit.Flow.ID, Provider: stage.ProviderName}
	n.App, n.Person = visit.Flow.Cast.Client.Name, visit.Flow.Cast.FirstName(visit.Choices)
	switch {
	case visit.Chapter != "":
		return say.Text("address.at", "flow", title, "step", n.Chapter(visit.Chapter))
	case visit.Step == "" || visit.Step == address.StepEnd:
		return title
	}
	return say.Text("address.at", "flow", title, "step", n.Step(visit.Step).Title)
}

func benchIDs() []string { return []string{benchToken, benchPKCE} }

// missing says what an address names that does not exist, and what stands there instead.
func (r *Room) missing(all []address.Missing) []string {
	say, n := r.words.Catalog(), r.screen.Narrator()
	var told []string
	for _, m := range all {
		instead := ""
		switch {
		case m.Instead == "":
		case m.Kind == "flow":
			instead = r.list.of(m.Instead, r.words).Title
		case m.Kind == "mistake":
			instead, _ = n.Mistake(m.Instead)
		case m.Kind == "step":
			instead = n.Step(m.Instead).Title
		}
		if instead == "" {
			told = append(told, say.Text("address.missing."+m.Kind, "typed", m.Name))
			continue
		}
		told = append(told, say.Text("address.missing."+m.Kind, "typed", m.Name),
			say.Text("address.instead", "nearest", strings.TrimSpace(instead)))
	}
	return told
}
