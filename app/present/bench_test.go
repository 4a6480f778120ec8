package present

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// BenchmarkSceneChange is what a key costs before the motion: its aim is 16 ms.
func BenchmarkSceneChange(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.NewTheme(look.Dark))
	library := english(b)
	which, _ := library.Talk("log-in-with")
	show, err := talk.Prepare(b.Context(), library, which, 20, talk.Options{Provider: provider(b)})
	if err != nil {
		b.Fatal(err)
	}
	g := newGiving(show, time.Now)
	s := newStage(g, &words{library.Catalog()}, sheet.Dark, true)
	s.Resize(fyne.NewSize(1920, 1080))
	for i := 0; b.Loop(); i++ {
		g.at = i % len(show.Slides)
		s.Arrange(s.Size())
	}
}
