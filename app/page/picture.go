package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Picture is an illustration, as wide as there is room for and no higher than
// it may be. An [Easel] draws it: until then the ground stands there alone.
type Picture struct {
	Base
	Most func() float32 // how high it may be; nil: as high as its width makes it

	easel    *Easel
	resource fyne.Resource
	image    *canvas.Image
	of       string // the name of what the image shows
	aspect   float32
}

// NewPicture returns a picture of nothing yet.
func NewPicture() *Picture {
	p := &Picture{image: &canvas.Image{FillMode: canvas.ImageFillStretch}, aspect: usualAspect, easel: &Easel{}}
	p.image.Hide()
	p.Shown = []fyne.CanvasObject{p.image}
	p.Extend(p)
	return p
}

// On has an easel draw it that others use too.
func (p *Picture) On(e *Easel) *Picture {
	p.easel = e
	return p
}

// Set gives the picture, an SVG whose first tag says its shape.
func (p *Picture) Set(r fyne.Resource) *Picture {
	if p.resource != nil && p.resource.Name() == r.Name() {
		return p
	}
	p.resource, p.aspect = r, aspectOf(r.Content())
	if p.Size().Width > 0 {
		p.Arrange(p.Size())
	}
	return p
}

// Foresee draws another picture, which may be set next, while nothing else is to be done.
func (p *Picture) Foresee(r fyne.Resource) {
	if s := p.Size(); s.Width > 0 && r != nil {
		o, _ := p.order(r, aspectOf(r.Content()), s)
		p.easel.ahead(o)
	}
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
func (p *Picture) Arrange(size fyne.Size) {
	if p.resource == nil || size.Width < 1 || size.Height < 1 {
		return
	}
	o, fits := p.order(p.resource, p.aspect, size)
	o.of, o.then = p, p.Refresh // all of it: the toolkit does not know yet where an image stands that was never seen
	Put(p.image, (size.Width-fits.Width)/2, (size.Height-fits.Height)/2, fits.Width, fits.Height)
	drawn := p.easel.draw(o)
	if drawn == nil { // the one before in another size will do meanwhile, another one will not
		Show(p.image, p.of == o.name)
		return
	}
	Show(p.image, true)
	if p.of = o.name; p.image.Image != drawn {
		p.image.Image = drawn
		p.image.Refresh()
	}
}

// order is what is to be drawn for a size, and how large it will be.
func (p *Picture) order(r fyne.Resource, aspect float32, size fyne.Size) (order, fyne.Size) {
	fits := fyne.NewSize(min(size.Width, size.Height*aspect), min(size.Height, size.Width/aspect))
	scale := scaleOf(p)
	s := subject{name: r.Name(), wide: max(1, int(fits.Width*scale+0.5)), high: max(1, int(fits.Height*scale+0.5))}
	return order{subject: s, svg: r.Content()}, fits
}

// scaleOf is how many pixels a unit has where an object stands, or will stand.
func scaleOf(o fyne.CanvasObject) float32 {
	if c := CanvasOf(o); c != nil {
		return c.Scale()
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		return w.Canvas().Scale()
	}
	return 1
}

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
	f := &Figure{picture: NewPicture().On(k.Easel), caption: NewText(k)}
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
