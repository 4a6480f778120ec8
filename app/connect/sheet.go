package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
)

// cardGap is the room between cards of one kind.
const cardGap = look.Gap

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
	said   page.Said
}

// newSheet returns an empty one; most is how wide it gets, 0 for as wide as it may.
func newSheet(w room.Window, most float32) *sheet {
	kit := page.NewKit()
	s := &sheet{kit: kit, stock: page.NewStock(kit), column: page.NewColumn()}
	s.scroll = page.NewScroll(page.NewNarrow(s.column, margins(most)))
	kit.Reveal = s.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) { w.Typed(k) }
	kit.Link = func(link string) { w.Read(address.OfLink(link)) }
	s.Shown = []fyne.CanvasObject{s.scroll}
	s.Extend(s)
	return s
}

func (s *sheet) clear() {
	s.stock.TakeBack()
	s.tables.TakeBack()
	s.said.Clear()
	s.column.Clear()
}

// begin empties it for a page with a heading.
func (s *sheet) begin(heading string) {
	s.clear()
	s.column.Add(0, s.head(heading, look.Title, look.Ink))
}

// slip says what is wrong, if anything is.
func (s *sheet) slip(wrong string) {
	if wrong != "" {
		s.column.Add(look.Gutter, s.stock.Signed(look.IconCross, look.Fail, s.prose(wrong)))
	}
}

// text lends a text and remembers it.
func (s *sheet) text(paras ...page.Paragraph) *page.Text {
	return s.said.Add(s.stock.Text(paras...))
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

// does makes buttons of commands that can be carried out.
func (s *sheet) does(commands ...room.Command) []*page.Button {
	var all []*page.Button
	for _, c := range commands {
		b := s.button(c.Words, c.Do)
		b.Chosen = c.On
		all = append(all, b)
	}
	return all
}

// filled is the one button that is the next thing to do.
func (s *sheet) filled(label string, do func()) *page.Button {
	b := s.button(label, do)
	b.Primary, b.Soft = true, false
	return b
}

// card lends a card with a heading.
func (s *sheet) card(title string) *page.Column {
	return s.stock.Card(look.Card, look.Line, cardPad).Add(0, s.head(title, look.Heading, look.Ink))
}

// soften adds a line of small words to the page.
func (s *sheet) soften(words string) { s.column.Add(look.Gap, s.soft(words)) }

func (s *sheet) bar(buttons ...*page.Button) *page.Bar { return s.stock.Bar(buttons, nil) }

func (s *sheet) table(head []string, rows ...[]page.Cell) *page.Table {
	t := s.tables.Take(func() *page.Table { return page.NewTable(s.kit) })
	t.Set(head, rows...)
	return t
}

// words is all that stands on the page.
func (s *sheet) words() string { return s.said.Words() }

// HeightFor is part of [page.Part].
func (s *sheet) HeightFor(width float32) float32 { return s.scroll.HeightFor(width) }

// Arrange is part of [page.Part].
func (s *sheet) Arrange(size fyne.Size) { page.Place(s.scroll, 0, 0, size.Width, size.Height) }

// margins keep a page as wide as it is read well; beside a diagram it takes what there is.
func margins(most float32) func(width float32) page.Margins {
	edge := margin
	if most == 0 {
		edge = cardPad
	}
	return func(float32) page.Margins { return page.Margins{Most: most, Side: edge, Above: edge, Below: edge} }
}
