package practice

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// draw is the page: the question, what can be chosen, and what the run says.
func (k *asker) draw(s *sheet) {
	say, f := k.room.manner.Words.Catalog(), flows.All()[k.flow]
	n := k.narrator(f)
	if err := k.failed(); err != nil || k.quiz == nil {
		words := say.Text("practice.none")
		if err != nil {
			words = say.Text("practice.unreadable", "error", err.Error())
		}
		s.column.Add(0, s.text(page.Plain(words, page.Face{Size: wordsSize}, look.Ink)))
		return
	}
	where := say.Text("practice.question", "flow", called(n), "number", strconv.Itoa(k.at+1), "all", strconv.Itoa(k.quiz.Len()))
	s.column.Add(0, s.text(page.Plain(where, page.Face{Size: look.Small}, look.InkSoft)))
	title, line := k.question(n)
	s.column.Add(4, s.text(page.Plain(title, page.Face{Size: titleSize, Bold: true}, look.Ink)))
	s.column.Add(6, s.text(page.Prose(line, wordsSize, look.InkSoft)...))
	told := s.stock.Column()
	if k.reply.over || k.reply.missed != "" {
		told.Add(0, k.verdict(s, n))
	}
	if k.sort == exercise.Difference {
		s.column.Add(look.Gutter, k.twoRequests(s, n))
		s.column.Add(look.Gutter, told)
	} else {
		s.column.Add(look.Gutter, s.answers(k.options(s, n), told, k.scene(n)))
	}
	s.column.Add(look.Gutter, k.foot(s))
}

// called is what the flow is called.
func called(n tutorials.Narrator) string {
	about := n.About()
	return about.Called(n.Voice)
}

// question is what is asked, and what there is to be done.
func (k *asker) question(n tutorials.Narrator) (title, line string) {
	say := n.Say()
	switch k.sort {
	case exercise.Order:
		return say.Text("practice.order.title"), say.Text("practice.order.line")
	case exercise.Sees:
		return say.Text("practice.sees.title", "artefact", say.Capital(n.Artefact(k.asks.Artefact))), say.Text("practice.sees.line")
	case exercise.WhichToken:
		m := &k.asks.Run.Messages[k.asks.At]
		return say.Text("practice.which-token.title"), say.Text("practice.which-token.line",
			"to", n.Phrase(string(m.To)), "step", markup.Plain(n.Step(m.Step).Title))
	case exercise.Difference:
		m := &k.asks.Run.Messages[k.asks.At]
		return say.Text("practice.difference.title"), say.Text("practice.difference.line", "step", markup.Plain(n.Step(m.Step).Title))
	}
	return "", ""
}

// scene is the picture of what is asked: of an order that of the flow.
func (k *asker) scene(n tutorials.Narrator) string {
	switch k.sort {
	case exercise.Sees:
		return "scene-open-card"
	case exercise.WhichToken:
		return "scene-three-passes"
	case exercise.Order, exercise.Difference:
	}
	return cmp.Or(n.About().Opening, n.Step(k.asks.Run.Messages[0].Step).Picture)
}

// options are the answers that are offered; of an order those that were taken stand first.
func (k *asker) options(s *sheet, n tutorials.Narrator) *page.Column {
	all := s.stock.Column()
	order := make([]int, 0, len(k.asks.Options))
	for _, id := range k.reply.chosen {
		if k.sort == exercise.Order {
			order = append(order, slices.IndexFunc(k.asks.Options, func(o exercise.Option) bool { return o.ID == id }))
		}
	}
	for i := range k.asks.Options {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	gap := float32(0)
	for place, i := range order {
		all.Add(gap, k.option(s, n, i, place))
		gap = optionGap
	}
	return all
}

const optionGap float32 = 6

// option lends an answer: its letter, or of what is in order already its number, its words, and what became of it.
func (k *asker) option(s *sheet, n tutorials.Narrator, i, place int) *page.Choice {
	o := &k.asks.Options[i]
	mark, state := letter(i), k.became(o)
	if state == page.ChoicePlaced {
		mark = strconv.Itoa(place + 1)
	}
	words := []page.Paragraph{page.Plain(k.named(n, o), page.Face{Size: look.Body}, state.Ink())}
	if k.reply.over && k.sort == exercise.Sees {
		why := page.Prose(n.Witness(o.ID+"/"+o.Sight.Because), look.Small, look.InkSoft)
		words = append(words, page.Unlinked(why, look.InkSoft)...)
	}
	var choose func()
	if k.waits() && state != page.ChoicePlaced {
		choose = func() { k.choose(i) }
	}
	offer := s.stock.Choice(mark, words, state, choose)
	s.said.Add(offer.Words)
	return offer
}

// became is what became of an answer.
func (k *asker) became(o *exercise.Option) page.ChoiceState {
	chosen := slices.Contains(k.reply.chosen, o.ID)
	switch over := k.reply.over; {
	case k.sort == exercise.Order && (chosen || over):
		return page.ChoicePlaced
	case k.sort == exercise.Order && o.ID == k.reply.missed:
		return page.ChoiceMistaken
	case over && o.Right:
		return page.ChoiceTrue
	case over && chosen:
		return page.ChoiceMistaken
	case over:
		return page.ChoicePassed
	case chosen:
		return page.ChoiceTicked
	}
	return page.ChoiceOpen
}

func (k *asker) lent(s *sheet, words []page.Paragraph, state lineState, choose func()) *lineRow {
	row := s.lines.Take(func() *lineRow { return newLineRow(s.kit) }).set(words, state, choose)
	s.said.Add(row.words)
	return row
}

func letter(i int) string { return string("ABCDEFGHIJK"[i]) }

// named is what an option is called.
func (k *asker) named(n tutorials.Narrator, o *exercise.Option) string {
	switch k.sort {
	case exercise.Order:
		return markup.Plain(n.Step(o.ID).Title)
	case exercise.Sees:
		return n.Witness(o.ID)
	case exercise.WhichToken:
		if o.ID == exercise.None {
			return n.Say().Text("practice.none-of-them")
		}
		return n.Say().Capital(n.Artefact(o.ID))
	case exercise.Difference:
		return k.room.called(o.ID)
	}
	return o.ID
}

// twoRequests are the request as it should be, and the other one, at whose lines one can point.
func (k *asker) twoRequests(s *sheet, n tutorials.Narrator) page.Part {
	say := n.Say()
	left, right := s.stock.Card(look.Card, look.Line, cardPad), s.stock.Card(look.Card, look.Line, cardPad)
	left.Add(0, heading(s, say.Text("practice.difference.as-it-should-be")))
	right.Add(0, heading(s, say.Text("practice.difference.as-sent")))
	asks := markup.Plain(n.Step(k.asks.Run.Messages[k.asks.At].Step).Label)
	for i, l := range k.asks.Plain {
		left.AddWide(firstGap(i), lineEdge, k.lent(s, k.room.lineWords(l, asks), plain, nil))
	}
	for i, l := range k.asks.Other {
		right.AddWide(firstGap(i), lineEdge, k.lent(s, k.room.lineWords(l, asks), k.stateOf(i), k.pointing(i)))
	}
	last := len(k.asks.Options) - 1
	missing := []page.Paragraph{page.Plain(say.Text("practice.missing"), page.Face{Size: look.Body}, look.InkSoft)}
	right.AddWide(4, lineEdge, k.lent(s, missing, k.stateOf(last), k.pointing(last)))
	return s.beside(left, right)
}

func firstGap(i int) float32 {
	if i == 0 {
		return look.Gap
	}
	return 0
}

func (k *asker) stateOf(i int) lineState {
	o := &k.asks.Options[i]
	switch chosen := slices.Contains(k.reply.chosen, o.ID); {
	case !k.reply.over:
		return plain
	case o.Right:
		return fine
	case chosen:
		return wrong
	}
	return plain
}

func (k *asker) pointing(i int) func() {
	if k.reply.over {
		return nil
	}
	return func() { k.choose(i) }
}

// foot leads to the walk, and on.
func (k *asker) foot(s *sheet) page.Part {
	say := k.room.manner.Words.Catalog()
	var right []*page.Button
	switch {
	case k.reply.over:
		right = append(right, s.button(say.Text("practice.anew"), func() { k.begin(k.flow, k.at); k.room.show() }))
	case k.asks.Many:
		compare := s.button(say.Text("practice.compare"), k.compare)
		compare.Primary = true
		right = append(right, compare)
	}
	if !k.ends(1) {
		next := s.button(say.Text("practice.next-question"), func() { k.turn(1) })
		next.Primary = k.reply.over
		right = append(right, next)
	}
	return s.stock.Bar([]*page.Button{s.button(say.Text("practice.see"), k.walk)}, right)
}
