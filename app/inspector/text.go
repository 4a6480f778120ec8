package inspector

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// textBlock shows paragraphs, wrapped to its width. Links in it can be tapped and focused.
type textBlock struct {
	widget.BaseWidget
	kit   *kit
	paras []paragraph
	runs  []run

	setFor float32 // the width that the pieces were placed for
	dirty  bool
	pieces []piece
	height float32

	texts []*canvas.Text
	marks []*canvas.Rectangle
	spots []*linkSpot
	all   []fyne.CanvasObject
}

var _ block = (*textBlock)(nil)

func newTextBlock(k *kit) *textBlock {
	t := &textBlock{kit: k, dirty: true}
	t.ExtendBaseWidget(t)
	return t
}

func (t *textBlock) CreateRenderer() fyne.WidgetRenderer { return renderer{t} }

// set gives the text; it is placed when the width is known.
func (t *textBlock) set(paras ...paragraph) {
	t.paras = append(t.paras[:0], paras...)
	t.runs = t.runs[:0]
	for _, p := range t.paras {
		t.runs = append(t.runs, p.runs...)
	}
	t.dirty = true
}

func (t *textBlock) heightFor(width float32) float32 {
	if t.dirty || t.setFor != width {
		t.pieces, t.height = setText(t.kit.ruler, t.paras, width, t.pieces)
		t.setFor, t.dirty = width, false
	}
	return t.height
}

// end is where the last line ends.
func (t *textBlock) end() float32 {
	if len(t.pieces) == 0 {
		return 0
	}
	last := t.pieces[len(t.pieces)-1]
	return last.x + last.w
}

func (t *textBlock) least() fyne.Size           { return fyne.NewSize(1, t.heightFor(max(1, t.Size().Width))) }
func (t *textBlock) parts() []fyne.CanvasObject { return t.all }

func (t *textBlock) arrange(size fyne.Size) {
	t.heightFor(size.Width)
	t.all = t.all[:0]
	marks, spots := 0, 0
	for i := range t.pieces {
		p := &t.pieces[i]
		r := &t.runs[p.run]
		if r.on != "" {
			m := nth(&t.marks, marks, func() *canvas.Rectangle { return &canvas.Rectangle{CornerRadius: 3} })
			marks++
			fill(m, r.on, "", 0)
			at(m, p.x-2, p.y+2, p.w+4, p.h-4)
			t.all = append(t.all, m)
		}
		text := nth(&t.texts, i, func() *canvas.Text { return &canvas.Text{} })
		setCanvasText(text, p.text, r)
		at(text, p.x, p.y, p.w, p.h)
		t.all = append(t.all, text)
	}
	for i := range t.pieces {
		p := &t.pieces[i]
		if r := &t.runs[p.run]; r.link != "" {
			s := nth(&t.spots, spots, func() *linkSpot { return newLinkSpot(t.kit) })
			spots++
			s.link = r.link
			at(s, p.x-2, p.y, p.w+4, p.h)
			t.all = append(t.all, s)
		}
	}
}

// nth returns the n-th object of a pool that grows.
func nth[T any](pool *[]T, n int, fresh func() T) T {
	for len(*pool) <= n {
		*pool = append(*pool, fresh())
	}
	return (*pool)[n]
}

// setCanvasText changes a text object only where it differs, since every change costs a texture.
func setCanvasText(t *canvas.Text, text string, r *run) {
	ink := theme.Color(r.ink)
	style := r.face.style()
	style.Underline = r.link != "" && !r.calm
	if t.Text == text && t.TextSize == r.face.size && t.TextStyle == style && sameColor(t.Color, ink) {
		return
	}
	t.Text, t.TextSize, t.TextStyle, t.Color = text, r.face.size, style, ink
	t.Refresh()
}

func sameColor(a, b color.Color) bool { return a == b }

// linkSpot lies over a link.
type linkSpot struct {
	widget.BaseWidget
	kit  *kit
	link string
	ring *canvas.Rectangle
	all  []fyne.CanvasObject
}

var (
	_ fyne.Tappable      = (*linkSpot)(nil)
	_ fyne.Focusable     = (*linkSpot)(nil)
	_ desktop.Cursorable = (*linkSpot)(nil)
)

func newLinkSpot(k *kit) *linkSpot {
	s := &linkSpot{kit: k, ring: look.NewFocusRing()}
	s.all = []fyne.CanvasObject{s.ring}
	s.ExtendBaseWidget(s)
	return s
}

func (s *linkSpot) CreateRenderer() fyne.WidgetRenderer { return renderer{s} }
func (s *linkSpot) least() fyne.Size                    { return fyne.NewSize(1, 1) }
func (s *linkSpot) parts() []fyne.CanvasObject          { return s.all }
func (s *linkSpot) arrange(size fyne.Size) {
	s.ring.StrokeColor = theme.Color(look.Focus)
	s.ring.Resize(size)
}
func (s *linkSpot) Tapped(*fyne.PointEvent) { s.kit.link(s.link) }
func (s *linkSpot) Cursor() desktop.Cursor  { return desktop.PointerCursor }
func (s *linkSpot) TypedRune(rune)          {}
func (s *linkSpot) FocusGained() {
	s.ring.Show()
	s.kit.focus(s, true)
}

func (s *linkSpot) FocusLost() {
	s.ring.Hide()
	s.kit.focus(s, false)
}

func (s *linkSpot) TypedKey(e *fyne.KeyEvent) {
	if isActivate(e.Name) {
		s.kit.link(s.link)
		return
	}
	s.kit.key(e)
}

func isActivate(k fyne.KeyName) bool {
	return k == fyne.KeyReturn || k == fyne.KeyEnter || k == fyne.KeySpace
}
