package player

import (
	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// told is who tells the run of the player in the words of the narrator.
func told(p *Player, n tutorials.Narrator) *telling.Teller { return p.tell(n).teller }

// toldRun is a run as it is told to somebody: all of it that no step changes. A
// long run is read once for that and not at every step.
type toldRun struct {
	plan   *trace.Trace
	to     audience
	teller *telling.Teller
	rows   []chart.Row
}

// audience is to whom, and of what, is told: what the words depend on besides the plan.
type audience struct {
	words                                       *tutorials.Library
	voice                                       tutorials.Voice
	flow, lens, person, app, provider, mistaken string
	withheld                                    bool
}

func (p *Player) tell(n tutorials.Narrator) *toldRun {
	to := audience{
		words: n.Words, voice: n.Voice, flow: n.Flow, lens: n.Lens, person: n.Person, app: n.App, provider: n.Provider,
		mistaken: n.Mistaken, withheld: n.Withheld,
	}
	if p.told.teller == nil || p.told.plan != p.Plan() || p.told.to != to {
		p.told = toldRun{plan: p.Plan(), to: to, teller: telling.Of(p.Plan(), handout.Story(n))}
	}
	return &p.told
}

// rowsOf are the rows of the diagram.
func rowsOf(p *Player, n tutorials.Narrator) []chart.Row {
	t := p.tell(n)
	if t.rows == nil {
		t.rows = chart.Rows(t.teller)
	}
	return t.rows
}

// toCome are the arrows that the flow has on its good path and off it; who was
// not invited is in none of them.
func toCome(p *Player) []chart.Arrow {
	if p.client != "" {
		return nil // of somebody's own app nobody knows what it will do
	}
	flow := p.Flow()
	var all []chart.Arrow
	for _, s := range flow.Steps {
		if s.From != trace.Attacker && s.To != trace.Attacker {
			all = append(all, chart.Arrow{From: s.From, To: s.To, Line: chart.LineOf(s.Kind, channelOf(s))})
		}
	}
	return all
}

// lanes are the parties that take part. A run that ends early still has its
// whole cast; who was not invited has a lane only in a run in which they turn up.
func lanes(p *Player, n tutorials.Narrator) []diagram.Lane {
	parties := chart.Lanes(told(p, n), toCome(p)...)
	out := make([]diagram.Lane, len(parties))
	for i, party := range parties {
		out[i] = diagram.Lane{ID: string(party.Role), Name: party.Name, Also: party.Also}
	}
	return out
}

// legend names the lines as the voice does: those that the flow can have, and
// what an edit brought.
func legend(p *Player, n tutorials.Narrator) diagram.Legend {
	var words diagram.Legend
	for _, e := range chart.Legend(told(p, n), toCome(p)...) {
		switch e.Line {
		case chart.Front:
			words.Front = e.Words
		case chart.Back:
			words.Back = e.Words
		case chart.Gesture:
			words.Gesture = e.Words
		case chart.Note:
			words.Note = e.Words
		}
	}
	words.Cargo, words.Met = travelling(p, n)
	return words
}

// travelling names what crosses in this run, each kind once, and says how many have so far.
func travelling(p *Player, n tutorials.Narrator) (all []diagram.Chip, met int) {
	seen := map[telling.Artefact]bool{}
	for _, c := range p.read().cargos {
		if !seen[c.artefact] {
			seen[c.artefact] = true
			if c.at <= p.cursor {
				met++
			}
			all = append(all, diagram.Chip{Artefact: string(c.artefact), Label: n.Artefact(string(c.artefact))})
		}
	}
	return all, met
}

// channelOf is how a request or an answer of that step travels: through the browser or past it.
func channelOf(s flows.Step) trace.Channel {
	if s.From == trace.UserAgent || s.To == trace.UserAgent {
		return trace.Front
	}
	return trace.Back
}

// arrows are the messages of the plan as they stand to the cursor.
func arrows(p *Player, n tutorials.Narrator, lit string) []diagram.Arrow {
	rows := rowsOf(p, n)
	out := make([]diagram.Arrow, len(rows))
	for i := range rows {
		r, m, crossed := &rows[i], p.At(i), i < p.Crossed()
		out[i] = diagram.Arrow{
			From: string(r.From), To: string(r.To), Label: r.Label, Line: lineOf(r.Line), Reply: r.Reply, State: stateOf(p, i),
			Edited: r.Edited, Lit: crossed && m.Carries(lit), Chips: chips(p, n, r, m), Chapter: r.Chapter,
		}
		if crossed {
			out[i].Sign, out[i].News = signOf(r), newsOf(r.Fate)
		}
		if m.Waited > 0 {
			out[i].Later = n.Say().Text("player.later", "time", lifetime.Length(n.Say(), m.Waited))
		}
	}
	return out
}

func stateOf(p *Player, i int) diagram.State {
	switch {
	case i == p.Cursor():
		return diagram.Current
	case i < p.Cursor():
		return diagram.Past
	case i == p.Crossed():
		return diagram.Waiting
	}
	return diagram.Future
}

// signOf is what stands where an arrow arrives.
func signOf(r *chart.Row) diagram.Sign {
	switch {
	case !r.Signed():
		return diagram.NoSign
	case r.Fate == telling.Stopped:
		return diagram.Shield
	case r.Fate == telling.Lost:
		return diagram.Alarm
	}
	return diagram.Cross
}

func newsOf(f telling.Fate) diagram.News {
	switch f {
	case telling.Stopped:
		return diagram.GoodNews
	case telling.Broke, telling.Lost:
		return diagram.BadNews
	case telling.Fine:
	}
	return diagram.NoNews
}

func lineOf(l chart.Line) diagram.Line {
	switch l {
	case chart.Note:
		return diagram.Note
	case chart.Gesture:
		return diagram.Gesture
	case chart.Back:
		return diagram.Back
	case chart.Front:
	}
	return diagram.Front
}

// chips are the artefacts that a message carries, and which of them are good no more.
func chips(p *Player, n tutorials.Narrator, r *chart.Row, m *trace.Message) []diagram.Chip {
	var out []diagram.Chip
	for _, c := range r.Chips {
		chip := diagram.Chip{Artefact: string(c.Artefact), Label: c.Label}
		if deadIn(p, m, c.Value) {
			chip.Gone = n.Say().Text("player.token.expired")
		}
		out = append(out, chip)
	}
	return out
}

// deadIn reports whether a value that message m carries is good no more: when
// it crosses, or now.
func deadIn(p *Player, m *trace.Message, value string) bool {
	now := p.Now()
	if m.At.After(now) {
		now = m.At
	}
	return p.read().life(value).Ended(now)
}
