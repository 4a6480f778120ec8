package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Picture is an illustration, as wide as there is room for and no higher than
// it may be.
type Picture struct {
	Base
	Most func() float32 // how high it may be; nil: as high as its width makes it

	image  *canvas.Image
	aspect float32
}

// NewPicture returns a picture of nothing yet.
func NewPicture() *Picture {
	p := &Picture{image: &canvas.Image{FillMode: canvas.ImageFillContain}, aspect: usualAspect}
	p.Shown = []fyne.CanvasObject{p.image}
	p.Extend(p)
	return p
}

// Set gives the picture, an SVG whose first tag says its shape.
func (p *Picture) Set(r fyne.Resource) *Picture {
	if p.image.Resource != nil && p.image.Resource.Name() == r.Name() {
		return p
	}
	p.image.Resource, p.image.Image = r, nil
	p.aspect = aspectOf(r.Content())
	if p.image.Size().Width > 0 {
		p.image.Refresh()
	}
	return p
}

// HeightFor is part of [Part].
func (p *Picture) HeightFor(width float32) float32 {
	high := width / p.aspect
	if p.Most != nil {
		high = min(high, p.Most())
	}
	return high
}

// Arrange is part of [Part].
func (p *Picture) Arrange(size fyne.Size) { Put(p.image, 0, 0, size.Width, size.Height) }

// Figure is a picture on a card, with its caption under it.
type Figure struct {
	Base
	picture *Picture
	caption *Text
	card    *Column
}

// mostOfFigure keeps a figure from filling a wide window.
const mostOfFigure float32 = 320

// NewFigure returns an empty figure.
func NewFigure(k *Kit) *Figure {
	f := &Figure{picture: NewPicture(), caption: NewText(k)}
	f.picture.Most = func() float32 { return mostOfFigure }
	f.card = NewColumn().Style(look.CardSoft, look.Line, 6, look.Radius).Add(0, f.picture)
	f.Extend(f)
	return f
}

// Set gives the picture and the words under it, which may hold markup.
func (f *Figure) Set(picture fyne.Resource, caption string) *Figure {
	f.picture.Set(picture)
	f.caption.Set(Prose(caption, look.Small, look.InkSoft)...)
	f.Shown = append(f.Shown[:0], f.card, f.caption)
	return f
}

// HeightFor is part of [Part].
func (f *Figure) HeightFor(width float32) float32 {
	return f.card.HeightFor(width) + look.Gap + f.caption.HeightFor(width)
}

// Arrange is part of [Part].
func (f *Figure) Arrange(size fyne.Size) {
	high := f.card.HeightFor(size.Width)
	Place(f.card, 0, 0, size.Width, high)
	Place(f.caption, 0, high+look.Gap, size.Width, f.caption.HeightFor(size.Width))
}
