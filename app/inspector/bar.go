package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// bar puts buttons in a row: some at the left, the rest at the right; they wrap when there is no room.
type bar struct {
	part
	left, right []*button
}

func newBar() *bar {
	b := &bar{}
	b.extend(b)
	return b
}

func (b *bar) set(left, right []*button) { b.left, b.right = left, right }

func (b *bar) heightFor(width float32) float32 { return b.run(width, false) }

func (b *bar) arrange(size fyne.Size) {
	b.all = b.all[:0]
	b.run(size.Width, true)
}

// run walks the buttons and places them if asked; it returns the height.
func (b *bar) run(width float32, put bool) float32 {
	var x, y, tall, rights float32
	for _, r := range b.right {
		rights += r.width() + look.Gap
	}
	each := func(next *button) {
		w := next.width()
		if x > 0 && x+w > width {
			x = 0
			y += tall + look.Gap
		}
		tall = next.heightFor(w)
		if put {
			place(next, x, y, min(w, width), tall)
			b.all = append(b.all, next)
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
