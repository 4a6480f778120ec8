package connect

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
)

// Widths of the page before anything came.
const (
	mostWide float32 = 860
	margin   float32 = 32
	cardPad  float32 = 20
)

// sheet is one column that scrolls, as wide as it is read well.
type sheet struct {
	page.Base
	kit    *page.Kit
	stock  *page.Stock
	tables page.Shelf[*page.Table]
	column *page.Column
	scroll *page.Scroll
	texts  []*page.Text
}

// newSheet returns an empty one; most is how wide it gets, 0 for as wide as it may.
func newSheet(key func(*fyne.KeyEvent) bool, most float32) *sheet {
	kit := page.NewKit()
	s := &sheet{kit: kit, stock: page.NewStock(kit), column: page.NewColumn()}
	s.scroll = page.NewScroll(newMargins(s.column, most))
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

func (s *sheet) clear() {
	s.stock.TakeBack()
	s.tables.TakeBack()
	s.texts = s.texts[:0]
	s.column.Clear()
}

// text lends a text and remembers it.
func (s *sheet) text(paras ...page.Paragraph) *page.Text {
	t := s.stock.Text(paras...)
	s.texts = append(s.texts, t)
	return t
}

func (s *sheet) prose(words string) *page.Text {
	return s.text(page.Prose(words, look.Body, look.Ink)...)
}

func (s *sheet) soft(words string) *page.Text {
	return s.text(page.Prose(words, look.Small, look.InkSoft)...)
}

func (s *sheet) head(words string, size float32, ink fyne.ThemeColorName) *page.Text {
	return s.text(page.Plain(words, page.Face{Size: size, Bold: true}, ink))
}

func (s *sheet) button(label string, do func()) *page.Button {
	b := s.stock.Button(label, "", do)
	b.Small = false
	return b
}

func (s *sheet) bar(buttons ...*page.Button) *page.Bar { return s.stock.Bar(buttons, nil) }

func (s *sheet) table(head []string, rows ...[]page.Cell) *page.Table {
	t := s.tables.Take(func() *page.Table { return page.NewTable(s.kit) })
	t.Set(head, rows...)
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

// HeightFor is part of [page.Part].
func (s *sheet) HeightFor(width float32) float32 { return s.scroll.HeightFor(width) }

// Arrange is part of [page.Part].
func (s *sheet) Arrange(size fyne.Size) { page.Place(s.scroll, 0, 0, size.Width, size.Height) }

// margins keep a column as wide as it is read well.
type margins struct {
	page.Base
	column *page.Column
	most   float32
}

func newMargins(c *page.Column, most float32) *margins {
	m := &margins{column: c, most: most}
	m.Shown = []fyne.CanvasObject{c}
	m.Extend(m)
	return m
}

func (m *margins) inner(width float32) (edge, inner float32) {
	edge = margin
	if m.most == 0 {
		edge = cardPad
	}
	inner = max(1, width-2*edge)
	if m.most > 0 {
		inner = min(inner, m.most)
	}
	return edge, inner
}

// HeightFor is part of [page.Part].
func (m *margins) HeightFor(width float32) float32 {
	edge, inner := m.inner(width)
	return 2*edge + m.column.HeightFor(inner)
}

// Arrange is part of [page.Part].
func (m *margins) Arrange(size fyne.Size) {
	edge, inner := m.inner(size.Width)
	page.Place(m.column, (size.Width-inner)/2, edge, inner, m.column.HeightFor(inner))
}

// field is an entry in a column.
type field struct {
	*page.Field

	held *page.Holder
}

func newField(leave func()) *field {
	f := &field{Field: page.NewField(leave)}
	f.held = page.NewHolder(f.Field, nil)
	return f
}
