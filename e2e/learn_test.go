//go:build e2e

package e2e_test

import "testing"

// lastScreens bounds the way: no lesson has more screens than that, and ten questions stand in three of them.
const lastScreens = 60

// Nobody needs a pointer: Right goes on, a letter answers, and a run says what was right.
func TestTheFirstLessonAndTenQuestionsByKeyboardAlone(t *testing.T) {
	p := newStage(t).start(t, "--classroom", "--voice", "everyone", "--size", "1024x640", "lesson/who-are-you")
	at := p.at("lesson/who-are-you/").Address
	answered, finished := map[string]int{}, false
	for range lastScreens {
		now := p.now()
		if now.Question != "" && now.Chosen == 0 {
			p.press("b")
			now = p.until("the run answers "+now.Question, func(now state) bool { return now.Chosen == 2 && now.Answer > 0 })
			answered[now.Question] = now.Answer
		}
		finished = finished || at == "lesson/who-are-you/end"
		if finished && len(answered) >= 10 {
			break
		}
		p.press("Right")
		at = p.until("Right goes on from "+at, func(now state) bool { return now.Address != at }).Address
	}
	if !finished || len(answered) < 10 {
		t.Errorf("lesson 1 came to its end: %v; %d questions were answered: %v", finished, len(answered), answered)
	}
	p.press("ctrl+q")
	p.end()
}
