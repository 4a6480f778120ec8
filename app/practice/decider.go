package practice

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
)

// decider is “be the provider”: a request, what the provider knows, yes or no,
// and where it is wrong.
type decider struct {
	room     *Room
	all      []tutorials.Exercise
	err      error // why there are none, or none can be opened
	at       int   // index of the one that is open
	request  *exercise.Request
	decision decision
}

// decision is how far somebody is with a request.
type decision struct {
	pointed string // name of the line that is pointed at, or ""
	asked   bool   // somebody refused and has not pointed at anything yet
	refused bool
	verdict *exercise.Verdict // nil: nobody decided yet
}

func newDecider(r *Room) *decider { return &decider{room: r} }

func (d *decider) read(words *tutorials.Library) {
	d.all, d.err = words.Exercises()
	d.at = min(d.at, max(len(d.all)-1, 0))
}

// open goes to the exercise with a number or an id.
func (d *decider) open(path []string) {
	asked := d.at + 1
	if len(path) > 0 {
		asked = d.find(path[0])
	}
	d.begin(max(0, min(asked-1, len(d.all)-1)))
}

// find is the number of an exercise, counted from 1, and says so where there is none of that name.
func (d *decider) find(name string) int {
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(d.all) {
		return n
	}
	ids := make([]string, 0, len(d.all))
	for i := range d.all {
		ids = append(ids, d.all[i].ID)
	}
	id, _ := address.Nearest(name, ids)
	n := max(slices.Index(ids, id), 0) + 1
	if id != name && len(ids) > 0 {
		d.room.window.Say(d.room.manner.Words.Catalog().Text("practice.no-exercise", "typed", name, "title", d.all[n-1].Title))
	}
	return n
}

// begin opens an exercise anew.
func (d *decider) begin(at int) {
	d.err = errors.Join(d.leave(), d.bring(at))
}

// bring has the request of an exercise wait at the gate.
func (d *decider) bring(at int) error {
	d.at, d.decision = at, decision{}
	if len(d.all) == 0 {
		_, err := d.room.manner.Words.Exercises()
		return err
	}
	request, err := exercise.Open(d.room.ctx, d.all[at], flows.Options{
		Provider: d.room.options.Provider, Classroom: true, Say: d.room.manner.Words.Catalog(),
	})
	d.request = request
	return err
}

func (d *decider) leave() error {
	if d.request == nil {
		return nil
	}
	err := d.request.Close()
	d.request = nil
	return err
}

func (d *decider) path() []string { return []string{strconv.Itoa(d.at + 1)} }

// id is what the record files an exercise under.
func (d *decider) id(i int) string { return kindDecide + "/" + d.all[i].ID }

// waits reports whether the request still waits for a decision.
func (d *decider) waits() bool { return d.request != nil && d.decision.verdict == nil }

// accept says yes.
func (d *decider) accept() {
	if d.waits() {
		d.decide(false)
	}
}

// refuse says no, as soon as it is said because of what.
func (d *decider) refuse() {
	if !d.waits() {
		return
	}
	if d.decision.pointed == "" {
		d.decision.asked = true
		d.room.draw()
		d.room.window.Changed()
		return
	}
	d.decide(true)
}

// point points at a line; of one that is pointed at already it takes the finger away.
func (d *decider) point(name string) {
	if !d.waits() {
		return
	}
	if d.decision.pointed == name {
		name = ""
	}
	d.decision.pointed = name
	if d.decision.asked && name != "" {
		d.decide(true)
		return
	}
	d.room.draw()
	d.room.window.Changed()
}

// decide lets the provider decide, and keeps how it went.
func (d *decider) decide(refused bool) {
	v, err := d.request.Decide(d.room.ctx)
	if err != nil {
		d.err = err
	} else {
		d.decision.verdict, d.decision.refused = &v, refused
		d.room.record.Answer(d.id(d.at), d.right())
	}
	d.room.draw()
	d.room.window.Changed()
}

// right reports whether somebody decided as the provider did, and pointed at a line that is wrong.
func (d *decider) right() bool {
	v := d.decision.verdict
	return v != nil && v.Accepted != d.decision.refused && (v.Accepted || d.isWrong(d.decision.pointed))
}

// isWrong reports whether a line is one of those that the provider refuses.
func (d *decider) isWrong(line string) bool {
	return slices.Contains(d.request.Points(), line)
}

// turn goes to the next exercise with 1, and back with -1.
func (d *decider) turn(by int) {
	if to := d.at + by; to >= 0 && to < len(d.all) {
		d.room.visit(kindDecide, strconv.Itoa(to+1))
	}
}

// step moves the finger to the next line with 1, and back with -1.
func (d *decider) step(by int) {
	if !d.waits() {
		return
	}
	names := d.names()
	at := slices.Index(names, d.decision.pointed)
	to := (max(at, 0) + by + len(names)) % len(names)
	if at < 0 && by > 0 {
		to = 0 // nobody points at anything yet
	}
	d.decision.pointed = names[to]
	d.room.draw()
	d.room.window.Changed()
}

// names are the lines that one can point at, each once; a missing one is the last.
func (d *decider) names() []string {
	var names []string
	for _, l := range d.request.Lines() {
		if !slices.Contains(names, l.Name) {
			names = append(names, l.Name)
		}
	}
	return append(names, exercise.LineMissing)
}

// walk goes to the walk that the request comes from, at its step.
func (d *decider) walk() {
	e := &d.all[d.at]
	if to, err := address.Parse(e.Run); err == nil && len(to.Path) > 0 && d.request != nil {
		to.Path = append(to.Path[:1], e.Step)
		if pairs := d.changed(); pairs != "" {
			to = to.Choose(address.ChoiceChange, e.Step+"?"+pairs)
		}
		d.room.window.Go(to)
		d.room.window.SayBack(d.room.manner.Words.Catalog().Text("practice.come-back"))
	}
}

// changed are the parameters of the request that are otherwise than in the walk,
// as a query; "" where an exercise made another request of it.
func (d *decider) changed() string {
	e := &d.all[d.at]
	if e.Send.Path != "" {
		return ""
	}
	pairs := url.Values{}
	for _, c := range e.Changes {
		if c.Parameter == "" {
			continue
		}
		pairs.Set(c.Parameter, "")
		for _, l := range d.request.Lines() {
			if l.Name == c.Parameter {
				pairs.Set(c.Parameter, l.Value)
			}
		}
	}
	return pairs.Encode()
}

func (d *decider) state() any {
	s := struct {
		Number   int    `json:"number"`
		ID       string `json:"id"`
		Pointed  string `json:"pointed"`
		Decided  bool   `json:"decided"`
		Right    bool   `json:"right"`
		Accepted bool   `json:"accepted"` // by the provider
		Rule     string `json:"rule"`     // that was broken
	}{Number: d.at + 1, Pointed: d.decision.pointed, Decided: d.decision.verdict != nil, Right: d.right()}
	if len(d.all) > 0 {
		s.ID = d.all[d.at].ID
	}
	if v := d.decision.verdict; v != nil {
		s.Accepted = v.Accepted
		if v.Broken != nil {
			s.Rule = v.Broken.ID
		}
	}
	return s
}

// rail lists the exercises, grade after grade.
func (d *decider) rail() []room.Section {
	say := d.room.manner.Words.Catalog()
	var sections []room.Section
	grade := 0
	for i := range d.all {
		e := &d.all[i]
		if e.Grade != grade {
			grade = e.Grade
			sections = append(sections, room.Section{Title: say.Text("practice.grade." + strconv.Itoa(grade))})
		}
		s := &sections[len(sections)-1]
		s.Rows = append(s.Rows, room.Row{
			Label: say.Text("practice.row", "number", strconv.Itoa(i+1), "title", e.Title), Sign: strconv.Itoa(i + 1),
			Note: d.room.mark(d.id(i)), Here: i == d.at, Do: func() { d.room.visit(kindDecide, strconv.Itoa(i+1)) },
		})
	}
	return sections
}

// mark says quietly how somebody stands with an exercise.
func (r *Room) mark(id string) string {
	switch r.record.Standing(id) {
	case exercise.Known:
		return "✓"
	case exercise.Again:
		return r.manner.Words.Catalog().Text("practice.again")
	case exercise.Unseen:
	}
	return ""
}

// tally says quietly how many questions of a flow are known, or that some come back.
func (r *Room) tally(prefix string) string {
	switch known, again := r.record.CountBelow(prefix); {
	case again > 0:
		return r.manner.Words.Catalog().Text("practice.again")
	case known > 0:
		return "✓ " + strconv.Itoa(known)
	}
	return ""
}
