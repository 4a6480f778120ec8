package present

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// gallery is all scenes at once, small.
type gallery struct {
	page.Base
	giving *giving
	words  *words
	look   func() sheet.Look
	ground *canvas.Rectangle
	thumbs []*thumb
}

func newGallery(g *giving, w *words, look func() sheet.Look) *gallery {
	a := &gallery{giving: g, words: w, look: look, ground: &canvas.Rectangle{}}
	a.Extend(a)
	return a
}

func columnsOf(n int) int { return max(1, int(math.Ceil(math.Sqrt(float64(n))))) }

// HeightFor is part of [page.Part].
func (a *gallery) HeightFor(width float32) float32 { return width * 9 / 16 }

// Arrange is part of [page.Part].
func (a *gallery) Arrange(size fyne.Size) {
	fill(a.ground, a.look().Ground, size)
	a.Shown = append(a.Shown[:0], a.ground)
	n := len(a.giving.show.Slides)
	columns := columnsOf(n)
	rows := (n + columns - 1) / columns
	gap := size.Height * 0.03
	wide := (size.Width - gap*float32(columns+1)) / float32(columns)
	high := min((size.Height-gap*float32(rows+1))/float32(rows), wide*9/16)
	top := (size.Height - float32(rows)*(high+gap) + gap) / 2
	for i := range n {
		t := page.Nth(&a.thumbs, i, func() *thumb { return newThumb(a, i) })
		page.Place(t, gap+float32(i%columns)*(wide+gap), top+float32(i/columns)*(high+gap), wide, high)
		a.Shown = append(a.Shown, t)
	}
}

// thumb is one of them; a click goes there.
type thumb struct {
	page.Base
	all     *gallery
	i       int
	rests   canvasPen
	travels canvasPen
	ring    *canvas.Rectangle
}

func newThumb(a *gallery, i int) *thumb {
	t := &thumb{all: a, i: i, ring: &canvas.Rectangle{}}
	t.Extend(t)
	return t
}

// HeightFor is part of [page.Part].
func (t *thumb) HeightFor(width float32) float32 { return width * 9 / 16 }

// Arrange is part of [page.Part].
func (t *thumb) Arrange(size fyne.Size) {
	g, colours := t.all.giving, t.all.look()
	drawSlide(&t.rests, &t.travels, frame{size: size, zoom: 1}, t.all.words, colours, &g.show.Slides[t.i], g.views[t.i])
	colour, thick := colours.Line, float32(1)
	if t.i == g.mark {
		colour, thick = colours.Now, 4
	}
	t.ring.FillColor, t.ring.StrokeColor, t.ring.StrokeWidth = nil, look.RGB(colour), thick
	page.Put(t.ring, 0, 0, size.Width, size.Height)
	t.ring.Refresh()
	t.Shown = append(append(append(t.Shown[:0], t.rests.shown...), t.travels.shown...), t.ring)
}

// Tapped is part of [fyne.Tappable].
func (t *thumb) Tapped(*fyne.PointEvent) {
	t.all.giving.pick(t.i)
	t.all.giving.changed()
}
