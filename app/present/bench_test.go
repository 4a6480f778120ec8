package present

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// stageOf is a stage of 1920 by 1080 points with the longest talk for executives.
func stageOf(tb testing.TB) *stage {
	tb.Helper()
	looktest.Dressed(tb, look.Dark)
	library := wordstest.English(tb)
	which, _ := library.Talks().Talk("log-in-with")
	show, err := talk.Prepare(tb.Context(), library, which, 20, talk.Options{Provider: provider(tb)})
	if err != nil {
		tb.Fatal(err)
	}
	s := newStage(newGiving(show, time.Now), &words{library.Catalog()}, sheet.Dark, true)
	s.Resize(fyne.NewSize(1920, 1080))
	return s
}

// drawn is how many objects the stage drew anew when it was arranged last, and of how many.
func (s *stage) drawn() (anew, all int) {
	return s.rests.anew + s.travels.anew, len(s.rests.shown) + len(s.travels.shown)
}

// BenchmarkSceneChange is what a key costs before the motion: its aim is 16 ms,
// for the slowest scene too.
func BenchmarkSceneChange(b *testing.B) {
	s := stageOf(b)
	anew, all := 0, 0
	least := make([]time.Duration, len(s.giving.show.Slides)) // that each scene took: others use this machine too
	for i := 0; b.Loop(); i++ {
		s.giving.at = i % len(least)
		from := time.Now()
		s.Arrange(s.Size())
		if took := time.Since(from); i < len(least) || took < least[s.giving.at] {
			least[s.giving.at] = took
		}
		some, of := s.drawn()
		anew, all = anew+some, all+of
	}
	b.ReportMetric(float64(slices.Max(least).Microseconds())/1000, "slowest-ms")
	b.ReportMetric(100*float64(anew)/float64(all), "%-drawn")
}
