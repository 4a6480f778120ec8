package walk

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/player"
)

// State is what a test, or a person who reports a fault, can read of the room.
type State struct {
	Flow     string `json:"flow"`
	Step     string `json:"step"` // "" before the first
	Cursor   int    `json:"cursor"`
	Steps    int    `json:"steps"`
	Crossed  int    `json:"crossed"`
	Waiting  string `json:"waiting"` // step at the gate; "" at the end
	Outcome  string `json:"outcome"` // of the run when its end is shown
	Rule     string `json:"rule"`    // that refused it
	Tab      string `json:"tab"`
	Tamper   bool   `json:"tamper"`
	Playing  bool   `json:"playing"`
	Followed string `json:"followed"`
	Title    string `json:"title"`
	Bench    string `json:"bench"`   // workbench that is open, and which part of it: "token/make", "pkce"; "" none
	Verdict  string `json:"verdict"` // rule that what lies on it breaks; "" none
	Saved    string `json:"saved"`   // name of the file of a saved run; "" while a flow is walked

	Person   string            `json:"person"`   // user name
	SignsIn  bool              `json:"signsIn"`  // the password is right
	Denies   bool              `json:"denies"`   // consent is refused
	Withheld []string          `json:"withheld"` // permissions that are not granted
	Switches map[string]string `json:"switches"` // how the flow's own alternatives stand
	Clock    string            `json:"clock"`    // the stage's time at the cursor, RFC 3339
	Jumped   string            `json:"jumped"`   // all that the clock was moved by
	Expired  []string          `json:"expired"`  // names of what was given out and is good no more
}

// State is a [State].
func (r *Room) State() any { return r.state() }

func (r *Room) state() State {
	s := State{Tab: r.screen.Tab(), Tamper: r.screen.Tampering(), Playing: r.screen.Playing(), Cursor: -1}
	s.Bench, s.Verdict = r.benches.state()
	p := r.screen.Player()
	if p == nil {
		return s
	}
	s.Flow, s.Cursor, s.Steps, s.Crossed, s.Followed = p.Flow().ID, p.Cursor(), p.Len(), p.Crossed(), p.Followed()
	if m := p.Current(); m != nil {
		s.Step = m.Step
		s.Title = r.screen.Narrator().Step(m.Step).Title
	}
	if p.IsSaved() {
		s.Saved = r.savedAs
	}
	r.whatIf.tell(p, &s)
	if m := p.At(p.Crossed()); m != nil {
		s.Waiting = m.Step
	}
	if p.AtEnd() {
		s.Outcome, s.Rule = string(p.Plan().Outcome.State), p.Plan().Outcome.Rule
	}
	return s
}

// tell says what was decided for the run, and what time it is in it.
func (w *whatIf) tell(p *player.Player, s *State) {
	c := p.Choices()
	s.Person, s.SignsIn, s.Denies, s.Withheld = w.person(), c.SignsIn(), c.Deny, c.Withhold
	s.Switches = map[string]string{}
	for _, one := range p.Flow().Switches {
		s.Switches[one.ID] = w.turned(one)
	}
	jumped := time.Duration(0)
	for _, j := range c.Jumps {
		jumped += j.By
	}
	s.Clock, s.Jumped, s.Expired = p.Now().UTC().Format(time.RFC3339), jumped.String(), p.Expired()
}

// What the next start finds again.
const (
	keyFlow   = "flow"
	keyOffset = "split"
)

// Bounds of where the split can stand: a damaged file of settings must not hide a pane.
const minSplit, maxSplit, usualSplit = 0.2, 0.85, 0.64

func offset(store fyne.Preferences) float64 {
	if o := store.FloatWithFallback(keyOffset, usualSplit); o >= minSplit && o <= maxSplit {
		return o
	}
	return usualSplit
}

// Remember keeps where the split stands. Which flow is open was kept when it was opened.
func (r *Room) Remember() { r.window.Store().SetFloat(keyOffset, r.screen.Offset()) }
