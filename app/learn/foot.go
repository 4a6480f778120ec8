package learn

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// foot is the way back and on, and between them how far one is.
type foot struct {
	page.Base
	back, next *page.Button
	line       *canvas.Rectangle
	marks      []*canvas.Rectangle
	done, all  int
}

func newFoot(kit *page.Kit) *foot {
	f := &foot{back: page.NewButton("", func() {}), next: page.NewButton("", func() {}), line: &canvas.Rectangle{}}
	f.back.Kit, f.next.Kit = kit, kit
	f.next.Primary = true
	f.Extend(f)
	return f
}

// set says what the buttons are called and do, nil for nothing, and that done of all screens were reached.
func (f *foot) set(back, next string, goBack, goOn func(), done, all int) {
	for _, b := range []struct {
		button *page.Button
		label  string
		do     func()
	}{{f.back, back, goBack}, {f.next, next, goOn}} {
		b.button.Set(b.label, "")
		b.button.OnTapped = b.do
		if b.do == nil {
			b.button.Disable()
		} else {
			b.button.Enable()
		}
	}
	f.done, f.all = done, all
	f.Refresh()
}

const (
	markWide float32 = 34
	markTall float32 = 5
	markGap  float32 = 8
)

// HeightFor is part of [page.Part].
func (f *foot) HeightFor(float32) float32 { return footTall }

// Arrange puts the marks in the middle, as long as there is room for them.
func (f *foot) Arrange(size fyne.Size) {
	edge := margin
	if size.Width < besideFrom {
		edge = snug
	}
	inner := min(size.Width-2*edge, mostWide)
	x := (size.Width - inner) / 2
	back, next := f.back.MinSize(), f.next.MinSize()
	high := max(back.Height, next.Height)
	y := (size.Height - high) / 2
	page.Fill(f.line, look.Line, "", 0)
	page.Put(f.line, 0, 0, size.Width, 1)
	page.Place(f.back, x, y, back.Width, high)
	page.Place(f.next, x+inner-next.Width, y, next.Width, high)
	f.Shown = append(f.Shown[:0], f.line, f.back, f.next)
	room := inner - back.Width - next.Width - 2*look.Gutter
	wide := min(markWide, (room-float32(f.all-1)*markGap)/float32(max(f.all, 1)))
	if wide < markTall {
		return
	}
	at := (size.Width - float32(f.all)*wide - float32(f.all-1)*markGap) / 2
	for i := range f.all {
		mark := page.Nth(&f.marks, i, func() *canvas.Rectangle { return &canvas.Rectangle{CornerRadius: markTall / 2} })
		ground := look.Edge
		if i < f.done {
			ground = look.Primary
		}
		page.Fill(mark, ground, "", 0)
		page.Put(mark, at+float32(i)*(wide+markGap), (size.Height-markTall)/2, wide, markTall)
		f.Shown = append(f.Shown, mark)
	}
}
