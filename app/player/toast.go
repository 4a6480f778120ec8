package player

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// toast tells for a few seconds what was done, and offers what can be done with it.
type toast struct {
	screen *Screen
	words  *page.Line
	act    *page.Button
	card   *page.Column
	box    *fyne.Container
	timer  *fyne.Animation
}

// toastStays is how long a toast is seen.
const toastStays = 4 * time.Second

func newToast(s *Screen) *toast {
	t := &toast{screen: s, words: page.NewLine("", look.Body, look.Ink), act: page.NewButton("", nil)}
	t.words.Least, t.act.OnKey = 60, s.key
	t.box = container.NewBorder(nil, nil, nil, t.act, container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), t.words))
	t.card = page.NewCard(t.box, 8)
	t.card.Line, t.card.Edge = look.Edge, look.Pass
	t.card.Hide()
	return t
}

// say shows words, and a button where there is something to do with it.
func (t *toast) say(words, label string, act func()) {
	t.words.SetText(words)
	show(t.act, act != nil)
	if act != nil {
		t.act.Set(label, "")
		t.act.OnTapped = func() {
			t.hide()
			act()
		}
	}
	t.card.Show()
	t.place(t.screen.body.Size())
	if t.timer != nil {
		t.timer.Stop()
	}
	t.timer = fyne.NewAnimation(toastStays, func(done float32) {
		if done >= 1 {
			t.hide()
		}
	})
	t.timer.Start()
}

func (t *toast) hide() {
	t.card.Hide()
	t.screen.body.Refresh()
}

// place keeps it in the middle, above the bar.
func (t *toast) place(size fyne.Size) {
	bar := t.screen.transport.card
	wide := min(size.Width-32, fyne.MeasureText(t.words.Words, look.Body, fyne.TextStyle{}).Width+60)
	if t.act.Visible() {
		wide = min(size.Width-32, wide+t.act.MinSize().Width+look.Gap)
	}
	high := t.card.MinSize().Height
	t.card.Resize(fyne.NewSize(wide, high))
	t.card.Move(fyne.NewPos((size.Width-wide)/2, bar.Position().Y-high-8))
	t.card.Refresh()
}
