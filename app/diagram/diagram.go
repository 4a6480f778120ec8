// Package diagram draws a sequence diagram: lanes, and arrows between them.
//
// It knows lanes and arrows and nothing of what they mean: colours come from
// package look by the lane's id, words come from whoever calls.
package diagram

// Lane is one party: a box on top and a lifeline below.
type Lane struct {
	ID   string // picks the colour, see look.Role
	Name string // "Identity provider"
	Also string // second line: "authorization server"
}

// State is how an arrow stands to the walk.
type State int

// The states of an arrow.
const (
	Future  State = iota // still to come: faint, dashed
	Waiting              // the next one, stopped at the gate: faint with a mark
	Past                 // crossed: solid
	Current              // the one being looked at: bold, on a band
)

// Line is how an arrow is drawn.
type Line int

// The lines. They differ in form, not in colour alone.
const (
	Front   Line = iota // through the browser: a single line
	Back                // server to server: a double line
	Gesture             // an act of the person: a line with a round foot
	Note                // a calculation of one lane by itself: a loop, From == To
)

// Sign is what stands where an arrow arrives.
type Sign int

// The signs. They differ in form, not in colour alone.
const (
	NoSign Sign = iota
	Cross       // it was refused
	Shield      // it was meant to do harm, and was refused
	Alarm       // it was meant to do harm, and got through
)

// News is what an arrow tells of.
type News int

// The kinds of news.
const (
	NoNews   News = iota
	GoodNews      // green: harm was stopped
	BadNews       // red: something broke, or was lost
)

// Chip is an artefact that travels with an arrow.
type Chip struct {
	Artefact string // picks colour and shape, see look.Artefact
	Label    string // "code", "ticket"
	Gone     string // why it is worth nothing any more: "expired"; "" while it is
}

// Arrow is one message.
type Arrow struct {
	From, To string // lane ids
	Label    string
	Line     Line
	Reply    bool // an answer to an earlier arrow
	State    State
	Sign     Sign   // where it arrives
	News     News   // that it tells of, its own or that of one before it
	Edited   bool   // changed by the learner: a pencil mark
	Lit      bool   // carries the value that is being followed
	Chips    []Chip // what travels
	Later    string // time that somebody let pass before it: "5 min later"; or ""
	Chapter  string // title of the chapter that begins with this arrow, or ""
}
