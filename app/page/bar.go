package page

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// Bar puts buttons in a row: some at the left, the rest at the right; they wrap when there is no room.
type Bar struct {
	Base
	left, right []*Button
}

// NewBar returns an empty bar.
func NewBar() *Bar {
	b := &Bar{}
	b.Extend(b)
	return b
}

// Set gives the bar its buttons.
func (b *Bar) Set(left, right []*Button) { b.left, b.right = left, right }

// HeightFor is part of [Part].
func (b *Bar) HeightFor(width float32) float32 { return b.lay(width, false) }

// Arrange is part of [Part].
func (b *Bar) Arrange(size fyne.Size) {
	b.Shown = b.Shown[:0]
	b.lay(size.Width, true)
}

// lay walks the buttons and places them if asked; it returns the height.
func (b *Bar) lay(width float32, put bool) float32 {
	var x, y, tall, rights float32
	for _, r := range b.right {
		rights += r.LeastSize().Width + look.Gap
	}
	each := func(next *Button) {
		w := next.LeastSize().Width
		if x > 0 && x+w > width {
			x = 0
			y += tall + look.Gap
		}
		tall = next.HeightFor(w)
		if put {
			Place(next, x, y, min(w, width), tall)
			b.Shown = append(b.Shown, next)
		}
		x += w + look.Gap
	}
	for _, l := range b.left {
		each(l)
	}
	if len(b.right) > 0 && x+rights-look.Gap <= width {
		x = width - rights + look.Gap
	}
	for _, r := range b.right {
		each(r)
	}
	return y + tall
}
