package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// stock lends out parts and takes them all back at once. A view that is built
// again for the next message gets the same parts in the same order, so nothing
// is made anew, and a part that has the focus keeps it.
type stock struct {
	kit     *kit
	rows    shelf[*row]
	texts   shelf[*page.Text]
	columns shelf[*page.Column]
	glyphs  shelf[*page.Glyph]
	checks  shelf[*checkRow]
	buttons shelf[*page.Button]
	bars    shelf[*page.Bar]
	signs   shelf[*page.Signed]
	boxes   shelf[*page.TickBox]
	lives   shelf[*lifeRow]
	details *details
}

// shelf is the parts of one kind; the first n are lent out.
type shelf[T any] struct {
	all []T
	n   int
}

func (s *shelf[T]) take(fresh func() T) T {
	s.n++
	return page.Nth(&s.all, s.n-1, fresh)
}

func newStock(k *kit) *stock { return &stock{kit: k} }

// takeBack makes every part free again.
func (s *stock) takeBack() {
	s.rows.n, s.texts.n, s.columns.n = 0, 0, 0
	s.glyphs.n, s.checks.n, s.buttons.n, s.bars.n = 0, 0, 0, 0
	s.signs.n, s.boxes.n, s.lives.n = 0, 0, 0
}

func (s *stock) row() *row { return s.rows.take(func() *row { return newRow(s.kit) }) }

func (s *stock) checkRow() *checkRow {
	return s.checks.take(func() *checkRow { return newCheckRow(s.kit) })
}

func (s *stock) text(paras ...page.Paragraph) *page.Text {
	t := s.texts.take(func() *page.Text { return page.NewText(s.kit.Kit) })
	t.Set(paras...)
	return t
}

// column lends a column without a ground.
func (s *stock) column() *page.Column {
	return s.columns.take(page.NewColumn).Clear().Style("", "", 0, 0)
}

// card lends a column on a ground.
func (s *stock) card(ground, line fyne.ThemeColorName, pad float32) *page.Column {
	return s.columns.take(page.NewColumn).Clear().Style(ground, line, pad, look.Radius)
}

func (s *stock) button(label, sign string, press func()) *page.Button {
	b := s.buttons.take(func() *page.Button { return soft(s.kit, "", "", nil) })
	b.Label, b.Icon, b.OnTapped = label, sign, press
	b.Small, b.Primary, b.Chosen, b.Quiet = true, false, false, false
	b.Tone = page.Tone{}
	return b
}

// soft returns a small button that stands among the words of a message.
func soft(k *kit, label, sign string, tapped func()) *page.Button {
	b := page.NewButton(label, tapped)
	b.Icon, b.Soft, b.Small, b.Kit = sign, true, true, k.Kit
	return b
}

func (s *stock) bar(left, right []*page.Button) *page.Bar {
	b := s.bars.take(page.NewBar)
	b.Set(left, right)
	return b
}

// signed lends a glyph with a text beside it.
func (s *stock) signed(sign string, ink fyne.ThemeColorName, text *page.Text) *page.Signed {
	out := s.signs.take(page.NewSigned)
	out.Set(sign, ink, text)
	return out
}

// heading lends a line of bold text.
func (s *stock) heading(text string) *page.Text {
	return s.text(page.Paragraph{Runs: []page.Run{{Text: text, Ink: look.Ink, Face: page.Face{Size: look.Body, Bold: true}}}})
}

// soft lends small secondary text; it may hold markup.
func (s *stock) soft(text string) *page.Text {
	return s.text(page.Prose(text, look.Small, look.InkSoft)...)
}

// detailsOf lends the one panel of details.
func (s *stock) detailsOf(l wireLine) *page.Column {
	if s.details == nil {
		s.details = newDetails(s.kit)
	}
	return s.details.set(l).Column
}
