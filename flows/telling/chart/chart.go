// Package chart says what stands in the sequence diagram of a run: which lanes
// and rows there are, what each arrow carries, how its line is drawn and where
// the colour of bad or good news begins and ends. The widget of the window and the pictures draw it,
// each in its own measures.
//
// It measures nothing and knows neither a font nor a colour.
package chart

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Line is how an arrow is drawn.
type Line string

// The lines.
const (
	Front   Line = "front"   // through the browser: a single line
	Back    Line = "back"    // server to server: a double line
	Gesture Line = "gesture" // an act of the person: a line with a round foot
	Note    Line = "note"    // a calculation of one lane by itself: a loop
)

// LineOf is how a message of that kind, which travels that way, is drawn.
func LineOf(k trace.Kind, c trace.Channel) Line {
	switch {
	case k == trace.Note:
		return Note
	case k == trace.Gesture:
		return Gesture
	case c == trace.Back:
		return Back
	}
	return Front
}

// Arrow is an arrow that a run could have had.
type Arrow struct {
	From, To trace.Role
	Line     Line
}

// Row is one message.
type Row struct {
	Message  int    // index in the trace
	Chapter  string // title of the chapter that begins with it, or ""
	From, To trace.Role
	Title    string // of the step
	Label    string // on the arrow
	Line     Line
	Reply    bool // an answer
	Chips    []Chip
	Edited   bool // the learner changed it
	Refused  bool // a no was said here: a check failed, or the answer tells of one
	// Fate is what this arrow tells of: its own, or what became of one before it.
	Fate     telling.Fate
	overcome bool // the run went on from its no
}

// Alone reports whether somebody works it out without anybody else.
func (r *Row) Alone() bool { return r.From == r.To }

// Signed reports whether a sign stands where the arrow arrives: a no was said
// there, or an attacker got something.
func (r *Row) Signed() bool { return r.Refused || r.Fate == telling.Lost }

// Chip is something of worth that a message carries.
type Chip struct {
	Artefact telling.Artefact
	Label    string
	Value    string
}

// Entry says what a line means.
type Entry struct {
	Line  Line
	Words string
}

// Lanes are those who take part, in the order of the cast. A run that ended
// early has the lanes of everybody who was to come, too.
func Lanes(t *telling.Teller, toCome ...Arrow) []telling.Party {
	lanes := t.Cast()
	for _, a := range toCome {
		for _, r := range []trace.Role{a.From, a.To} {
			if !slices.ContainsFunc(lanes, func(p telling.Party) bool { return p.Role == r }) {
				lanes = append(lanes, t.Party(r))
			}
		}
	}
	place := func(p telling.Party) int {
		if i := slices.Index(trace.Roles(), p.Role); i >= 0 {
			return i
		}
		return len(trace.Roles())
	}
	slices.SortStableFunc(lanes, func(a, b telling.Party) int { return place(a) - place(b) })
	return lanes
}

// Legend explains the lines that there are, or could have been.
func Legend(t *telling.Teller, toCome ...Arrow) []Entry {
	means := map[Line]string{}
	run := t.Run()
	for i := range run.Messages {
		m := &run.Messages[i]
		l := LineOf(m.Kind, m.Channel)
		if _, deed := m.DeedOf(); !deed {
			means[l] = string(l)
		} else if means[l] == "" {
			means[l] = "deed"
		}
	}
	for _, a := range toCome {
		means[a.Line] = string(a.Line)
	}
	var legend []Entry
	for _, l := range []Line{Front, Back, Gesture, Note} {
		if what := means[l]; what != "" {
			legend = append(legend, Entry{Line: l, Words: t.Legend(what)})
		}
	}
	return legend
}

// Rows are the messages of the run.
//
// News travels: from an arrow that was refused the colour goes on for as long
// as each arrow starts where the one before it ended. An arrow that starts
// elsewhere is somebody's new attempt, and after a no that the run went on from
// the next arrow is one as well.
func Rows(t *telling.Teller) []Row {
	run := t.Run()
	rows := make([]Row, len(run.Messages))
	for i := range rows {
		m, words := &run.Messages[i], t.Words(i)
		r := Row{
			Message: i, Chapter: t.Chapter(i), From: m.From, To: m.To, Title: words.Title, Label: words.Label,
			Line: LineOf(m.Kind, m.Channel), Reply: m.Kind == trace.Response, Edited: len(m.Edited) > 0,
			Refused: telling.Refuses(m), Fate: t.FateOf(i),
		}
		for _, c := range telling.Cargos(m) {
			r.Chips = append(r.Chips, Chip{Artefact: c.Artefact, Label: t.Artefact(c.Artefact), Value: c.Place.Value})
		}
		r.overcome = r.Refused && Overcome(run, i)
		if r.Fate == telling.Fine && i > 0 && !rows[i-1].overcome && r.From == rows[i-1].To && rows[i-1].Fate != telling.Lost {
			r.Fate = rows[i-1].Fate
		}
		rows[i] = r
	}
	return rows
}

// Overcome reports whether the run went on from the no that message i was
// given, or gives: to a good end, or to another no.
func Overcome(run *trace.Trace, i int) bool {
	if request := run.Request(i); request >= 0 {
		i = request
	}
	return run.Messages[i].Failed() && (run.Outcome.State == trace.Completed || run.Failed() > i)
}
