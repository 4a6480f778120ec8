package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// Tip says what something does right beside it, while it is pointed at or has
// the keyboard. It lies over the screen and is never in the way: nothing of it
// can be pressed.
type Tip struct {
	back  *canvas.Rectangle
	words *canvas.Text
	All   *fyne.Container // what lies over the screen
}

const (
	tipPad   float32 = 8
	signsEnd float32 = 60 // how far from the left edge a list of signs reaches
)

// NewTip returns a tip that says nothing yet.
func NewTip() *Tip {
	t := &Tip{back: &canvas.Rectangle{CornerRadius: look.Round}, words: &canvas.Text{TextSize: look.Small}}
	t.All = container.NewWithoutLayout(t.back, t.words)
	t.All.Hide()
	return t
}

// Words are what it says.
func (t *Tip) Words() string { return t.words.Text }

// Show puts words above something, below it where there is no room, and to the right of a sign at the left edge; "" takes them away.
func (t *Tip) Show(words string, beside, over fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	if words == "" || driver.CanvasForObject(beside) == nil {
		t.All.Hide()
		return
	}
	t.back.FillColor, t.words.Color, t.words.Text = theme.Color(look.Ink), theme.Color(look.Card), words
	text := fyne.MeasureText(words, look.Small, fyne.TextStyle{})
	size := fyne.NewSize(text.Width+2*tipPad, text.Height+tipPad)
	at := driver.AbsolutePositionForObject(beside).Subtract(driver.AbsolutePositionForObject(over))
	x := min(max(4, at.X+(beside.Size().Width-size.Width)/2), max(4, over.Size().Width-size.Width-4))
	y := at.Y - size.Height - 6
	if y < 4 {
		y = at.Y + beside.Size().Height + 6
	}
	if y > 4 && at.X < signsEnd && beside.Size().Width < signsEnd { // not over the other signs of a list
		x, y = at.X+beside.Size().Width+6, at.Y+(beside.Size().Height-size.Height)/2
	}
	t.All.Move(fyne.NewPos(x, y))
	t.All.Resize(size)
	t.back.Resize(size)
	t.words.Move(fyne.NewPos(tipPad, tipPad/2))
	t.words.Resize(text)
	t.All.Show()
	t.All.Refresh()
}
