//go:build e2e

package e2e_test

import (
	"fmt"
	"slices"
	"testing"
)

// lastScreens bounds the way: no lesson has more screens than that, and ten questions stand in three of them.
const lastScreens = 60

// The smallest window that everything has to work in.
const smallWide, smallHigh = 1024, 640

// Nobody needs a pointer: Right goes on, or Enter, which presses the filled button; a letter answers, and a run says what
// was right.
func TestTheFirstLessonAndTenQuestionsByKeyboardAlone(t *testing.T) {
	t.Parallel()
	learnsInASmallWindow(t, func(p *program, _ float64) { p.press("b") }, func(p *program, zoom float64) {
		p.press(map[bool]string{true: "Right", false: "Return"}[zoom == 1])
	})
}

// Nobody needs a key: the wheel turns the page, a press answers, and a press goes on.
func TestTheFirstLessonAndTenQuestionsByMouseAlone(t *testing.T) {
	t.Parallel()
	learnsInASmallWindow(t, func(p *program, _ float64) { p.answerByMouse() }, (*program).goOnByMouse)
}

// learnsInASmallWindow goes through the lessons, as they are and enlarged, until ten questions are answered.
func learnsInASmallWindow(t *testing.T, answer, goOn func(p *program, zoom float64)) {
	t.Helper()
	for _, zoom := range []float64{1, 1.5} {
		t.Run(fmt.Sprintf("%.0f %%", 100*zoom), func(t *testing.T) {
			s := newStage(t)
			s.again = zoom > 1
			p := s.start(t, "--classroom", "--voice", "everyone", "--size", fmt.Sprintf("%dx%d", smallWide, smallHigh), "lesson/who-are-you")
			p.zoomTo(zoom)
			p.learn(func() { answer(p, zoom) }, func() { goOn(p, zoom) })
			p.press("ctrl+q")
			p.end()
		})
	}
}

// learn answers each question that comes, and goes on, past the end of lesson 1, until ten are answered.
func (p *program) learn(answer, goOn func()) {
	p.t.Helper()
	at := p.at("lesson/who-are-you/").Address
	answered, finished := map[string]int{}, false
	for range lastScreens {
		now := p.now()
		if now.Question != "" && now.Chosen == 0 {
			answer()
			now = p.until("the run answers "+now.Question, func(now state) bool { return now.Chosen > 0 && now.Answer > 0 })
			answered[now.Question] = now.Answer
		}
		finished = finished || at == "lesson/who-are-you/end"
		if finished && len(answered) >= 10 {
			break
		}
		goOn()
		at = p.until("it goes on from "+at, func(now state) bool { return now.Address != at }).Address
	}
	if !finished || len(answered) < 10 {
		p.t.Errorf("lesson 1 came to its end: %v; %d questions were answered: %v", finished, len(answered), answered)
	}
}

// answerByMouse turns the page to the question and presses its first answer.
func (p *program) answerByMouse() {
	p.t.Helper()
	p.presses("A: ", "the answer counts", func(now state) bool { return now.Chosen > 0 })
}

// goOnByMouse presses what stands in the corner where one goes on.
func (p *program) goOnByMouse(zoom float64) {
	p.t.Helper()
	from := p.now().Address
	p.pressing("it goes on by a press", func(now state) (target, bool) {
		i := slices.IndexFunc(now.Targets, func(t target) bool {
			return t.Away == 0 && t.X > smallWide/2 && t.Y > smallHigh-int(52*zoom)
		})
		if i < 0 {
			return target{}, false
		}
		return now.Targets[i], true
	}, func(now state) bool { return now.Address != from })
}
