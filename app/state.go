package app

import (
	"encoding/json"
	"os"
	"path/filepath"
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
	s.Flow, s.Cursor, s.Steps, s.Crossed, s.Followed = p.Flow().ID, p.Cursor(), p.Len(), p.Crossed(), p.Followed()
	if m := p.Current(); m != nil {
		s.Step = m.Step
		s.Title = w.screen.Narrator().Step(m.Step).Title
	}
	if m := p.At(p.Crossed()); m != nil {
		s.Waiting = m.Step
	}
	if p.AtEnd() {
		s.Outcome, s.Rule = string(p.Plan().Outcome.State), p.Plan().Outcome.Rule
	}
	return s
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
