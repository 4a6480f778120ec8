package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// abreast shows two parts beside each other, or below where there is little room.
type abreast struct {
	page.Base
	left, right page.Part
	fixed       float32 // how wide the right one is; 0: as wide as the left
}

// abreastLeast is how wide both have to be to stand beside each other.
const abreastLeast float32 = 560

func newAbreast(left, right page.Part, wide float32) *abreast {
	a := &abreast{left: left, right: right, fixed: wide}
	a.Extend(a)
	a.Shown = []fyne.CanvasObject{left, right}
	return a
}

// wide is how wide each of them is; both as wide as there is room where one stands below the other.
func (a *abreast) wide(room float32) (left, right float32, beside bool) {
	if room < abreastLeast {
		return room, room, false
	}
	if a.fixed > 0 {
		return room - look.Gutter - a.fixed, a.fixed, true
	}
	half := (room - look.Gutter) / 2
	return half, half, true
}

// HeightFor is part of [page.Part].
func (a *abreast) HeightFor(width float32) float32 {
	left, right, beside := a.wide(width)
	if !beside {
		return a.left.HeightFor(left) + look.Gap + a.right.HeightFor(right)
	}
	return max(a.left.HeightFor(left), a.right.HeightFor(right))
}

// Arrange is part of [page.Part]. What is lower than the other stands at its foot: a field beside a field whose name
// takes two lines, a button beside the end of its words.
func (a *abreast) Arrange(size fyne.Size) {
	left, right, beside := a.wide(size.Width)
	high, low := a.left.HeightFor(left), a.right.HeightFor(right)
	if !beside {
		page.Place(a.left, 0, 0, left, high)
		page.Place(a.right, 0, high+look.Gap, right, low)
		return
	}
	page.Place(a.left, 0, size.Height-high, left, high)
	page.Place(a.right, left+look.Gutter, size.Height-low, right, low)
}
