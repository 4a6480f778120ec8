package learn

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// sheet is the page of a screen: what is told at the left, the picture and the
// question at the right, and below both the way back and on. Where there is no
// room for two columns, the second stands under the first.
type sheet struct {
	page.Base
	kit    *page.Kit
	stock  *page.Stock
	spread *spread
	scroll *page.Scroll
	foot   *foot
	said   page.Said
	news   []page.Part // what the run said, and what follows from it, which have to be seen
}

func newSheet(key func(*fyne.KeyEvent) bool) *sheet {
	kit := page.NewKit()
	s := &sheet{kit: kit, stock: page.NewStock(kit), spread: newSpread(), foot: newFoot(kit)}
	s.scroll = page.NewScroll(s.spread)
	kit.Reveal = s.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) { key(k) }
	s.Extend(s)
	return s
}

func (s *sheet) rewind() { s.scroll.Rewind() }

// reveal scrolls just so far that what the run said can be seen, its beginning before its end.
func (s *sheet) reveal() {
	for _, p := range s.news {
		s.scroll.Reveal(p)
	}
}

// text lends a text and remembers it.
func (s *sheet) text(paras ...page.Paragraph) *page.Text {
	return s.said.Add(s.stock.Text(paras...))
}

// words is all that stands on the page.
func (s *sheet) words() string { return s.said.Words() }

const footTall float32 = 64

// HeightFor is part of [page.Part].
func (s *sheet) HeightFor(width float32) float32 { return s.spread.HeightFor(width) + footTall }

// Arrange keeps the way on at the foot of the window.
func (s *sheet) Arrange(size fyne.Size) {
	page.Place(s.scroll, 0, 0, size.Width, max(0, size.Height-footTall))
	page.Place(s.foot, 0, size.Height-footTall, size.Width, footTall)
	s.Shown = append(s.Shown[:0], s.scroll, s.foot)
}

// spread is the two columns of a page.
type spread struct {
	page.Base
	main, aside *page.Column
}

const (
	besideFrom float32 = 860 // of the page, for two columns
	above      float32 = 28
	mostWide   float32 = 1160
	asideShare float32 = 0.36
	margin     float32 = 40
	snug       float32 = 20 // the margin of a narrow page
	gutter     float32 = 40
)

func newSpread() *spread {
	s := &spread{main: page.NewColumn(), aside: page.NewColumn()}
	s.Extend(s)
	return s
}

// HeightFor is part of [page.Part].
func (s *spread) HeightFor(width float32) float32 { return s.lay(width, nil) }

// Arrange is part of [page.Part].
func (s *spread) Arrange(size fyne.Size) {
	s.Shown = s.Shown[:0]
	s.lay(size.Width, func(p page.Part, x, y, w, h float32) {
		page.Place(p, x, y, w, h)
		s.Shown = append(s.Shown, p)
	})
}

func (s *spread) lay(width float32, put func(p page.Part, x, y, w, h float32)) float32 {
	if put == nil {
		put = func(page.Part, float32, float32, float32, float32) {}
	}
	edge := margin
	if width < besideFrom {
		edge = snug
	}
	inner := max(1, min(width-2*edge, mostWide))
	x := (width - inner) / 2
	if width < besideFrom || s.aside.Empty() {
		inner = min(inner, mostWide*(1-asideShare))
		high := s.main.HeightFor(inner)
		put(s.main, x, above, inner, high)
		if s.aside.Empty() {
			return above + high + edge
		}
		below := s.aside.HeightFor(inner)
		put(s.aside, x, above+high+look.Gutter, inner, below)
		return above + high + look.Gutter + below + edge
	}
	right := inner * asideShare
	left := inner - right - gutter
	high, beside := s.main.HeightFor(left), s.aside.HeightFor(right)
	put(s.main, x, above, left, high)
	put(s.aside, x+left+gutter, above, right, beside)
	return above + max(high, beside) + edge
}
