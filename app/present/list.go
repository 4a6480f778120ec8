package present

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials"
)

// list is the page of the room: a card for each talk, with a button for each
// length, so that one press gives it.
type list struct {
	page.Base
	room   *Room
	kit    *page.Kit
	stock  *page.Stock
	column *page.Column
	scroll *page.Scroll
}

func newList(r *Room) *list {
	l := &list{room: r, kit: page.NewKit(), column: page.NewColumn()}
	l.stock = page.NewStock(l.kit)
	l.scroll = page.NewScroll(page.NewNarrow(l.column, func(float32) page.Margins { return page.Margins{Most: listWide, Side: listEdge} }))
	l.kit.Reveal = l.scroll.Reveal
	l.kit.Key = func(k *fyne.KeyEvent) { r.window.Typed(k) }
	l.Extend(l)
	return l
}

const (
	listWide float32 = 860
	listEdge float32 = 28
)

// HeightFor is part of [page.Part].
func (l *list) HeightFor(width float32) float32 { return l.scroll.HeightFor(width) }

// Arrange is part of [page.Part].
func (l *list) Arrange(size fyne.Size) {
	page.Place(l.scroll, 0, 0, size.Width, size.Height)
	l.Shown = append(l.Shown[:0], l.scroll)
}

// draw builds the page anew.
func (l *list) draw() {
	r := l.room
	say := r.manner.Words.Catalog()
	l.stock.TakeBack()
	c := l.column.Clear()
	c.Add(listEdge, l.stock.Text(page.Plain(say.Text("present.head"), page.Face{Size: 25, Bold: true}, look.Ink)))
	c.Add(6, l.stock.Text(page.Prose(say.Text("present.line"), 16, look.InkSoft)...))
	switch {
	case r.err != nil:
		c.Add(look.Gutter, l.stock.Text(page.Prose(say.Text("present.unreadable", "error", r.err.Error()), 16, look.Fail)...))
	case len(r.talks) == 0:
		c.Add(look.Gutter, l.stock.Text(page.Prose(say.Text("present.none"), 16, look.Ink)...))
	}
	l.drawLast(c)
	for i := range r.talks {
		c.Add(look.Gutter, l.card(&r.talks[i]))
	}
	c.Add(listEdge, l.stock.Text(page.Plain(say.Text("present.screens-head"), page.Face{Size: look.Heading, Bold: true}, look.Ink)))
	c.Add(6, l.stock.Text(page.Prose(say.Text("present.screens"), look.Body, look.Ink)...))
	c.Add(listEdge, l.stock.Text(page.Plain(say.Text("present.keys-head"), page.Face{Size: look.Heading, Bold: true}, look.Ink)))
	c.Add(6, l.stock.Text(page.Prose(say.Text("present.keys"), look.Body, look.Ink)...))
	c.Add(listEdge, l.stock.Text())
	l.scroll.Refresh()
	l.Refresh()
}

// card is a talk.
func (l *list) card(t *tutorials.Talk) page.Part {
	r := l.room
	say := r.manner.Words.Catalog()
	card := l.stock.Card(look.Card, look.Line, 20)
	if t.ID == r.chosen {
		card.Line = look.Primary
	}
	card.Add(0, l.stock.Text(page.Plain(t.Title, page.Face{Size: look.Heading, Bold: true}, look.Ink)))
	about := say.Text("present.about", "for", t.For, "first", t.Scenes[0].Title)
	card.Add(4, l.stock.Text(page.Plain(about, page.Face{Size: look.Body}, look.InkSoft)))
	start := make([]*page.Button, 0, len(t.Lengths))
	for _, minutes := range t.Lengths {
		b := l.stock.Button(say.Count("present.start", minutes), "", func() { r.start(t.ID, minutes) })
		b.Soft, b.Small, b.Primary = false, false, t.ID == r.chosen && minutes == r.minutes
		b.Refresh()
		start = append(start, b)
	}
	return card.Add(look.Gap+4, l.stock.Bar(start, nil)).Add(look.Gutter, l.takeAlong(t))
}

// drawLast says how long the last talk took, and what to cut.
func (l *list) drawLast(c *page.Column) {
	r := l.room
	if r.last == nil {
		return
	}
	w := &words{r.manner.Words.Catalog()}
	card := l.stock.Card(look.Card, look.Line, 20)
	card.Edge = look.Primary
	card.Add(0, l.stock.Text(page.Plain(w.text("last-time", "took", clock(r.last.Took), "talk", r.lastOf.Talk.Title),
		page.Face{Size: look.Body, Bold: true}, look.Ink)))
	lines := r.last.Report(r.manner.Words.Catalog())
	card.Add(6, l.stock.Text(page.Prose(strings.Join(lines, "\n\n"), look.Body, look.Ink)...))
	c.Add(look.Gutter, card)
}

// number is a scene as people count.
func number(i int) string { return strconv.Itoa(i + 1) }
