package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Frame is what a page is drawn in.
type Frame string

// The frames. What stands in one that is no browser's can be looked at and not used.
const (
	Browser Frame = ""       // with an address bar
	Window  Frame = "window" // an app's own: a name and no address, as any app can have it
	TV      Frame = "tv"     // the screen of a device without a keyboard
)

// Pairing is what a device shows so that a person goes on elsewhere (RFC 8628 section 3.3).
type Pairing struct {
	Code    string  // the user code, to be typed or compared
	Address string  // where to type it
	QR      Modules // the address with the code in it; nil where there is none
}

// fixed says that nothing on the page can be used.
func (p *Page) fixed() bool { return p.Disabled || p.Frame != Browser }

// windowBar is the top of an app's own window: a name, and nothing that tells who asks.
type windowBar struct {
	part
	kit  *kit
	name string

	back, line *canvas.Rectangle
	text       *canvas.Text
	signs      [3]*glyph
}

const windowBarTall float32 = 34

func newWindowBar(k *kit) *windowBar {
	b := &windowBar{
		kit:  k,
		back: &canvas.Rectangle{TopLeftCornerRadius: look.Radius - 1, TopRightCornerRadius: look.Radius - 1}, line: &canvas.Rectangle{}, text: &canvas.Text{},
	}
	b.all = []fyne.CanvasObject{b.back, b.line, b.text}
	for i, name := range []string{"skip", "square", "fail"} {
		b.signs[i] = newGlyph(name, look.InkFaint)
		b.all = append(b.all, b.signs[i])
	}
	b.extend(b)
	return b
}

// named gives the bar its name.
func (b *windowBar) named(name string) *windowBar {
	b.name = name
	return b
}

func (b *windowBar) heightFor(float32) float32 { return windowBarTall }

func (b *windowBar) arrange(size fyne.Size) {
	fill(b.back, look.CardSoft, "", 0)
	b.back.Resize(size)
	fill(b.line, look.Line, "", 0)
	at(b.line, 0, size.Height-1, size.Width, 1)
	x := size.Width - 14
	for i := len(b.signs) - 1; i >= 0; i-- {
		x -= 12
		place(b.signs[i], x, (size.Height-12)/2, 12, 12)
		x -= 14
	}
	bold := face{size: look.Small, bold: true}
	setCanvasText(b.text, fitWidth(b.kit.ruler, bold, b.name, x-16), &run{ink: look.Ink, face: bold})
	at(b.text, 16, 0, max(1, x-16), size.Height)
}

// tvSet is a screen with an edge around it, on a foot.
type tvSet struct {
	part
	screen *column
	edge   *canvas.Rectangle
	neck   *canvas.Rectangle
	foot   *canvas.Rectangle
}

const (
	tvEdge float32 = 9
	tvNeck float32 = 10
	tvFoot float32 = 5
)

func newTVSet() *tvSet {
	s := &tvSet{edge: &canvas.Rectangle{CornerRadius: look.Radius + 4}, neck: &canvas.Rectangle{}, foot: &canvas.Rectangle{CornerRadius: tvFoot / 2}}
	s.extend(s)
	return s
}

// around gives the set what is on its screen.
func (s *tvSet) around(screen *column) *tvSet {
	s.screen = screen
	s.all = append(s.all[:0], s.edge, s.neck, s.foot, screen)
	return s
}

func (s *tvSet) heightFor(width float32) float32 {
	return s.screen.heightFor(width-2*tvEdge) + 2*tvEdge + tvNeck + tvFoot
}

func (s *tvSet) arrange(size fyne.Size) {
	body := size.Height - tvNeck - tvFoot
	for _, r := range []*canvas.Rectangle{s.edge, s.neck, s.foot} {
		fill(r, look.Edge, "", 0)
	}
	at(s.edge, 0, 0, size.Width, body)
	at(s.neck, size.Width/2-22, body-1, 44, tvNeck+1)
	at(s.foot, size.Width/2-70, body+tvNeck, 140, tvFoot)
	place(s.screen, tvEdge, tvEdge, size.Width-2*tvEdge, body-2*tvEdge)
}

// pairing shows a code large, its address, and both as a picture for a camera.
func (v *pageView) pairing(p *Pairing) block {
	words := v.column()
	say := func(before float32, label, value string, f face) {
		words.add(before, v.text(paragraph{runs: []run{{text: label, ink: look.InkSoft, face: face{size: look.Small}}}}))
		words.add(2, v.text(paragraph{runs: []run{{text: value, ink: look.Ink, face: f}}}))
	}
	first := "Scan the picture, or open"
	if p.QR == nil {
		first = "Open"
	}
	say(0, first, p.Address, monoFace())
	say(14, "and compare or type this code", p.Code, face{size: codeSize, bold: true, mono: true})
	if p.QR == nil {
		return words
	}
	return v.code.show(p.QR, words)
}

// codeSize is the size of a user code: to be read from across a room.
const codeSize float32 = 24
