package learn

import (
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// worst is how long the slowest of some acts took, in milliseconds.
type worst float64

func (w *worst) of(do func()) {
	from := time.Now()
	do()
	*w = max(*w, worst(time.Since(from).Seconds()*1e3))
}

func (w *worst) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(*w), "worst-ms")
}

// benched is a class whose pictures are drawn beside, as in a window, which shows the words at once.
func benched(b *testing.B) *class {
	b.Helper()
	c := learning(b, store(b), look.Light, wide())
	c.room.sheet.kit.Easel.Beside = func(func(), func()) {}
	return c
}

// Each screen of each lesson in each voice, laid out as a window does: the aim is 50 ms at most.
func BenchmarkEveryScreenOfEveryLessonIsOpened(b *testing.B) {
	c := benched(b)
	var slowest worst
	for b.Loop() {
		for _, v := range tutorials.Voices() {
			c.tell(v)
			for i := range c.room.lessons {
				slowest.of(func() { c.room.begin(i); c.room.sheet.spread.HeightFor(wide().Width) })
				for range c.room.lessons[i].Screens {
					slowest.of(func() { c.room.turn(1); c.room.sheet.spread.HeightFor(wide().Width) })
				}
			}
		}
	}
	slowest.report(b)
}

// Each lesson as the first thing that a window opens, its words read for the
// first time: the aim is 50 ms at most.
func BenchmarkEveryLessonIsOpenedFirst(b *testing.B) {
	c := benched(b)
	var slowest worst
	for b.Loop() {
		for i := range c.room.lessons {
			words, err := tutorials.Load("en")
			if err != nil {
				b.Fatal(err)
			}
			slowest.of(func() {
				room := New(c, words, c.room.options)
				room.sheet.kit.Easel.Beside = c.room.sheet.kit.Easel.Beside
				room.Tell(c.room.manner)
				room.Go(address.At(PlaceLesson, c.room.lessons[i].ID))
				room.sheet.Resize(wide())
				if err := room.Close(); err != nil {
					b.Error(err)
				}
			})
		}
	}
	slowest.report(b)
}

// Each question, asked and then answered by a run that is played for it: the aim is 50 ms at most.
func BenchmarkEveryQuestionIsAskedAndAnswered(b *testing.B) {
	c := benched(b)
	var asked, answered worst
	for b.Loop() {
		c.room.answers = answers{}
		for i := range c.room.lessons {
			for _, s := range c.room.lessons[i].Screens {
				if s.Question == "" {
					continue
				}
				asked.of(func() { c.room.Go(address.At(PlaceLesson, c.room.lessons[i].ID, s.ID)) })
				answered.of(func() { c.room.choose(c.room.question(), 1) })
			}
		}
	}
	b.ReportMetric(float64(asked), "worst-asked-ms")
	b.ReportMetric(float64(answered), "worst-answered-ms")
}
