package learn

import (
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
)

// Opening any lesson, at any of its screens: the aim is 50 ms at most.
func BenchmarkAScreenOfALessonIsOpened(b *testing.B) {
	c := learning(b, store(b), look.Light, wide())
	n := 0
	for b.Loop() {
		c.room.turn(1)
		if n++; n%60 == 0 {
			c.room.begin(0)
		}
		c.room.sheet.spread.HeightFor(wide().Width)
	}
}

// A question with its answer, for which the run is played: the aim is 50 ms at most.
func BenchmarkAQuestionIsAnswered(b *testing.B) {
	c := learning(b, store(b), look.Light, wide())
	c.open("lesson/tokens/three-passes")
	for b.Loop() {
		c.room.answers = answers{}
		c.room.choose(c.room.question(), 2)
	}
}
