package player

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// lanes are the parties that take part, in the order of the cast. A run that
// ends early still has its whole cast; who was not invited has a lane only in a
// run in which they turn up.
func lanes(p *Player, n tutorials.Narrator) []diagram.Lane {
	part := map[trace.Role]bool{}
	flow := p.Flow()
	for _, s := range flow.Steps {
		part[s.From], part[s.To] = true, true
	}
	part[trace.Attacker] = false
	for i := range p.Len() {
		part[p.At(i).From], part[p.At(i).To] = true, true
	}
	var out []diagram.Lane
	for _, role := range trace.Roles() {
		if part[role] {
			name, also := n.Role(string(role))
			out = append(out, diagram.Lane{ID: string(role), Name: name, Also: also})
		}
	}
	return out
}

// legend names the lines as the voice does: those that the flow can have, and
// what an edit brought.
func legend(p *Player, n tutorials.Narrator) diagram.Legend {
	has := map[diagram.Line]bool{}
	flow := p.Flow()
	for _, s := range flow.Steps {
		has[lineOf(&trace.Message{Kind: s.Kind, Channel: channelOf(s)})] = true
	}
	for i := range p.Len() {
		has[lineOf(p.At(i))] = true
	}
	words := diagram.Legend{Front: "Through the browser", Back: "Behind the scenes", Gesture: "Done by a person", Note: "Worked out alone"}
	if n.Voice == tutorials.Developer {
		words = diagram.Legend{Front: "Front channel", Back: "Back channel", Gesture: "Person's act", Note: "Calculation"}
	}
	for line, label := range map[diagram.Line]*string{diagram.Front: &words.Front, diagram.Back: &words.Back, diagram.Gesture: &words.Gesture, diagram.Note: &words.Note} {
		if !has[line] {
			*label = ""
		}
	}
	return words
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
	out := make([]diagram.Arrow, 0, p.Len())
	chapter := ""
	for i := range p.Len() {
		m := p.At(i)
		a := diagram.Arrow{
			From: string(m.From), To: string(m.To), Label: strings.Replace(n.Step(m.Step).Label, "4xx", strconv.Itoa(m.Status), 1), Line: lineOf(m),
			Reply: m.Kind == trace.Response, State: stateOf(p, i), Edited: len(m.Edited) > 0,
			Failed: i < p.Crossed() && refuses(m), Lit: i < p.Crossed() && m.Carries(lit), Chips: chips(p, m, n),
		}
		if m.Waited > 0 {
			a.Later = lifetime.Length(m.Waited) + " later"
		}
		a.Foreseen = a.Failed && foreseen(p, i)
		if m.Chapter != chapter && m.Chapter != "" {
			chapter = m.Chapter
			a.Chapter = n.Chapter(chapter)
		}
		out = append(out, a)
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

func lineOf(m *trace.Message) diagram.Line {
	switch {
	case m.Kind == trace.Note:
		return diagram.Note
	case m.Kind == trace.Gesture:
		return diagram.Gesture
	case m.Channel == trace.Back:
		return diagram.Back
	}
	return diagram.Front
}

// refuses reports whether a message is where a no was said: a check failed, or the answer tells of one.
func refuses(m *trace.Message) bool { return m.Failed() || m.Status >= 400 }

// foreseen reports whether the story goes on from the no of message i.
func foreseen(p *Player, i int) bool {
	flow := p.Flow()
	return flow.Foresees(p.Plan(), i)
}

// chips are the artefacts that a message carries, each once.
func chips(p *Player, m *trace.Message, n tutorials.Narrator) []diagram.Chip {
	var out []diagram.Chip
	for _, cargo := range telling.Cargos(m) {
		id := string(cargo.Artefact)
		c := diagram.Chip{Artefact: id, Label: n.Artefact(id)}
		if p.deadIn(m, cargo.Place.Value) {
			c.Gone = "expired"
		}
		out = append(out, c)
	}
	return out
}
