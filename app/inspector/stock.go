package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// stock lends out parts and takes them all back at once. A view that is built
// again for the next message gets the same parts in the same order, so nothing
// is made anew, and a part that has the focus keeps it.
type stock struct {
	kit     *kit
	rows    shelf[*row]
	texts   shelf[*textBlock]
	columns shelf[*column]
	glyphs  shelf[*glyph]
	checks  shelf[*checkRow]
	buttons shelf[*button]
	bars    shelf[*bar]
	signs   shelf[*signed]
	boxes   shelf[*tickBox]
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
	return nth(&s.all, s.n-1, fresh)
}

// nth returns the n-th object of a pool that grows.
func nth[T any](pool *[]T, n int, fresh func() T) T {
	for len(*pool) <= n {
		*pool = append(*pool, fresh())
	}
	return (*pool)[n]
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

func (s *stock) text(paras ...paragraph) *textBlock {
	t := s.texts.take(func() *textBlock { return newTextBlock(s.kit) })
	t.set(paras...)
	return t
}

// column lends a column without a ground.
func (s *stock) column() *column {
	return s.columns.take(newColumn).clear().style("", "", 0, 0)
}

// card lends a column on a ground.
func (s *stock) card(ground, line fyne.ThemeColorName, pad float32) *column {
	return s.columns.take(newColumn).clear().style(ground, line, pad, look.Radius)
}

func (s *stock) button(label, sign string, press func()) *button {
	b := s.buttons.take(func() *button { return newButton(s.kit, "", "", nil) })
	b.label, b.sign, b.press = label, sign, press
	b.filled, b.chosen, b.bare, b.large = false, false, false, false
	b.tone = [2]fyne.ThemeColorName{}
	return b
}

func (s *stock) bar(left, right []*button) *bar {
	b := s.bars.take(newBar)
	b.set(left, right)
	return b
}

// signed lends a glyph with a text beside it.
func (s *stock) signed(sign string, ink fyne.ThemeColorName, text *textBlock) *signed {
	out := s.signs.take(newSigned)
	out.set(sign, ink, text)
	return out
}

// heading lends a line of bold text.
func (s *stock) heading(text string) *textBlock {
	return s.text(paragraph{runs: []run{{text: text, ink: look.Ink, face: face{size: look.Body, bold: true}}}})
}

// soft lends small secondary text; it may hold markup.
func (s *stock) soft(text string) *textBlock {
	return s.text(prose(text, look.Small, look.InkSoft)...)
}

// detailsOf lends the one panel of details.
func (s *stock) detailsOf(l wireLine) *column {
	if s.details == nil {
		s.details = newDetails(s.kit)
	}
	return s.details.set(l).column
}
