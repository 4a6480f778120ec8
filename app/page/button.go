package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// Button is a small button that the keyboard can reach.
type Button struct {
	Pointable
	Label  string
	Sign   string // glyph before the label, or ""
	Filled bool   // the one to press
	Chosen bool   // of a switch
	Bare   bool   // no border
	Large  bool
	Tone   [2]fyne.ThemeColorName // ground and ink of its own; "" the usual ones

	back *canvas.Rectangle
	text *canvas.Text
	mark *Glyph
}

// NewButton returns a button; without press it is disabled.
func NewButton(k *Kit, label, sign string, press func()) *Button {
	b := &Button{Label: label, Sign: sign, back: &canvas.Rectangle{CornerRadius: look.Round}, text: &canvas.Text{}, mark: NewGlyph(sign, look.Ink)}
	b.Extend(b, k, press)
	return b
}

func (b *Button) face() Face {
	if b.Large {
		return Face{Size: look.Body, Bold: b.Filled}
	}
	return Face{Size: look.Small, Bold: b.Filled || b.Chosen}
}

// HeightFor is part of [Part].
func (b *Button) HeightFor(float32) float32 {
	if b.Large {
		return 36
	}
	return 26
}

func (b *Button) width() float32 {
	f := b.face()
	f.Bold = true // the same width chosen or not
	w := b.Kit.Ruler.Width(f, b.Label) + 20
	if b.Large {
		w += 12
	}
	if b.Sign != "" {
		w += 18
	}
	return w
}

// Least is part of [Part].
func (b *Button) Least() fyne.Size { return fyne.NewSize(b.width(), b.HeightFor(0)) }

func (b *Button) inks() (ground, line, ink fyne.ThemeColorName) {
	switch {
	case b.Disabled():
		return look.CardSoft, look.Line, look.InkSoft
	case b.Tone[0] != "":
		return b.Tone[0], look.Line, b.Tone[1]
	case b.Filled:
		return look.Primary, "", look.OnPrimary
	case b.Chosen:
		return look.Band, "", look.OnBand
	case b.Bare:
		return "", "", look.InkSoft
	}
	return look.Card, look.Line, look.Ink
}

// Arrange is part of [Part].
func (b *Button) Arrange(size fyne.Size) {
	ground, line, ink := b.inks()
	if b.Hovered && !b.Disabled() && !b.Filled && !b.Chosen {
		ground = theme.ColorNameHover
	}
	Fill(b.back, ground, line, 1)
	b.back.Resize(size)
	f := b.face()
	w := b.Kit.Ruler.Width(f, b.Label)
	x := (size.Width - w) / 2
	b.Shown = append(b.Shown[:0], b.back)
	if b.Sign != "" {
		x = (size.Width - w - 18) / 2
		b.mark.Set(b.Sign, ink)
		Place(b.mark, x, (size.Height-14)/2, 14, 14)
		b.Shown = append(b.Shown, b.mark)
		x += 18
	}
	Write(b.text, b.Label, &Run{Ink: ink, Face: f})
	Put(b.text, x, 0, w, size.Height)
	b.Shown = append(b.Shown, b.text)
	b.DrawRing(-2, -2, size.Width+4, size.Height+4)
}
