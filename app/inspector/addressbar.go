package inspector

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// addressBar is the top of a browser's window: whose page this is.
type addressBar struct {
	part
	kit            *kit
	title, address string

	back, pill *canvas.Rectangle
	line       *canvas.Rectangle
	lock       *glyph
	name       *canvas.Text
	text       *canvas.Text
}

func newAddressBar(k *kit) *addressBar {
	b := &addressBar{
		kit: k, back: &canvas.Rectangle{TopLeftCornerRadius: look.Radius - 1, TopRightCornerRadius: look.Radius - 1}, pill: &canvas.Rectangle{CornerRadius: 13}, line: &canvas.Rectangle{},
		lock: newGlyph("lock", look.InkSoft), name: &canvas.Text{}, text: &canvas.Text{},
	}
	b.extend(b)
	return b
}

func (b *addressBar) heightFor(float32) float32 { return 66 }
func (b *addressBar) set(title, address string) { b.title, b.address = title, address }

func (b *addressBar) arrange(size fyne.Size) {
	fill(b.back, look.CardSoft, "", 0)
	b.back.Resize(size)
	fill(b.line, look.Line, "", 0)
	at(b.line, 0, size.Height-1, size.Width, 1)
	fill(b.pill, look.Card, look.Line, 1)
	at(b.pill, 10, 31, size.Width-20, 26)
	b.all = append(b.all[:0], b.back, b.line, b.pill)
	soft := face{size: look.Small, bold: true}
	setCanvasText(b.name, fitWidth(b.kit.ruler, soft, b.title, size.Width-32), &run{ink: look.Ink, face: soft})
	at(b.name, 16, 4, size.Width-32, 24)
	x := float32(22)
	if strings.HasPrefix(b.address, "https:") {
		place(b.lock, 20, 31+6, 14, 14)
		b.all = append(b.all, b.lock)
		x = 40
	}
	plain := face{size: look.Small}
	setCanvasText(b.text, fitWidth(b.kit.ruler, plain, b.address, size.Width-x-24), &run{ink: look.Ink, face: plain})
	at(b.text, x, 31, size.Width-x-24, 26)
	b.all = append(b.all, b.name, b.text)
}

// fitWidth shortens a text at its end, as an address bar does.
func fitWidth(r *ruler, f face, text string, width float32) string {
	var w float32
	dots := r.letter(f, '…')
	fits := 0
	for i, c := range text {
		cw := r.letter(f, c)
		if w+cw+dots <= width {
			fits = i + len(string(c))
		}
		w += cw
	}
	if w <= width {
		return text
	}
	return text[:fits] + "…"
}
