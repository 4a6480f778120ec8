package page

import "fyne.io/fyne/v2"

// Pair is a name and, beside it, what it stands for; below it where there is
// little room.
type Pair struct {
	Base
	name, value Part
}

const (
	pairName  float32 = 112 // of which the name's column is wide
	pairGap   float32 = 12
	pairLeast float32 = 160 // of the value, or it goes below
)

// NewPair returns an empty pair.
func NewPair() *Pair {
	p := &Pair{}
	p.Extend(p)
	return p
}

// Set gives both.
func (p *Pair) Set(name, value Part) *Pair {
	p.name, p.value = name, value
	p.Shown = append(p.Shown[:0], name, value)
	return p
}

// beside reports whether there is room for both on one line.
func (p *Pair) beside(width float32) bool { return width >= pairName+pairGap+pairLeast }

// HeightFor is part of [Part].
func (p *Pair) HeightFor(width float32) float32 {
	if !p.beside(width) {
		return p.name.HeightFor(width) + p.value.HeightFor(width)
	}
	return max(p.name.HeightFor(pairName), p.value.HeightFor(width-pairName-pairGap))
}

// Arrange is part of [Part].
func (p *Pair) Arrange(size fyne.Size) {
	if !p.beside(size.Width) {
		tall := p.name.HeightFor(size.Width)
		Place(p.name, 0, 0, size.Width, tall)
		Place(p.value, 0, tall, size.Width, p.value.HeightFor(size.Width))
		return
	}
	rest := size.Width - pairName - pairGap
	Place(p.name, 0, 0, pairName, p.name.HeightFor(pairName))
	Place(p.value, pairName+pairGap, 0, rest, p.value.HeightFor(rest))
}
