package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
)

// Button is something to press, with an icon, a label or both. What is set on
// it shows with the next Refresh.
type Button struct {
	Pointable

	Label    string
	Icon     string             // an icon of package look, a glyph where the button is soft; or ""
	IconLast bool               // the icon stands behind the label
	Primary  bool               // the one next action of a screen
	Quiet    bool               // no border: for rows of a rail or a list
	Chosen   bool               // drawn as the one that is on
	Holds    bool               // drawn as the one under which the one that is on stands
	Soft     bool               // stands among words rather than on a bar of its own
	Small    bool               // of those, one in the size of small text
	Tone     Tone               // ground and ink of its own; of a soft one only
	Leading  bool               // text at the left instead of in the middle
	Least    float32            // width below which the label is cut short; 0: never cut
	Within   float32            // the width for which a label at the left takes a second row instead; 0: it has one row
	Wide     fyne.CanvasObject  // stands at the right end, such as a line of text; or nil
	Hint     func(words string) // told what the button does while it is pointed at or has the keyboard; "" afterwards
	Help     string             // the words for Hint

	back  *canvas.Rectangle
	text  *canvas.Text
	under *canvas.Text // the second row of the label
	image *canvas.Image
	drawn string // icon and ink that the image holds
	mark  *Glyph
}

// Tone is a ground and what is written on it.
type Tone struct{ Ground, Ink fyne.ThemeColorName }

// NewButton returns a button with a label; without something to do it is disabled.
func NewButton(label string, tapped func()) *Button {
	b := &Button{Label: label, back: &canvas.Rectangle{CornerRadius: look.Round}, text: &canvas.Text{}, under: &canvas.Text{}}
	b.Extend(b, nil, tapped)
	return b
}

// NewIconButton returns a button that shows an icon; help says what it does.
func NewIconButton(icon, help string, tapped func()) *Button {
	b := NewButton("", tapped)
	b.Icon, b.Help = icon, help
	return b
}

// NewSoftButton returns a small button that stands among the words of a page, with a glyph before its label.
func NewSoftButton(k *Kit, label, sign string, tapped func()) *Button {
	b := NewButton(label, tapped)
	b.Icon, b.Soft, b.Small, b.Kit = sign, true, true, k
	return b
}

// Set changes label and icon.
func (b *Button) Set(label, icon string) {
	if b.Label != label || b.Icon != icon {
		b.Label, b.Icon = label, icon
		b.Refresh()
	}
}

// SetChosen marks the button as the one that is on.
func (b *Button) SetChosen(on bool) {
	if b.Chosen != on {
		b.Chosen = on
		b.Refresh()
	}
}

// SetHolds marks the button as the one under which the one that is on stands.
func (b *Button) SetHolds(on bool) {
	if b.Holds != on {
		b.Holds = on
		b.Refresh()
	}
}

// FocusGained also says what the button does.
func (b *Button) FocusGained() {
	b.hint(b.Help)
	b.Pointable.FocusGained()
}

// FocusLost also takes that back.
func (b *Button) FocusLost() {
	b.hint("")
	b.Pointable.FocusLost()
}

// MouseIn also says what the button does.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.hint(b.Help)
	b.Pointable.MouseIn(e)
}

// MouseOut also takes that back.
func (b *Button) MouseOut() {
	b.hint("")
	b.Pointable.MouseOut()
}

func (b *Button) hint(words string) {
	if b.Hint != nil {
		b.Hint(words)
	}
}

// HeightFor is part of [Part].
func (b *Button) HeightFor(width float32) float32 {
	m := b.measures()
	if _, second := b.rows(width, m); second != "" {
		return m.high + rowHigh
	}
	return m.high
}

// LeastSize is part of [Part].
func (b *Button) LeastSize() fyne.Size {
	m := b.measures()
	width := 2*m.pad + b.contentWidth(m)
	if b.Wide != nil {
		width += b.Wide.MinSize().Width + look.Gap
	}
	if b.Least > 0 {
		width = min(width, b.Least)
	}
	return fyne.NewSize(width, b.HeightFor(b.Within))
}

// contentWidth is that of icon and label. A soft button measures in bold, so
// that nothing moves when another of its row is chosen.
func (b *Button) contentWidth(m buttonMeasures) float32 {
	f := b.face(m)
	f.Bold = f.Bold || b.Soft
	width := b.wide(f, b.Label)
	if b.Icon != "" {
		width += m.icon
	}
	if b.Label != "" && b.Icon != "" {
		width += m.gap
	}
	return width
}

// wide is how wide a text is: by the ruler of the page that the button stands on, where there is one.
func (b *Button) wide(f Face, text string) float32 {
	if b.Kit != nil {
		return b.Kit.Ruler.Width(f, text)
	}
	return measure(f, text).Width
}

func (b *Button) face(m buttonMeasures) Face {
	return Face{Size: m.size, Bold: b.Primary || b.Chosen || b.Holds}
}

// Arrange is part of [Part].
func (b *Button) Arrange(size fyne.Size) {
	m := b.measures()
	ground, line, ink := b.inks()
	Fill(b.back, ground, line, 1)
	b.back.Resize(size)
	b.Shown = append(b.Shown[:0], b.back)
	label, second := b.rows(size.Width, m)
	wide := b.wide(b.face(m), label)
	x := b.start(size.Width, wide, m)
	if b.Icon != "" && !b.IconLast {
		b.putIcon(x, size.Height, ink, m)
		x += m.icon + m.gap
	}
	Write(b.text, label, &Span{Ink: ink, Face: b.face(m)})
	b.Shown = append(b.Shown, b.text)
	if second == "" {
		Put(b.text, x, 0, wide, size.Height)
	} else {
		wide = max(wide, b.wide(b.face(m), second))
		Put(b.text, x, 0, wide, size.Height-rowHigh)
		Write(b.under, second, &Span{Ink: ink, Face: b.face(m)})
		Put(b.under, x, rowHigh, wide, size.Height-rowHigh)
		b.Shown = append(b.Shown, b.under)
	}
	x += wide + m.gap
	if b.Icon != "" && b.IconLast {
		b.putIcon(x, size.Height, ink, m)
		x += m.icon + m.gap
	}
	if b.Wide != nil {
		Put(b.Wide, x, 0, max(0, size.Width-leadingPad-x), size.Height)
	}
	b.DrawRing(-2, -2, size.Width+4, size.Height+4)
	if b.Wide != nil {
		b.Shown = append(b.Shown, b.Wide)
	}
}

// start is where icon and label begin.
func (b *Button) start(width, label float32, m buttonMeasures) float32 {
	if b.Leading {
		return leadingPad
	}
	if b.Soft {
		return (width - label - gapped(b.Icon != "", m.icon+m.gap)) / 2
	}
	return (width - b.contentWidth(m)) / 2
}

func gapped(yes bool, gap float32) float32 {
	if yes {
		return gap
	}
	return 0
}

// labelIn is as much of the label as there is room for.
func (b *Button) labelIn(width float32, m buttonMeasures) string {
	if b.Least == 0 {
		return b.Label
	}
	f := b.face(m)
	room := width - b.start(width, 0, m) - leadingPad
	if b.Icon != "" {
		room -= m.icon + m.gap
	}
	if w := b.Wide; w != nil && w.MinSize().Width > 0 { // what stands at the end gives way first, but stays
		rest := room - b.wide(f, b.Label) - m.gap
		room -= min(w.MinSize().Width, max(leastWide, rest)) + m.gap
	}
	return Shorten(b.Label, f, max(0, room))
}

// putIcon draws the icon: soft ones as a glyph, whose lines cost no picture to parse.
func (b *Button) putIcon(x, high float32, ink fyne.ThemeColorName, m buttonMeasures) {
	y := (high - m.icon) / 2
	if b.Soft {
		if b.mark == nil {
			b.mark = NewGlyph(b.Icon, ink)
		}
		b.mark.Set(b.Icon, ink)
		Place(b.mark, x, y, m.icon, m.icon)
		b.Shown = append(b.Shown, b.mark)
		return
	}
	if b.image == nil {
		b.image = &canvas.Image{FillMode: canvas.ImageFillContain}
	}
	if want := b.Icon + "/" + string(ink); want != b.drawn {
		b.drawn = want
		b.image.Resource = look.IconIn(b.Icon, ink)
	}
	Put(b.image, x, y, m.icon, m.icon)
	b.image.Refresh()
	b.Shown = append(b.Shown, b.image)
}
