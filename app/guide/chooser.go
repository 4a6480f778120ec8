package guide

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
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
		before := look.Gutter
		for i, o := range asked.Options {
			says := page.Prose(o.Says[r.manner.Voice], look.Body, look.Ink)
			offer := r.stock.Choice(string(rune('A'+i)), says, page.ChoiceOpen, func() { r.choose(o.ID) })
			r.said.Add(offer.Words)
			c.Add(before, offer)
			before = look.Gap
		}
	}
	if len(went) > 0 {
		r.drawWay(c, &chooser, went)
	}
	if result == nil {
		r.drawSignpost(c)
	}
}

// drawSignpost says under a question how the way goes on.
func (r *Room) drawSignpost(c *page.Column) {
	c.Add(look.Gutter, r.text(page.Plain(r.manner.Words.Catalog().Text("guide.about.chooser"), page.Face{Size: look.Small}, look.InkSoft)))
	if svg, ok := assets.Illustration(signpost); ok {
		r.signpost.Set(fyne.NewStaticResource(signpost+".svg", svg))
		c.Add(look.Gap, r.stock.Card(look.CardSoft, look.Line, look.Gap).Add(0, r.signpost))
	}
}

// signpost is the picture of the chooser.
const signpost = "scene-signpost"

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
	walk.Small, walk.Primary, setUp.Small = false, true, false
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
		about := tutorials.Narrator{Words: r.manner.Words, Voice: voice, Lens: r.manner.Lens, Flow: out.Flow}.About()
		rows = append(rows, []page.Cell{
			page.Prose("**"+about.Called(voice)+"**", look.Body, look.Ink), page.Prose(out.Because[voice], look.Body, look.Ink),
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
