package guide

import (
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

const (
	titleSize         = look.Title + 6
	wordsSize float32 = 15.5
	pagePad   float32 = 28
	cardPad   float32 = 18
)

// draw lays the page out anew.
func (r *Room) draw() {
	say := r.manner.Words.Catalog()
	r.stock.TakeBack()
	r.said.Clear()
	c := r.sheet.Clear().Style(look.Card, look.Line, pagePad, look.Radius)
	id := r.to.Part(0)
	mixUp, isMixUp := r.manner.Words.MixUps().MixUp(id)
	paper, isPaper := r.manner.Words.Papers().Paper(kindOf(r.to.Place), id)
	switch {
	case r.err != nil:
		c.Add(0, r.text(page.Prose(say.Text("guide.unreadable", "error", r.err.Error()), wordsSize, look.Fail)...))
	case r.to.Place == PlaceMixUp && isMixUp:
		r.drawMixUp(c, &mixUp)
	case r.to.Place == PlaceChooser:
		r.drawChooser(c)
	case isPaper:
		r.drawPaper(c, &paper)
	case r.to.Place == Place:
		r.drawAll(c)
	default:
		r.drawList(c, r.to.Place)
	}
	r.scroll.Refresh()
}

// text lends a text and remembers it.
func (r *Room) text(paras ...page.Paragraph) *page.Text {
	return r.said.Add(r.stock.Text(paras...))
}

// head is a small line, and the title under it.
func (r *Room) head(c *page.Column, over, title string) {
	c.Add(0, r.text(page.Plain(over, page.Face{Size: look.Small}, look.InkSoft)))
	c.Add(6, r.text(page.Plain(title, page.Face{Size: titleSize, Bold: true}, look.Ink)))
}

func (r *Room) heading(c *page.Column, words string) {
	c.Add(look.Gutter, r.text(page.Plain(words, page.Face{Size: look.Body + 2, Bold: true}, look.Ink)))
}

// drawAll is the list of the lists.
func (r *Room) drawAll(c *page.Column) {
	say := r.manner.Words.Catalog()
	c.Add(0, r.text(page.Plain(say.Text("guide.title"), page.Face{Size: titleSize, Bold: true}, look.Ink)))
	for _, place := range Heads() {
		c.Add(look.Gap+4, r.text(r.link(say.Text("guide.place."+place), address.At(place))))
		c.Add(2, r.text(page.Plain(say.Text("guide.about."+place), page.Face{Size: look.Body}, look.InkSoft)))
	}
}

// drawList is the pages of a place.
func (r *Room) drawList(c *page.Column, place string) {
	say := r.manner.Words.Catalog()
	r.head(c, say.Text("guide.title"), say.Text("guide.place."+place))
	c.Add(look.Gap, r.text(page.Plain(say.Text("guide.about."+place), page.Face{Size: wordsSize}, look.Ink)))
	for _, id := range r.ids(place) {
		to := address.At(place, id)
		c.Add(look.Gap+2, r.text(r.link(Named(r.manner, to), to)))
		if paper, ok := r.manner.Words.Papers().Paper(kindOf(place), id); ok {
			c.Add(2, r.text(page.Prose(paper.Line, look.Body, look.InkSoft)...))
		}
	}
}

// link is words that lead to an address.
func (r *Room) link(words string, to address.Address) page.Paragraph {
	return page.Paragraph{Spans: []page.Span{
		{Text: words, Ink: look.OnBand, Face: page.Face{Size: wordsSize}, Link: address.LinkAt + ":" + to.String()},
	}}
}

// drawMixUp is the short answer, and where one sees that it is so.
func (r *Room) drawMixUp(c *page.Column, m *tutorials.MixUp) {
	say, told := r.manner.Words.Catalog(), m.Told[r.manner.Voice]
	r.head(c, m.Title, told.Title)
	r.passages(c, told.Words)
	see := r.stock.Card(look.CardSoft, look.Line, cardPad)
	see.Edge = look.Primary
	see.Add(0, r.text(page.Plain(say.Text("learn.watch"), page.Face{Size: look.Body, Bold: true}, look.Ink)))
	see.Add(4, r.text(page.Prose(told.Watch, look.Body, look.InkSoft)...))
	open := r.stock.Button(say.Text("learn.open-walk"), "", func() { r.visit(m.Watch) })
	see.Add(look.Gap, r.stock.Bar([]*page.Button{open}, nil))
	c.Add(look.Gutter, see)
	if screen, ok := r.lessonAsking(m.Question); ok {
		c.Add(look.Gutter, r.text(r.link(say.Text("guide.lesson"), screen)))
	}
}

// lessonAsking is the screen of a lesson that asks a question.
func (r *Room) lessonAsking(question string) (address.Address, bool) {
	lessons, _ := r.manner.Words.Lessons().All()
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			if question != "" && s.Question == question {
				return address.At("lesson", lessons[i].ID, s.ID), true
			}
		}
	}
	return address.Address{}, false
}

func (r *Room) passages(c *page.Column, all []tutorials.Passage) {
	for _, p := range all {
		if p.Words != "" {
			c.Add(look.Gap+4, r.text(page.Prose(p.Words, wordsSize, look.Ink)...))
		} else {
			c.Add(look.Gap+4, r.table(p.Table))
		}
	}
}

func (r *Room) table(t tutorials.Table) page.Part {
	rows := make([][]page.Cell, 0, len(t.Rows))
	for _, row := range t.Rows {
		cells := make([]page.Cell, 0, len(row))
		for _, cell := range row {
			cells = append(cells, page.Prose(cell, look.Body, look.Ink))
		}
		rows = append(rows, cells)
	}
	return r.stock.Card(look.Card, look.Line, 0).Add(0, page.NewTable(r.kit).Set(t.Head, rows...))
}

// drawPaper is a page of words, tables and code.
func (r *Room) drawPaper(c *page.Column, p *tutorials.Paper) {
	say := r.manner.Words.Catalog()
	r.head(c, say.Text("guide.place."+r.to.Place), p.Title)
	c.Add(look.Gap, r.text(page.Prose(p.Line, wordsSize, look.InkSoft)...))
	if p.Kind == tutorials.PaperStacks {
		r.drawTried(c, p)
	} else {
		toPrint := r.stock.Button(say.Text("guide.print."+r.to.Place), "", func() { r.print(p) })
		c.Add(look.Gap+4, r.stock.Bar([]*page.Button{toPrint}, nil))
	}
	for _, b := range p.Blocks {
		switch {
		case b.Head != "":
			r.heading(c, b.Head)
		case b.Words != "":
			c.Add(look.Gap+2, r.text(page.Prose(b.Words, wordsSize, look.Ink)...))
		case b.Code != "":
			c.Add(look.Gap+2, r.code(b))
		default:
			c.Add(look.Gap+2, r.table(b.Table))
		}
	}
}

// drawTried says who ran the settings, and for which provider they are filled in.
func (r *Room) drawTried(c *page.Column, p *tutorials.Paper) {
	say := r.manner.Words.Catalog()
	c.Add(look.Gap, r.text(page.Prose(Tried(say, p), look.Body, look.Ink)...))
	card := r.stock.Card(look.CardSoft, look.Line, cardPad)
	card.Add(0, r.text(page.Plain(say.Text("guide.issuer"), page.Face{Size: look.Body, Bold: true}, look.Ink)))
	card.Add(4, r.text(page.Prose(say.Text("guide.issuer-why", "client", p.Client), look.Body, look.InkSoft)...))
	card.Add(look.Gap, page.NewHolder(r.issuer, nil))
	if now := r.runs(); now != "" && now != r.issuerNow() {
		use := r.stock.Button(say.Text("guide.issuer-runs", "issuer", now), "", r.takeRunning)
		card.Add(look.Gap, r.stock.Bar([]*page.Button{use}, nil))
	}
	c.Add(look.Gutter, card)
}

// code is a block with a button that copies it.
func (r *Room) code(b tutorials.Block) page.Part {
	say := r.manner.Words.Catalog()
	text := leaflet.Filled(b.Code, r.issuerNow())
	card := r.stock.Card(look.CardSoft, look.Line, 14)
	card.Add(0, page.NewMono(r.kit).Set(text, nil))
	copyIt := r.stock.Button(say.Text("guide.copy"), "", func() {
		r.window.Copy(text)
		r.window.Say(say.Text("guide.copied"))
	})
	return card.Add(look.Gap, r.stock.Bar([]*page.Button{copyIt}, nil))
}
