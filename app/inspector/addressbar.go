package inspector

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// addressBar is the top of a browser's window: whose page this is. Pointing at
// it says the whole address, pressing it opens it to be selected and copied.
type addressBar struct {
	pointable
	title, address string

	back, pill *canvas.Rectangle
	line       *canvas.Rectangle
	lock       *glyph
	name       *canvas.Text
	text       *canvas.Text
}

func newAddressBar(k *kit) *addressBar {
	b := &addressBar{
		back: &canvas.Rectangle{TopLeftCornerRadius: look.Radius - 1, TopRightCornerRadius: look.Radius - 1}, pill: &canvas.Rectangle{CornerRadius: 13}, line: &canvas.Rectangle{},
		lock: newGlyph("lock", look.InkSoft), name: &canvas.Text{}, text: &canvas.Text{},
	}
	b.extend(b, k, nil)
	return b
}

func (b *addressBar) heightFor(float32) float32 { return 66 }

// set gives the bar its page, and what pressing it does.
func (b *addressBar) set(title, address string, press func()) {
	b.title, b.address, b.press = title, address, press
	if address == "" {
		b.press = nil
	}
}

func (b *addressBar) sayHint() {
	if b.address != "" {
		b.kit.hint(hint{name: "Address", meaning: b.address, whole: true})
	}
}

// MouseIn also says the whole address.
func (b *addressBar) MouseIn(e *desktop.MouseEvent) {
	b.pointable.MouseIn(e)
	b.sayHint()
}

// MouseOut also takes it away.
func (b *addressBar) MouseOut() {
	b.pointable.MouseOut()
	b.kit.hint(hint{})
}

// FocusGained tells who uses the keyboard as much as who points.
func (b *addressBar) FocusGained() {
	b.pointable.FocusGained()
	b.sayHint()
}

// FocusLost also takes it away.
func (b *addressBar) FocusLost() {
	b.pointable.FocusLost()
	b.kit.hint(hint{})
}

func (b *addressBar) arrange(size fyne.Size) {
	fill(b.back, look.CardSoft, "", 0)
	b.back.Resize(size)
	fill(b.line, look.Line, "", 0)
	at(b.line, 0, size.Height-1, size.Width, 1)
	ground := look.Card
	if b.hovered && !b.Disabled() {
		ground = theme.ColorNameHover
	}
	fill(b.pill, ground, look.Line, 1)
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
	setCanvasText(b.text, fitAddress(b.kit.ruler, plain, b.address, size.Width-x-24), &run{ink: look.Ink, face: plain})
	at(b.text, x, 31, size.Width-x-24, 26)
	b.all = append(b.all, b.name, b.text)
	b.drawRing(8, 29, size.Width-16, 30)
}

// fitAddress shortens an address in its middle. The host stays: it is what tells whose page this is.
func fitAddress(r *ruler, f face, address string, width float32) string {
	if r.width(f, address) <= width {
		return address
	}
	host := 0
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = strings.Index(address, u.Host) + len(u.Host)
	}
	runes, least := []rune(address), utf8.RuneCountInString(address[:host])
	for tail := (len(runes) - least - 1) / 3; tail > 0; tail-- {
		head := least + 2*tail
		if short := string(runes[:head]) + "…" + string(runes[len(runes)-tail:]); r.width(f, short) <= width {
			return short
		}
	}
	return fitWidth(r, f, address, width)
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
