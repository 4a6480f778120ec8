package page

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// Stock lends out parts and takes them all back at once. A page that is built
// again gets the same parts in the same order, so nothing is made anew, and a
// part that has the focus keeps it.
type Stock struct {
	kit     *Kit
	texts   Shelf[*Text]
	words   Shelf[*Selectable]
	columns Shelf[*Column]
	glyphs  Shelf[*Glyph]
	buttons Shelf[*Button]
	bars    Shelf[*Bar]
	signs   Shelf[*Signed]
	boxes   Shelf[*TickBox]
	pairs   Shelf[*Pair]
	choices Shelf[*Choice]
}

// Shelf is the parts of one kind; the first n are lent out.
type Shelf[T any] struct {
	all []T
	n   int
}

// Take lends the next part, and has one made if there is none.
func (s *Shelf[T]) Take(fresh func() T) T {
	s.n++
	return Nth(&s.all, s.n-1, fresh)
}

// TakeBack makes every part of the shelf free again.
func (s *Shelf[T]) TakeBack() { s.n = 0 }

// NewStock returns a stock for one page.
func NewStock(k *Kit) *Stock { return &Stock{kit: k} }

// TakeBack makes every part free again.
func (s *Stock) TakeBack() {
	s.words.n = 0
	s.texts.n, s.columns.n, s.glyphs.n, s.buttons.n = 0, 0, 0, 0
	s.bars.n, s.signs.n, s.boxes.n, s.pairs.n, s.choices.n = 0, 0, 0, 0, 0
}

// Text lends a text.
func (s *Stock) Text(paras ...Paragraph) *Text {
	t := s.texts.Take(func() *Text { return NewText(s.kit) })
	t.Set(paras...)
	return t
}

// Selectable lends a text of which a part can be marked.
func (s *Stock) Selectable(paras ...Paragraph) *Selectable {
	t := s.words.Take(func() *Selectable { return NewSelectable(s.kit) })
	t.Set(paras...)
	return t
}

// Heading lends a line of bold text.
func (s *Stock) Heading(text string) *Text {
	return s.Text(Paragraph{Spans: []Span{{Text: text, Ink: look.Ink, Face: Face{Size: look.Body, Bold: true}}}})
}

// Soft lends small secondary text; it may hold markup.
func (s *Stock) Soft(text string) *Text {
	return s.Text(Prose(text, look.Small, look.InkSoft)...)
}

// Column lends a column without a ground.
func (s *Stock) Column() *Column {
	return s.columns.Take(NewColumn).Clear().Style("", "", 0, 0)
}

// Card lends a column on a ground.
func (s *Stock) Card(ground, line fyne.ThemeColorName, pad float32) *Column {
	return s.columns.Take(NewColumn).Clear().Style(ground, line, pad, look.Radius)
}

// Glyph lends a glyph.
func (s *Stock) Glyph(name string, ink fyne.ThemeColorName) *Glyph {
	g := s.glyphs.Take(func() *Glyph { return NewGlyph("", "") })
	g.Set(name, ink)
	return g
}

// Signed lends a glyph with a part beside it.
func (s *Stock) Signed(sign string, ink fyne.ThemeColorName, beside Part) *Signed {
	out := s.signs.Take(NewSigned)
	out.Set(sign, ink, beside)
	return out
}

// Button lends a small button that stands among words.
func (s *Stock) Button(label, sign string, tapped func()) *Button {
	b := s.buttons.Take(func() *Button { return NewSoftButton(s.kit, "", "", nil) })
	b.Label, b.Icon, b.OnTapped = label, sign, tapped
	b.Soft, b.Small, b.Primary, b.Chosen, b.Quiet = true, true, false, false, false
	b.Tone = Tone{}
	return b
}

// Bar lends a row of buttons.
func (s *Stock) Bar(left, right []*Button) *Bar {
	b := s.bars.Take(NewBar)
	b.Set(left, right)
	return b
}

// TickBox lends a box with words beside it; without turn it is only shown.
func (s *Stock) TickBox(on bool, turn func(), words []Paragraph) *TickBox {
	return s.boxes.Take(func() *TickBox { return NewTickBox(s.kit) }).Set(on, turn, words)
}

// Pair lends a name with what it stands for.
func (s *Stock) Pair(name, value Part) *Pair { return s.pairs.Take(NewPair).Set(name, value) }

// Choice lends an answer that is offered.
func (s *Stock) Choice(letter string, words []Paragraph, state ChoiceState, choose func()) *Choice {
	return s.choices.Take(func() *Choice { return NewChoice(s.kit) }).Set(letter, words, state, choose)
}
