package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Text is one line in a colour of the theme. It shrinks from the end, never wraps,
// and asks for no more room than Least, so that it can stand in a narrow window.
type Text struct {
	widget.BaseWidget

	Words  string
	Points float32
	Ink    fyne.ThemeColorName
	Bold   bool
	Mono   bool
	Least  float32 // width below which it does not shrink; 0: its own
	Last   bool    // stands at the right end of its room
}

// NewText returns a line of text.
func NewText(words string, size float32, ink fyne.ThemeColorName) *Text {
	t := &Text{Words: words, Points: size, Ink: ink}
	t.ExtendBaseWidget(t)
	return t
}

// SetText changes the words.
func (t *Text) SetText(words string) {
	if t.Words != words {
		t.Words = words
		t.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t, line: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

type textRenderer struct {
	t    *Text
	line *canvas.Text
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *textRenderer) style() fyne.TextStyle {
	return fyne.TextStyle{Bold: r.t.Bold, Monospace: r.t.Mono}
}

func (r *textRenderer) full() fyne.Size {
	return fyne.MeasureText(r.t.Words, r.t.Points, r.style())
}

func (r *textRenderer) MinSize() fyne.Size {
	full := r.full()
	if r.t.Least > 0 {
		full.Width = min(full.Width, r.t.Least)
	}
	return full
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.line.Text = shorten(r.t.Words, size.Width, r.t.Points, r.style())
	full := r.full()
	x := float32(0)
	if r.t.Last {
		x = max(0, size.Width-r.line.MinSize().Width)
	}
	r.line.Move(fyne.NewPos(x, (size.Height-full.Height)/2))
	r.line.Resize(fyne.NewSize(size.Width, full.Height))
	r.line.Refresh()
}

func (r *textRenderer) Refresh() {
	r.line.TextSize = r.t.Points
	r.line.TextStyle = r.style()
	r.line.Color = paint(r.t.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), r.t.Ink)
	r.Layout(r.t.Size())
}

// shorten cuts words at their end so that they fit, and marks the cut.
func shorten(words string, width, size float32, style fyne.TextStyle) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width+0.5 }
	if fits(words) {
		return words
	}
	runes := []rune(words)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return ""
	}
	return string(runes[:low]) + "…"
}

// Badge is a word on a pill.
type Badge struct {
	widget.BaseWidget

	Words       string
	Ground, Ink fyne.ThemeColorName
}

// NewBadge returns a badge.
func NewBadge(words string, ground, ink fyne.ThemeColorName) *Badge {
	b := &Badge{Words: words, Ground: ground, Ink: ink}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is called by Fyne.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{b: b, ground: canvas.NewRectangle(color.Transparent), line: canvas.NewText("", color.Black)}
	r.line.TextSize, r.line.TextStyle.Bold, r.line.Alignment = look.Small, true, fyne.TextAlignCenter
	r.Refresh()
	return r
}

type badgeRenderer struct {
	b      *Badge
	ground *canvas.Rectangle
	line   *canvas.Text
}

func (r *badgeRenderer) Destroy() {}

func (r *badgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.line} }

func (r *badgeRenderer) MinSize() fyne.Size { return r.line.MinSize().AddWidthHeight(18, 6) }

func (r *badgeRenderer) Layout(size fyne.Size) {
	pill := r.MinSize()
	top := (size.Height - pill.Height) / 2
	r.ground.Move(fyne.NewPos(0, top))
	r.ground.Resize(fyne.NewSize(size.Width, pill.Height))
	r.ground.CornerRadius = pill.Height / 2
	r.line.Move(fyne.NewPos(0, top+3))
	r.line.Resize(fyne.NewSize(size.Width, pill.Height-6))
}

func (r *badgeRenderer) Refresh() {
	th, v := r.b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.line.Text = r.b.Words
	r.line.Color = paint(th, v, r.b.Ink)
	r.ground.FillColor = paint(th, v, r.b.Ground)
	r.ground.Refresh()
	r.line.Refresh()
}
