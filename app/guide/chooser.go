package guide

import (
	"slices"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// drawChooser is the question that comes now, or what is recommended.
func (r *Room) drawChooser(c *page.Column) {
	say := r.manner.Words.Catalog()
	chooser, err := r.manner.Words.Chooser()
	if err != nil || chooser.First == "" {
		c.Add(0, r.text(page.Plain(say.Text("guide.no-chooser"), page.Face{Size: wordsSize}, look.Ink)))
		return
	}
	went, asked, result := chooser.Along(r.to.Path)
	r.to = address.At(PlaceChooser, went...)
	if result != nil {
		r.drawResult(c, result)
	} else {
		r.head(c, say.Text("guide.place.chooser"), asked.Asks[r.manner.Voice])
		for i, o := range asked.Options {
			label := say.Text("guide.option", "letter", string(rune('A'+i)), "words", o.Says[r.manner.Voice])
			choose := r.stock.Button(label, "", func() { r.choose(o.ID) })
			choose.Small = false
			c.Add(look.Gap, r.stock.Bar([]*page.Button{choose}, nil))
		}
	}
	if len(went) > 0 {
		r.drawWay(c, &chooser, went)
	}
}

// drawWay is what was answered so far, each a way back to its question.
func (r *Room) drawWay(c *page.Column, chooser *tutorials.Chooser, went []string) {
	say, voice := r.manner.Words.Catalog(), r.manner.Voice
	r.heading(c, say.Text("guide.answered"))
	for i, id := range went {
		_, asked, _ := chooser.Along(went[:i])
		at := slices.IndexFunc(asked.Options, func(o tutorials.Option) bool { return o.ID == id })
		c.Add(look.Gap, r.text(page.Plain(asked.Asks[voice], page.Face{Size: look.Body}, look.InkSoft)))
		c.Add(2, r.text(r.link(asked.Options[at].Says[voice], address.At(PlaceChooser, went[:i]...))))
	}
}

// drawResult is the recommendation with its reasons, and what it rules out.
func (r *Room) drawResult(c *page.Column, result *tutorials.Recommendation) {
	say, voice := r.manner.Words.Catalog(), r.manner.Voice
	r.head(c, say.Text("guide.recommended"), result.Title[voice])
	c.Add(look.Gap+4, r.text(page.Prose(result.Because[voice], wordsSize, look.Ink)...))
	walk := r.stock.Button(say.Text("guide.walk-it"), "", func() { r.visit(result.Walk) })
	setUp := r.stock.Button(say.Text("guide.set-it-up"), "", func() { r.visit(result.SetUp) })
	c.Add(look.Gutter, r.stock.Bar([]*page.Button{walk, setUp}, nil))
	if len(result.Stacks) > 0 {
		r.heading(c, say.Text("guide.in-your-stack"))
		for _, id := range result.Stacks {
			to := address.At(PlaceStack, id)
			c.Add(4, r.text(r.link(Named(r.manner, to), to)))
		}
	}
	r.heading(c, say.Text("guide.rules-out"))
	rows := make([][]page.Cell, 0, len(result.RulesOut))
	for _, out := range result.RulesOut {
		title := tutorials.Narrator{Words: r.manner.Words, Voice: voice, Lens: r.manner.Lens, Flow: out.Flow}.About().Title
		rows = append(rows, []page.Cell{
			page.Prose("**"+title+"**", look.Body, look.Ink), page.Prose(out.Because[voice], look.Body, look.Ink),
		})
	}
	table := page.NewTable(r.kit).Set([]string{say.Text("guide.flow"), say.Text("guide.why-not")}, rows...)
	c.Add(look.Gap, r.stock.Card(look.Card, look.Line, 0).Add(0, table))
}

// option is the id of the i-th answer to the question that is open, or "".
func (r *Room) option(i int) string {
	if r.to.Place != PlaceChooser {
		return ""
	}
	chooser, _ := r.manner.Words.Chooser()
	if _, asked, _ := chooser.Along(r.to.Path); asked != nil && i < len(asked.Options) {
		return asked.Options[i].ID
	}
	return ""
}

// choose answers the question that is open.
func (r *Room) choose(option string) {
	if option != "" {
		r.window.Go(address.At(PlaceChooser, append(slices.Clone(r.to.Path), option)...))
	}
}
