package practice

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
)

// sheet is the page of an exercise: one column, in the middle of its room, in
// which two columns can stand side by side.
type sheet struct {
	page.Base
	kit    *page.Kit
	stock  *page.Stock
	column *page.Column
	scroll *page.Scroll
	rows   page.Shelf[*beside]
	lines  page.Shelf[*lineRow]
	said   page.Said
	news   page.Part // what was said last, which has to be seen; or nil

	pictures page.Shelf[*page.Picture]
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

// reveal scrolls just so far that what was said last can be seen.
func (s *sheet) reveal() {
	if s.news != nil {
		s.scroll.Reveal(s.news)
	}
}

// clear takes everything from the page.
func (s *sheet) clear() {
	s.news = nil
	s.stock.TakeBack()
	s.rows.TakeBack()
	s.lines.TakeBack()
	s.pictures.TakeBack()
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
	return s.rows.Take(newBeside).set(left, right, nil, half)
}

// answers lends what can be answered, and beside it a picture with what is
// said of the answer, so that both are seen at once. A narrow page leaves the
// picture out.
func (s *sheet) answers(options, said *page.Column, scene string) *beside {
	var above page.Part
	if svg, ok := assets.Illustration(scene); ok {
		p := s.pictures.Take(func() *page.Picture { return page.NewPicture().On(s.kit.Easel) }).Set(fyne.NewStaticResource(scene+".svg", svg))
		above = s.stock.Card(look.CardSoft, look.Line, look.Gap).Add(0, p)
	}
	return s.rows.Take(newBeside).set(options, said, above, most)
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

// Shares of the left one of two columns.
const (
	half float32 = 0.5
	most float32 = 0.64
)

// beside is two columns of one height, side by side where there is room.
type beside struct {
	page.Base
	left, right *page.Column
	above       page.Part // over the right one, where they stand side by side; or nil
	share       float32   // of the left one
}

func newBeside() *beside {
	b := &beside{}
	b.Extend(b)
	return b
}

func (b *beside) set(left, right *page.Column, above page.Part, share float32) *beside {
	b.left, b.right, b.above, b.share = left, right, above, share
	return b
}

// HeightFor is part of [page.Part].
func (b *beside) HeightFor(width float32) float32 {
	if width < besideFrom {
		return b.left.HeightFor(width) + b.gap() + b.right.HeightFor(width)
	}
	left, right := b.widths(width)
	return max(b.left.HeightFor(left), b.top(right)+b.right.HeightFor(right))
}

// widths are those of the columns that stand side by side.
func (b *beside) widths(width float32) (left, right float32) {
	left = (width - cardGap) * b.share
	return left, width - cardGap - left
}

// gap is the room between two columns that stand below each other.
func (b *beside) gap() float32 {
	if b.right.Empty() {
		return 0
	}
	return cardGap
}

// top is where the right one begins.
func (b *beside) top(width float32) float32 {
	switch {
	case b.above == nil:
		return 0
	case b.right.Empty():
		return b.above.HeightFor(width)
	}
	return b.above.HeightFor(width) + cardGap
}

// Arrange is part of [page.Part].
func (b *beside) Arrange(size fyne.Size) {
	b.Shown = append(b.Shown[:0], b.left, b.right)
	if size.Width < besideFrom {
		high := b.left.HeightFor(size.Width)
		page.Place(b.left, 0, 0, size.Width, high)
		page.Place(b.right, 0, high+b.gap(), size.Width, b.right.HeightFor(size.Width))
		return
	}
	left, right := b.widths(size.Width)
	top := b.top(right)
	page.Place(b.left, 0, 0, left, size.Height)
	page.Place(b.right, left+cardGap, top, right, size.Height-top)
	if b.above != nil {
		page.Place(b.above, left+cardGap, 0, right, b.above.HeightFor(right))
		b.Shown = append(b.Shown, b.above)
	}
}
