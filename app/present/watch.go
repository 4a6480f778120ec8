package present

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// watch is the time of a talk: the clock, and beside it how its presenter is on time.
type watch struct {
	page.Base
	clock, pace *page.Column
}

func newWatch() *watch {
	w := &watch{clock: page.NewColumn(), pace: page.NewColumn()}
	w.Shown = []fyne.CanvasObject{w.clock, w.pace}
	w.Extend(w)
	return w
}

const (
	clockSize float32 = 42
	clockWide float32 = 150
)

// HeightFor is part of [page.Part].
func (w *watch) HeightFor(width float32) float32 {
	return max(w.clock.HeightFor(clockWide), w.pace.HeightFor(width-clockWide))
}

// Arrange is part of [page.Part].
func (w *watch) Arrange(size fyne.Size) {
	rest := size.Width - clockWide
	page.Place(w.clock, 0, 0, clockWide, w.clock.HeightFor(clockWide))
	page.Place(w.pace, clockWide, 0, rest, w.pace.HeightFor(rest))
}

// tick shows the time of now.
func (s *speaker) tick() {
	g, t := s.giving, s.giving.timer
	s.times.TakeBack()
	c := s.clock.Clear().Style(look.Card, look.Line, 16, look.Radius)
	if !s.onStage() {
		c.Add(0, s.times.Text(page.Prose(s.words.text("no-stage"), look.Body, look.Caution)...))
	}
	c.Add(0, s.watch)
	soft := page.Face{Size: look.Body}
	s.watch.clock.Clear().
		Add(0, s.times.Text(page.Plain(clock(t.Elapsed()), page.Face{Size: clockSize, Bold: true}, look.Ink))).
		Add(0, s.times.Text(page.Plain(s.words.text("of", "whole", clock(t.Whole())), soft, look.InkSoft)))
	state, by := t.Pace()
	words, ink := s.words.pace(state, by), map[talk.State]fyne.ThemeColorName{
		talk.Ahead: look.OnBand, talk.OnTrack: look.Pass, talk.Behind: look.Caution,
	}[state]
	if !t.Began() {
		words, ink = s.words.text("ready"), look.InkSoft
	}
	scene := s.words.text("this-scene", "spent", talk.Clock(t.Spent(g.at)), "takes", talk.Clock(t.Planned(g.at)))
	s.watch.pace.Clear().
		Add(14, s.times.Text(page.Plain(words, page.Face{Size: 17, Bold: true}, ink))).
		Add(6, s.times.Text(page.Plain(scene, soft, look.InkSoft)))
}
