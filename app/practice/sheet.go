package practice

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
)

// sheet is the page of an exercise: one column, in the middle of its room, in
// which two cards can stand side by side.
type sheet struct {
	page.Base
	kit    *page.Kit
	stock  *page.Stock
	column *page.Column
	scroll *page.Scroll
	rows   page.Shelf[*beside]
	lines  page.Shelf[*lineRow]
	texts  []*page.Text // what is on it, for a test
}

func newSheet(key func(*fyne.KeyEvent) bool) *sheet {
	kit := page.NewKit()
	s := &sheet{kit: kit, stock: page.NewStock(kit), column: page.NewColumn()}
	s.scroll = page.NewScroll(newMargins(s.column))
	kit.Reveal = s.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) { key(k) }
	s.Shown = []fyne.CanvasObject{s.scroll}
	s.Extend(s)
	return s
}

// linked is the page to which a link of the words leads: glossary:token.
func linked(link string) address.Address {
	kind, what, _ := strings.Cut(link, ":")
	return address.At(kind, what)
}

func (s *sheet) rewind() { s.scroll.Rewind() }

// clear takes everything from the page.
func (s *sheet) clear() {
	s.stock.TakeBack()
	s.rows.TakeBack()
	s.lines.TakeBack()
	s.texts = s.texts[:0]
	s.column.Clear()
}

// text lends a text and remembers it.
func (s *sheet) text(paras ...page.Paragraph) *page.Text {
	t := s.stock.Text(paras...)
	s.texts = append(s.texts, t)
	return t
}

// words is all that stands on the page.
func (s *sheet) words() string {
	all := make([]string, 0, len(s.texts))
	for _, t := range s.texts {
		all = append(all, t.Words())
	}
	return strings.Join(all, "\n")
}

// button lends a button of full size.
func (s *sheet) button(label string, do func()) *page.Button {
	b := s.stock.Button(label, "", do)
	b.Small = false
	return b
}

// beside lends two cards that stand side by side where there is room.
func (s *sheet) beside(left, right *page.Column) *beside {
	return s.rows.Take(newBeside).set(left, right)
}

// HeightFor is part of [page.Part].
func (s *sheet) HeightFor(width float32) float32 { return s.scroll.HeightFor(width) }

// Arrange is part of [page.Part].
func (s *sheet) Arrange(size fyne.Size) { page.Place(s.scroll, 0, 0, size.Width, size.Height) }

const (
	mostWide   float32 = 1110
	margin     float32 = 40
	snug       float32 = 20  // the margin of a narrow page
	besideFrom float32 = 760 // of the column, for two cards side by side
	cardGap    float32 = 22
	cardPad    float32 = 22
)

// margins keep a column as wide as it is read well.
type margins struct {
	page.Base
	column *page.Column
}

func newMargins(c *page.Column) *margins {
	m := &margins{column: c}
	m.Shown = []fyne.CanvasObject{c}
	m.Extend(m)
	return m
}

func (m *margins) inner(width float32) (edge, inner float32) {
	edge = margin
	if width < besideFrom {
		edge = snug
	}
	inner = max(1, min(width-2*edge, mostWide))
	return edge, inner
}

// HeightFor is part of [page.Part].
func (m *margins) HeightFor(width float32) float32 {
	edge, inner := m.inner(width)
	return look.Gutter + m.column.HeightFor(inner) + edge
}

// Arrange is part of [page.Part].
func (m *margins) Arrange(size fyne.Size) {
	_, inner := m.inner(size.Width)
	page.Place(m.column, (size.Width-inner)/2, look.Gutter, inner, m.column.HeightFor(inner))
}

// beside is two cards of one height, side by side where there is room.
type beside struct {
	page.Base
	left, right *page.Column
}

func newBeside() *beside {
	b := &beside{}
	b.Extend(b)
	return b
}

func (b *beside) set(left, right *page.Column) *beside {
	b.left, b.right = left, right
	b.Shown = append(b.Shown[:0], left, right)
	return b
}

// HeightFor is part of [page.Part].
func (b *beside) HeightFor(width float32) float32 {
	if width < besideFrom {
		return b.left.HeightFor(width) + cardGap + b.right.HeightFor(width)
	}
	half := (width - cardGap) / 2
	return max(b.left.HeightFor(half), b.right.HeightFor(half))
}

// Arrange is part of [page.Part].
func (b *beside) Arrange(size fyne.Size) {
	if size.Width < besideFrom {
		high := b.left.HeightFor(size.Width)
		page.Place(b.left, 0, 0, size.Width, high)
		page.Place(b.right, 0, high+cardGap, size.Width, b.right.HeightFor(size.Width))
		return
	}
	half := (size.Width - cardGap) / 2
	page.Place(b.left, 0, 0, half, size.Height)
	page.Place(b.right, half+cardGap, 0, half, size.Height)
}
