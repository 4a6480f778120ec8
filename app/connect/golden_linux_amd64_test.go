//go:build !race

package connect

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestAnExamLooksAsAgreed(t *testing.T) {
	d := examining(t, tutorials.Developer)
	canvas := fyne.CurrentApp().Driver().CanvasForObject(d.room.Content())
	sized, ok := canvas.(interface{ Resize(size fyne.Size) })
	if !ok {
		t.Fatal("the room is on no canvas")
	}
	sized.Resize(fyne.NewSize(900, 640))
	d.logsIn()
	d.logsIn()
	test.AssertRendersToImage(t, "connect/exam-light.png", canvas)
	fyne.CurrentApp().Settings().SetTheme(look.NewTheme(look.Dark))
	d.room.words.stack = "go"
	d.room.exam.stop()
	test.AssertRendersToImage(t, "connect/exam-report-dark.png", canvas)
}
