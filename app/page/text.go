package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Text shows paragraphs, wrapped to its width. Links in it can be tapped and focused.
type Text struct {
	Base
	kit   *Kit
	paras []Paragraph
	spans []Span

	setFor float32 // the width that the pieces were placed for
	dirty  bool
	pieces []piece
	height float32

	texts []*canvas.Text
	marks []*canvas.Rectangle
	spots []*linkSpot
}

// NewText returns an empty text.
func NewText(k *Kit) *Text {
	t := &Text{kit: k, dirty: true}
	t.Extend(t)
	return t
}

// Set gives the text; it is placed when the width is known.
func (t *Text) Set(paras ...Paragraph) {
	t.paras = append(t.paras[:0], paras...)
	t.spans = t.spans[:0]
	for _, p := range t.paras {
		t.spans = append(t.spans, p.Spans...)
	}
	t.dirty = true
}

// Words is what it says, a line for each paragraph.
func (t *Text) Words() string {
	var out strings.Builder
	for i, p := range t.paras {
		if i > 0 {
			out.WriteByte('\n')
		}
		for _, r := range p.Spans {
			out.WriteString(r.Text)
		}
	}
	return out.String()
}

// HeightFor is part of [Part].
func (t *Text) HeightFor(width float32) float32 {
	if t.dirty || t.setFor != width {
		t.pieces, t.height = setText(t.kit.Ruler, t.paras, width, t.pieces)
		t.setFor, t.dirty = width, false
	}
	return t.height
}

// End is where the last line ends.
func (t *Text) End() float32 {
	if len(t.pieces) == 0 {
		return 0
	}
	last := t.pieces[len(t.pieces)-1]
	return last.x + last.w
}

// Arrange is part of [Part].
func (t *Text) Arrange(size fyne.Size) {
	t.HeightFor(size.Width)
	t.Shown = t.Shown[:0]
	marks, spots := 0, 0
	for i := range t.pieces {
		p := &t.pieces[i]
		r := &t.spans[p.span]
		if r.On != "" {
			m := Nth(&t.marks, marks, func() *canvas.Rectangle { return &canvas.Rectangle{CornerRadius: 3} })
			marks++
			Fill(m, r.On, "", 0)
			Put(m, p.x-2, p.y+2, p.w+4, p.h-4)
			t.Shown = append(t.Shown, m)
		}
		text := Nth(&t.texts, i, func() *canvas.Text { return &canvas.Text{} })
		Write(text, p.text, r)
		Put(text, p.x, p.y, p.w, p.h)
		t.Shown = append(t.Shown, text)
	}
	for i := range t.pieces {
		p := &t.pieces[i]
		if r := &t.spans[p.span]; r.Link != "" {
			s := Nth(&t.spots, spots, func() *linkSpot { return newLinkSpot(t.kit) })
			spots++
			s.link = r.Link
			Put(s, p.x-2, p.y, p.w+4, p.h)
			t.Shown = append(t.Shown, s)
		}
	}
}
