package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
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
	Code    string       // the user code, to be typed or compared
	Address string       // where to type it
	QR      page.Modules // the address with the code in it; nil where there is none
}

// fixed says that nothing on the page can be used.
func (p *Page) fixed() bool { return p.Disabled || p.Frame != Browser }

// windowBar is the top of an app's own window: a name, and nothing that tells who asks.
type windowBar struct {
	page.Base
	kit  *kit
	name string

	back, line *canvas.Rectangle
	text       *canvas.Text
	signs      [3]*page.Glyph
}

const windowBarTall float32 = 34

func newWindowBar(k *kit) *windowBar {
	b := &windowBar{
		kit: k,
		back: &canvas.Rectangle{
			TopLeftCornerRadius: look.Radius - 1, TopRightCornerRadius: look.Radius - 1,
		}, line: &canvas.Rectangle{}, text: &canvas.Text{},
	}
	b.Shown = []fyne.CanvasObject{b.back, b.line, b.text}
	for i, name := range []string{"skip", "square", "fail"} {
		b.signs[i] = page.NewGlyph(name, look.InkFaint)
		b.Shown = append(b.Shown, b.signs[i])
	}
	b.Extend(b)
	return b
}

// named gives the bar its name.
func (b *windowBar) named(name string) *windowBar {
	b.name = name
	return b
}

func (b *windowBar) HeightFor(float32) float32 { return windowBarTall }

func (b *windowBar) Arrange(size fyne.Size) {
	page.Fill(b.back, look.CardSoft, "", 0)
	b.back.Resize(size)
	page.Fill(b.line, look.Line, "", 0)
	page.Put(b.line, 0, size.Height-1, size.Width, 1)
	x := size.Width - 14
	for i := len(b.signs) - 1; i >= 0; i-- {
		x -= 12
		page.Place(b.signs[i], x, (size.Height-12)/2, 12, 12)
		x -= 14
	}
	bold := page.Face{Size: look.Small, Bold: true}
	page.Write(b.text, page.Shorten(b.name, bold, x-16), &page.Span{Ink: look.Ink, Face: bold})
	page.Put(b.text, 16, 0, max(1, x-16), size.Height)
}

// tvSet is a screen with an edge around it, on a foot.
type tvSet struct {
	page.Base
	screen *page.Column
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
	s := &tvSet{
		edge: &canvas.Rectangle{CornerRadius: look.Radius + 4}, neck: &canvas.Rectangle{},
		foot: &canvas.Rectangle{CornerRadius: tvFoot / 2},
	}
	s.Extend(s)
	return s
}

// around gives the set what is on its screen.
func (s *tvSet) around(screen *page.Column) *tvSet {
	s.screen = screen
	s.Shown = append(s.Shown[:0], s.edge, s.neck, s.foot, screen)
	return s
}

func (s *tvSet) HeightFor(width float32) float32 {
	return s.screen.HeightFor(width-2*tvEdge) + 2*tvEdge + tvNeck + tvFoot
}

func (s *tvSet) Arrange(size fyne.Size) {
	body := size.Height - tvNeck - tvFoot
	for _, r := range []*canvas.Rectangle{s.edge, s.neck, s.foot} {
		page.Fill(r, look.Edge, "", 0)
	}
	page.Put(s.edge, 0, 0, size.Width, body)
	page.Put(s.neck, size.Width/2-22, body-1, 44, tvNeck+1)
	page.Put(s.foot, size.Width/2-70, body+tvNeck, 140, tvFoot)
	page.Place(s.screen, tvEdge, tvEdge, size.Width-2*tvEdge, body-2*tvEdge)
}

// pairing shows a code large, its address, and both as a picture for a camera.
func (v *pageView) pairing(p *Pairing) page.Part {
	words := v.Column()
	say := func(before float32, label, value string, f page.Face) {
		words.Add(before, v.Text(page.Plain(label, page.Face{Size: look.Small}, look.InkSoft)))
		words.Add(2, v.Text(page.Plain(value, f, look.Ink)))
	}
	first := v.kit.say.Text("inspector.page.scan")
	if p.QR == nil {
		first = v.kit.say.Text("inspector.page.open")
	}
	say(0, first, p.Address, page.MonoFace())
	say(14, v.kit.say.Text("inspector.page.compare"), p.Code, page.Face{Size: codeSize, Bold: true, Mono: true})
	if p.QR == nil {
		return words
	}
	return v.code.Set(p.QR, words)
}

// codeSize is the size of a user code: to be read from across a room.
const codeSize float32 = 24
