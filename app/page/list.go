package page

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// List is parts below each other, each with a mark before it: a bullet, or its
// number. What is long goes on under itself, not under its mark.
type List struct {
	Base
	kit      *Kit
	numbered bool
	items    []Part
	marks    []*Text
}

// markRoom is the room for a bullet or a number of two digits.
const markRoom float32 = 24

// NewList returns an empty list.
func NewList(k *Kit, numbered bool) *List {
	l := &List{kit: k, numbered: numbered}
	l.Extend(l)
	return l
}

// Set gives the items.
func (l *List) Set(items ...Part) *List {
	l.items = append(l.items[:0], items...)
	l.Shown = l.Shown[:0]
	for i, item := range l.items {
		mark := Nth(&l.marks, i, func() *Text { return NewText(l.kit) })
		sign := "•"
		if l.numbered {
			sign = strconv.Itoa(i+1) + "."
		}
		mark.Set(Plain(sign, Face{Size: look.Body}, look.InkSoft))
		l.Shown = append(l.Shown, mark, item)
	}
	return l
}

// HeightFor is part of [Part].
func (l *List) HeightFor(width float32) float32 { return l.lay(width, false) }

// Arrange is part of [Part].
func (l *List) Arrange(size fyne.Size) { l.lay(size.Width, true) }

// lay walks the items and places them if asked; it returns the height.
func (l *List) lay(width float32, put bool) float32 {
	var y float32
	for i, item := range l.items {
		if i > 0 {
			y += look.Gap
		}
		high := max(l.marks[i].HeightFor(markRoom), item.HeightFor(width-markRoom))
		if put {
			Place(l.marks[i], 0, y, markRoom, high)
			Place(item, markRoom, y, width-markRoom, high)
		}
		y += high
	}
	return y
}
