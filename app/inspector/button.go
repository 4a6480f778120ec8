package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// button is a small button that the keyboard can reach.
type button struct {
	pointable
	label  string
	sign   string // glyph before the label, or ""
	filled bool   // the one to press
	chosen bool   // of a switch
	bare   bool   // no border
	large  bool
	tone   [2]fyne.ThemeColorName // ground and ink of its own; "" the usual ones

	back *canvas.Rectangle
	text *canvas.Text
	mark *glyph
}

func newButton(k *kit, label, sign string, press func()) *button {
	b := &button{label: label, sign: sign, back: &canvas.Rectangle{CornerRadius: look.Round}, text: &canvas.Text{}, mark: newGlyph(sign, look.Ink)}
	b.extend(b, k, press)
	return b
}

func (b *button) face() face {
	if b.large {
		return face{size: look.Body, bold: b.filled}
	}
	return face{size: look.Small, bold: b.filled || b.chosen}
}

func (b *button) heightFor(float32) float32 {
	if b.large {
		return 36
	}
	return 26
}

func (b *button) width() float32 {
	f := b.face()
	f.bold = true // the same width chosen or not
	w := b.kit.ruler.width(f, b.label) + 20
	if b.large {
		w += 12
	}
	if b.sign != "" {
		w += 18
	}
	return w
}

func (b *button) least() fyne.Size { return fyne.NewSize(b.width(), b.heightFor(0)) }

func (b *button) inks() (ground, line, ink fyne.ThemeColorName) {
	switch {
	case b.Disabled():
		return look.CardSoft, look.Line, look.InkSoft
	case b.tone[0] != "":
		return b.tone[0], look.Line, b.tone[1]
	case b.filled:
		return look.Primary, "", look.OnPrimary
	case b.chosen:
		return look.Band, "", look.OnBand
	case b.bare:
		return "", "", look.InkSoft
	}
	return look.Card, look.Line, look.Ink
}

func (b *button) arrange(size fyne.Size) {
	ground, line, ink := b.inks()
	if b.hovered && !b.Disabled() && !b.filled && !b.chosen {
		ground = theme.ColorNameHover
	}
	fill(b.back, ground, line, 1)
	b.back.Resize(size)
	f := b.face()
	w := b.kit.ruler.width(f, b.label)
	x := (size.Width - w) / 2
	b.all = append(b.all[:0], b.back)
	if b.sign != "" {
		x = (size.Width - w - 18) / 2
		b.mark.set(b.sign, ink)
		place(b.mark, x, (size.Height-14)/2, 14, 14)
		b.all = append(b.all, b.mark)
		x += 18
	}
	setCanvasText(b.text, b.label, &run{ink: ink, face: f})
	at(b.text, x, 0, w, size.Height)
	b.all = append(b.all, b.text)
	b.drawRing(-2, -2, size.Width+4, size.Height+4)
}
