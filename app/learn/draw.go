package learn

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

const (
	titleSize float32 = 25
	wordsSize float32 = 16
	askSize   float32 = 15.5
	cardPad   float32 = 20
	mostTall  float32 = 230 // of a picture
	leastTall float32 = 72  // of one beside which something is asked
	askNeeds  float32 = 530 // what a question takes of a page, with the way on
)

// draw builds the page anew from what is told now.
func (r *Room) draw() {
	s := r.sheet
	s.stock.TakeBack()
	s.said.Clear()
	s.news = nil
	main, aside := s.spread.main.Clear(), s.spread.aside.Clear()
	switch screen := r.screen(); {
	case len(r.lessons) == 0:
		r.drawNothing(main)
	case screen == nil:
		r.drawEnd(main, aside)
	default:
		r.drawScreen(screen, main, aside)
	}
	r.drawFoot()
	s.scroll.Refresh()
	s.Refresh()
	s.reveal()
}

// drawNothing says why there are no lessons.
func (r *Room) drawNothing(main *page.Column) {
	say := r.manner.Words.Catalog()
	words := say.Text("learn.none")
	if r.err != nil {
		words = say.Text("learn.unreadable", "error", r.err.Error())
	}
	main.Add(0, r.sheet.text(page.Prose(words, wordsSize, look.Ink)...))
}

func (r *Room) drawScreen(screen *tutorials.Screen, main, aside *page.Column) {
	told := screen.Told[r.manner.Voice]
	r.drawHead(main, told.Title)
	before := look.Gutter
	for _, p := range told.Words {
		if p.Words != "" {
			main.Add(before, r.sheet.text(page.Prose(p.Words, wordsSize, look.Ink)...))
		} else {
			main.Add(before, r.table(p.Table, screen))
		}
	}
	if told.Watch != "" {
		main.Add(look.Gutter+look.Gap, r.watchCard(told.Watch))
	}
	if picture := r.picture(screen.Picture); picture != nil {
		aside.Add(0, picture)
	}
	if q := r.question(); q != nil {
		before := look.Gutter
		if aside.Empty() {
			before = 0
		}
		aside.Add(before, r.askCard(q))
	}
}

// drawHead is the line above the title, and the title.
func (r *Room) drawHead(main *page.Column, title string) {
	say, l := r.manner.Words.Catalog(), r.lesson()
	where := say.Text("learn.where", "lesson", l.Title, "number", strconv.Itoa(l.Number), "lessons", strconv.Itoa(len(r.lessons)))
	main.Add(0, r.sheet.text(page.Plain(where, page.Face{Size: look.Small}, look.InkSoft)))
	main.Add(6, r.sheet.text(page.Plain(title, page.Face{Size: titleSize, Bold: true}, look.Ink)))
}

// table has cells that one can point into, where a run shows what they say.
func (r *Room) table(t tutorials.Table, screen *tutorials.Screen) page.Part {
	rows := make([][]page.Cell, 0, len(t.Rows))
	for _, row := range t.Rows {
		cells := make([]page.Cell, 0, len(row))
		for _, cell := range row {
			cells = append(cells, page.Prose(screen.Pointed(cell), look.Body, look.Ink))
		}
		rows = append(rows, cells)
	}
	card := r.sheet.stock.Card(look.Card, look.Line, 0)
	return card.Add(0, page.NewTable(r.sheet.kit).Set(t.Head, rows...))
}

func (r *Room) picture(scene string) page.Part {
	svg, ok := assets.Illustration(scene)
	if !ok {
		return nil
	}
	p := page.NewPicture().On(r.sheet.kit.Easel).Set(fyne.NewStaticResource(scene+".svg", svg))
	p.Most = r.tall
	return r.sheet.stock.Card(look.CardSoft, look.Line, look.Gap).Add(0, p)
}

// tall is how high a picture may be: in a low window it leaves room for the question under it.
func (r *Room) tall() float32 {
	if r.question() == nil {
		return mostTall
	}
	return max(leastTall, min(mostTall, r.sheet.Size().Height-askNeeds))
}

// watchCard leads to the step at which one can see it.
func (r *Room) watchCard(words string) page.Part {
	say := r.manner.Words.Catalog()
	card := r.sheet.stock.Card(look.Card, look.Line, cardPad)
	card.Edge = look.Primary
	card.Add(0, r.sheet.text(page.Plain(say.Text("learn.watch"), page.Face{Size: look.Body, Bold: true}, look.Ink)))
	card.Add(4, r.sheet.text(page.Prose(words, look.Body, look.InkSoft)...))
	open := r.sheet.stock.Button(say.Text("learn.open-walk"), "", r.watch)
	return card.Add(look.Gap+2, r.sheet.stock.Bar([]*page.Button{open}, nil))
}

// watching is the address of what the screen shows in a walk, or "".
func (r *Room) watching() string {
	if s := r.screen(); s != nil {
		return s.Watch
	}
	return ""
}

// watch goes to the walk, and says how to come back.
func (r *Room) watch() {
	if to, err := address.Parse(r.watching()); err == nil {
		r.visit(to)
	}
}

func (r *Room) visit(to address.Address) {
	r.window.Go(to)
	r.window.SayBack(r.manner.Words.Catalog().Text("learn.come-back"))
}

// askCard asks before it is told, and shows afterwards what the run said.
func (r *Room) askCard(q *tutorials.Question) page.Part {
	say, voice, a := r.manner.Words.Catalog(), r.manner.Voice, r.answers.of(q.ID)
	card := r.sheet.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, r.sheet.text(page.Plain(say.Text("learn.before"), page.Face{Size: look.Small}, look.InkSoft)))
	card.Add(6, r.sheet.text(page.Plain(markup.Plain(q.Asks[voice]), page.Face{Size: askSize, Bold: true}, look.Ink)))
	for i := range q.Choices {
		letter := string(rune('A' + i))
		var choose func()
		if a.chosen == 0 {
			choose = func() { r.choose(q, i+1) }
		}
		state := a.state(i + 1)
		says := page.Unlinked(page.Prose(q.Choices[i].Says[voice], look.Body, state.Ink()), state.Ink())
		card.Add(look.Gap, r.sheet.stock.Choice(letter, says, state, choose))
	}
	r.verdict(card, q, a)
	return card
}

// state is what became of a choice.
func (a *answer) state(choice int) page.ChoiceState {
	switch {
	case a.chosen == 0:
		return page.ChoiceOpen
	case choice == a.right:
		return page.ChoiceTrue
	case choice == a.chosen && !a.playing:
		return page.ChoiceMistaken
	}
	return page.ChoicePassed
}

// verdict says what the run said, why, and what would have to be different.
func (r *Room) verdict(card *page.Column, q *tutorials.Question, a *answer) {
	say, voice := r.manner.Words.Catalog(), r.manner.Voice
	switch {
	case a.chosen == 0:
		card.Add(look.Gap+2, r.sheet.text(page.Plain(say.Text("learn.real"), page.Face{Size: look.Small}, look.InkSoft)))
		return
	case a.playing:
		card.Add(look.Gap+2, r.sheet.text(page.Plain(say.Text("learn.playing"), page.Face{Size: look.Body}, look.InkSoft)))
		return
	case a.err != nil:
		card.Add(look.Gap+2, r.sheet.text(page.Prose(say.Text("learn.failed", "error", a.err.Error()), look.Body, look.Fail)...))
		return
	}
	lines := []string{"**" + say.Text("learn.right") + "** " + q.Choices[a.right-1].Because[voice]}
	if a.chosen != a.right {
		lines = []string{
			"**" + say.Text("learn.other") + "** " + q.Choices[a.chosen-1].Because[voice],
			q.Choices[a.right-1].Because[voice],
		}
	}
	told := r.sheet.text(page.Prose(strings.Join(lines, "\n\n"), look.Body, look.Ink)...)
	see := r.sheet.stock.Bar([]*page.Button{r.sheet.stock.Button(say.Text("learn.see"), "", func() { r.visit(seeing(q)) })}, nil)
	card.Add(look.Gap+4, told)
	card.Add(look.Gap, see)
	r.sheet.news = []page.Part{see, told}
}

// drawEnd is what to take along.
func (r *Room) drawEnd(main, aside *page.Column) {
	say, end := r.manner.Words.Catalog(), r.lesson().End[r.manner.Voice]
	r.drawHead(main, end.Title)
	items := make([]page.Part, 0, len(end.Keep))
	for _, keep := range end.Keep {
		items = append(items, r.sheet.text(page.Prose(keep, wordsSize, look.Ink)...))
	}
	main.Add(look.Gutter, page.NewList(r.sheet.kit, true).Set(items...))
	card := r.sheet.stock.Card(look.Card, look.Line, cardPad)
	card.Edge = look.Primary
	card.Add(0, r.sheet.text(page.Plain(say.Text("learn.try"), page.Face{Size: look.Body, Bold: true}, look.Ink)))
	card.Add(4, r.sheet.text(page.Prose(end.Next, look.Body, look.InkSoft)...))
	main.Add(look.Gutter+look.Gap, card)
	buttons := []*page.Button{r.sheet.stock.Button(say.Text("learn.print"), "", r.printCard)}
	if to, err := address.Parse(r.lesson().Try); err == nil {
		buttons = append([]*page.Button{r.sheet.stock.Button(say.Text("learn.try-yourself"), "", func() { r.visit(to) })}, buttons...)
	}
	main.Add(look.Gutter, r.sheet.stock.Bar(buttons, nil))
	if picture := r.picture("scene-take-along"); picture != nil {
		aside.Add(0, picture)
	}
}

func (r *Room) drawFoot() {
	say := r.manner.Words.Catalog()
	if len(r.lessons) == 0 {
		r.sheet.foot.set(say.Text("learn.back"), say.Text("learn.next"), nil, nil, 0, 0)
		return
	}
	back, next := func() { r.turn(-1) }, func() { r.turn(1) }
	if r.at == (place{}) {
		back = nil
	}
	label := say.Text("learn.next")
	if r.screen() == nil {
		if r.at.lesson == len(r.lessons)-1 {
			next = nil
		} else {
			label = say.Text("learn.next-lesson", "title", r.lessons[r.at.lesson+1].Title)
		}
	}
	r.sheet.foot.set(say.Text("learn.back"), label, back, next, r.at.screen+1, len(r.lesson().Screens)+1)
}
