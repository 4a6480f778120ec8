package learn

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// answer is how far somebody is with a question. Choices are counted from 1.
type answer struct {
	chosen  int
	right   int // what the run said; 0: it is not over
	playing bool
	err     error
}

// answers are by the id of the question, for as long as the window is open.
type answers map[string]*answer

func (a answers) of(question string) *answer {
	if a[question] == nil {
		a[question] = new(answer)
	}
	return a[question]
}

// choose answers the question of the screen. The first answer counts; the run
// that decides is played now.
func (r *Room) choose(q *tutorials.Question, choice int) {
	a := r.answers.of(q.ID)
	if a.chosen != 0 || choice > len(q.Choices) {
		return
	}
	a.chosen, a.playing = choice, true
	r.draw()
	r.window.Changed()
	say := r.manner.Words.Catalog()
	r.beside(func() {
		right, err := decide(q, func(v address.Visit) (*trace.Trace, error) {
			return v.Play(r.ctx, flows.Options{Provider: r.options.Provider, Classroom: true, Say: say})
		})
		fyne.Do(func() { r.answered(q, right, err) })
	})
}

// answered is told what the run said.
func (r *Room) answered(q *tutorials.Question, right int, err error) {
	if r.ctx.Err() != nil {
		return
	}
	a := r.answers.of(q.ID)
	a.playing, a.right, a.err = false, right, err
	if err == nil {
		r.record.answer(q.ID, a.chosen == right)
		r.tried().Answer(triedQuestion+q.ID, a.chosen == right)
	}
	r.draw()
	r.window.Changed()
}

// decide plays the run of a question and returns the choice that is true of it.
func decide(q *tutorials.Question, play func(address.Visit) (*trace.Trace, error)) (right int, err error) {
	to, err := address.Parse(q.Run)
	if err != nil {
		return 0, fmt.Errorf("the question %s: %w", q.ID, err)
	}
	visit, missing := address.Walk(to)
	if len(missing) > 0 {
		return 0, fmt.Errorf("the question %s is about %s, where %s is missing", q.ID, q.Run, missing[0].Name)
	}
	run, err := play(visit)
	if err != nil {
		return 0, err
	}
	i, err := ask.Which(run, q.Whens())
	if err != nil {
		return 0, fmt.Errorf("the question %s: %w", q.ID, err)
	}
	return i + 1, nil
}

// seeing is the address of the step at which one sees the answer.
func seeing(q *tutorials.Question) address.Address {
	to, err := address.Parse(q.Run)
	if err != nil {
		return address.Address{}
	}
	to.Path = append(to.Path[:min(1, len(to.Path))], q.See)
	return to
}
