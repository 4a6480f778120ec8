package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// textBlock shows paragraphs, wrapped to its width. Links in it can be tapped and focused.
type textBlock struct {
	part
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
}

func newTextBlock(k *kit) *textBlock {
	t := &textBlock{kit: k, dirty: true}
	t.extend(t)
	return t
}

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
