package present

import (
	"bytes"
	"io"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
	"github.com/grantwalk/grantwalk/tutorials"
)

// runs is the form in which the runs of a talk are saved, beside those of [deck.Formats].
const runs = "runs"

// takeAlong is what there is to take along of a talk: a button for each form.
func (l *list) takeAlong(t *tutorials.Talk) *page.Column {
	r := l.room
	say := r.manner.Words.Catalog()
	minutes := r.lengthOf(t)
	forms := append(deck.Formats(), runs)
	buttons := make([]*page.Button, 0, len(forms))
	for _, form := range forms {
		buttons = append(buttons, l.stock.Button(say.Text("present.take."+form), "", func() { r.take(*t, minutes, form) }))
	}
	c := l.stock.Column()
	c.Add(0, l.stock.Text(page.Plain(say.Count("present.take-along", minutes), page.Face{Size: look.Small}, look.InkSoft)))
	return c.Add(4, l.stock.Bar(buttons, nil))
}

// lengthOf is the version of a talk that is taken along: the one that was chosen, else the longest.
func (r *Room) lengthOf(t *tutorials.Talk) int {
	if t.ID == r.chosen && r.minutes > 0 {
		return r.minutes
	}
	return t.Lengths[len(t.Lengths)-1]
}

// take saves a talk in a form, and opens what a browser shows.
func (r *Room) take(t tutorials.Talk, minutes int, form string) {
	r.ready(t, minutes, func(show *talk.Show) {
		say := r.manner.Words.Catalog()
		var file bytes.Buffer
		write, ending := show.Save, ".runs.json"
		if form != runs {
			write = func(w io.Writer) error { return deck.Write(w, form, show, deck.Options{Say: say}) }
			ending = deck.Extension(form)
		}
		if err := write(&file); err != nil {
			r.window.Fail(err)
			return
		}
		files := r.window.Files()
		files.Save(t.ID+ending, func(to io.Writer) error {
			_, err := to.Write(file.Bytes())
			return err //nolint:wrapcheck // who saves says what it is about
		}, func(at fyne.URI) {
			r.window.Say(say.Text("present.saved", "file", at.Name()))
			if form != "handout" && form != "slideshow" {
				return
			}
			if err := files.Launch(at); err != nil {
				r.window.Notice(say.Text("present.not-opened"), err)
			}
		})
	})
}
