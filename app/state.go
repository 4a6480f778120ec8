package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/player"
)

// state is what a test, or a person who reports a fault, can read of the window.
type state struct {
	Flow     string  `json:"flow"`
	Step     string  `json:"step"` // "" before the first
	Cursor   int     `json:"cursor"`
	Steps    int     `json:"steps"`
	Crossed  int     `json:"crossed"`
	Waiting  string  `json:"waiting"` // step at the gate; "" at the end
	Outcome  string  `json:"outcome"` // of the run when its end is shown
	Rule     string  `json:"rule"`    // that refused it
	Voice    string  `json:"voice"`
	Lens     string  `json:"lens"`
	Theme    string  `json:"theme"`
	Zoom     float64 `json:"zoom"`
	Tab      string  `json:"tab"`
	Tamper   bool    `json:"tamper"`
	Playing  bool    `json:"playing"`
	Followed string  `json:"followed"`
	Title    string  `json:"title"`
	Bench    string  `json:"bench"`   // workbench that is open, and which part of it: "token/make", "pkce"; "" none
	Verdict  string  `json:"verdict"` // rule that what lies on it breaks; "" none
	Saved    string  `json:"saved"`   // name of the file of a saved run; "" while a flow is walked
	Focus    string  `json:"focus"`   // label of the row of the rail that has the keyboard

	Person   string            `json:"person"`   // user name
	SignsIn  bool              `json:"signsIn"`  // the password is right
	Denies   bool              `json:"denies"`   // consent is refused
	Withheld []string          `json:"withheld"` // permissions that are not granted
	Switches map[string]string `json:"switches"` // how the flow's own alternatives stand
	Clock    string            `json:"clock"`    // the stage's time at the cursor, RFC 3339
	Jumped   string            `json:"jumped"`   // all that the clock was moved by
	Expired  []string          `json:"expired"`  // names of what was given out and is good no more
}

func (w *window) state() state {
	s := state{
		Voice: string(w.screen.Narrator().Voice), Lens: w.screen.Narrator().Lens,
		Theme: string(w.settings.theme), Zoom: w.settings.zoom, Tab: w.screen.Tab(), Tamper: w.screen.Tampering(), Playing: w.screen.Playing(), Cursor: -1,
	}
	s.Bench, s.Verdict = w.benches.state()
	p := w.screen.Player()
	if p == nil {
		return s
	}
	for _, e := range w.rail.entries {
		if w.win.Canvas().Focused() == fyne.Focusable(e.button) {
			s.Focus = e.now().label
		}
	}
	s.Flow, s.Cursor, s.Steps, s.Crossed, s.Followed = p.Flow().ID, p.Cursor(), p.Len(), p.Crossed(), p.Followed()
	if m := p.Current(); m != nil {
		s.Step = m.Step
		s.Title = w.screen.Narrator().Step(m.Step).Title
	}
	if p.IsSaved() {
		s.Saved = w.savedAs
	}
	w.chosen(p, &s)
	if m := p.At(p.Crossed()); m != nil {
		s.Waiting = m.Step
	}
	if p.AtEnd() {
		s.Outcome, s.Rule = string(p.Plan().Outcome.State), p.Plan().Outcome.Rule
	}
	return s
}

// chosen says what was decided for the run, and what time it is in it.
func (w *window) chosen(p *player.Player, s *state) {
	c := p.Choices()
	s.Person, s.SignsIn, s.Denies, s.Withheld = w.person(), c.SignsIn(), c.Deny, c.Withhold
	s.Switches = map[string]string{}
	flow := p.Flow()
	for _, one := range flow.Switches {
		s.Switches[one.ID] = w.turned(one)
	}
	jumped := time.Duration(0)
	for _, j := range c.Jumps {
		jumped += j.By
	}
	s.Clock, s.Jumped, s.Expired = p.Now().UTC().Format(time.RFC3339), jumped.String(), p.Expired()
}

// writeState replaces the state file whole, so that a reader never sees half of it.
func (w *window) writeState() {
	file := w.options.StateFile
	if file == "" {
		return
	}
	text, err := json.Marshal(w.state())
	if err != nil {
		return // the type above always encodes
	}
	next := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".next")
	if os.WriteFile(next, text, 0o600) == nil {
		_ = os.Rename(next, file)
	}
}
