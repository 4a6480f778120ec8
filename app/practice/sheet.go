package practice

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
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
	said   page.Said
}

func newSheet(key func(*fyne.KeyEvent) bool) *sheet {
	kit := page.NewKit()
	s := &sheet{kit: kit, stock: page.NewStock(kit), column: page.NewColumn()}
	s.scroll = page.NewScroll(page.NewNarrow(s.column, margins))
	kit.Reveal = s.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) { key(k) }
	s.Shown = []fyne.CanvasObject{s.scroll}
	s.Extend(s)
	return s
}

func (s *sheet) rewind() { s.scroll.Rewind() }

// clear takes everything from the page.
func (s *sheet) clear() {
	s.stock.TakeBack()
	s.rows.TakeBack()
	s.lines.TakeBack()
	s.said.Clear()
	s.column.Clear()
}

// text lends a text and remembers it.
func (s *sheet) text(paras ...page.Paragraph) *page.Text {
	return s.said.Add(s.stock.Text(paras...))
}

// words is all that stands on the page.
func (s *sheet) words() string { return s.said.Words() }

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

// margins are those of an exercise.
func margins(width float32) page.Margins {
	edge := margin
	if width < besideFrom {
		edge = snug
	}
	return page.Margins{Most: mostWide, Side: edge, Above: look.Gutter, Below: edge}
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
