package connect

import (
	"cmp"
	"io"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// inRail is how many logins the rail lists; the page of all of them has the rest.
const inRail = 12

// mostFound bounds the list of all logins.
const mostFound = 100_000

// book is the page of all logins: a field to search them, choices that leave some
// out, and a list that makes only the rows that can be seen.
type book struct {
	tools

	server  *server
	paused  bool
	wanted  live.Filter // but for its text, which stands in the field
	content *fyne.Container
	search  *page.Field
	listing func() []room.Command // can be done with the list
	deeds   []*page.Button        // which do that
	bar     *page.Bar
	count   *page.Line
	list    *page.LongList
	runs    []live.Run
}

func newBook(t tools, listing func() []room.Command) *book {
	b := &book{
		tools: t, search: page.NewField(func() { t.window.Focus(nil) }), listing: listing, bar: page.NewBar(),
		count: page.NewLine("", look.Small, look.InkSoft),
	}
	b.list = page.NewLongList(rowHigh, newBookRow, func(i int, row *bookRow) { b.tell(&b.runs[i], row) })
	b.list.OnOpen = func(i int) { b.leaves.showLogin(b.runs[i].Number) }
	b.list.OnKey = t.window.Typed
	b.search.OnChanged = func(string) { b.draw() }
	b.search.OnSubmitted = func(string) { b.list.Open(0) }
	top := container.NewVBox(b.search, b.count)
	foot := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), b.bar)
	// not NewBorder, which has Tab come to the list before the field
	card := page.NewCard(container.New(layout.NewBorderLayout(top, foot, nil, nil), top, b.list, foot), cardPad)
	b.content = container.New(layout.NewCustomPaddedLayout(look.Gutter, look.Gutter, look.Gutter, look.Gutter), card)
	return b
}

// reset lists the logins of another server, all of them.
func (b *book) reset(s *server) {
	b.server, b.paused, b.wanted = s, false, live.Filter{}
	b.search.SetText("") // which draws the list
}

// filter is what is looked for now.
func (b *book) filter() live.Filter {
	f := b.wanted
	f.Text = b.search.Text
	return f
}

// open shows all logins, with the keyboard in the field.
func (b *book) open() {
	if b.server == nil {
		return
	}
	b.leaves.stay(b)
	b.window.Focus(b.search)
}

// holds is part of leaf.
func (b *book) holds() bool { return false }

// draw is part of leaf: it lists what fits.
func (b *book) draw() fyne.CanvasObject {
	if b.server == nil {
		return b.content
	}
	b.search.SetPlaceHolder(b.words.say("find.field"))
	runs, all := b.server.log.Find(b.filter(), mostFound)
	count := b.words.count("found", all)
	switch {
	case all == 0 && b.filter().Empty():
		count = b.words.say("no-runs")
	case all == 0:
		count = b.words.say("find.nothing")
	}
	b.runs = runs
	b.offer()
	b.count.SetText(count)
	b.list.Set(len(runs))
	return b.content
}

// offer shows what can be done with the list.
func (b *book) offer() {
	for i, c := range b.listing() {
		if i == len(b.deeds) {
			fresh := page.NewButton("", nil)
			fresh.OnKey = b.window.Typed
			b.deeds = append(b.deeds, fresh)
		}
		b.deeds[i].OnTapped = c.Do
		b.deeds[i].Set(c.Words, "")
		b.deeds[i].SetChosen(c.On)
		if c.Off {
			b.deeds[i].Disable()
		} else {
			b.deeds[i].Enable()
		}
	}
	b.bar.Set(b.deeds, nil)
	b.bar.Refresh()
}

// tell writes a login into a row.
func (b *book) tell(run *live.Run, row *bookRow) {
	row.time.SetText(run.Began.Format(time.TimeOnly))
	row.app.SetText(strconv.Itoa(run.Number) + "  " + b.words.called(run.Client))
	row.at.SetText(b.words.where(run.At, run.Grant))
	row.state.Ink = cmp.Or(stateInk(run.State), look.Ink)
	row.state.SetText(b.words.state(run.State))
	row.state.Refresh()
}

// stateInk is the colour of how a login went; "" while nobody knows.
func stateInk(s logins.State) fyne.ThemeColorName {
	switch s {
	case logins.Stopped:
		return look.Fail
	case logins.Done:
		return look.Pass
	case logins.Waiting:
	}
	return ""
}

// section lists the newest logins at the left, one of which may show.
func (b *book) section(showing int) room.Section {
	s := room.Section{Title: b.words.say("runs")}
	found, all := b.server.log.Find(b.wanted, inRail)
	for _, run := range found {
		s.Rows = append(s.Rows, room.Row{
			Label: run.Began.Format(time.TimeOnly) + " " + b.words.called(run.Client), Sign: strconv.Itoa(run.Number),
			Note: b.words.state(run.State), Ink: stateInk(run.State), Here: run.Number == showing,
			Do: func() { b.leaves.showLogin(run.Number) },
		})
	}
	if len(s.Rows) == 0 {
		s.Rows = []room.Row{{Label: b.words.say("no-runs"), Off: true}}
	} else {
		s.Rows = append(s.Rows, room.Row{Label: b.words.count("all", all), Here: b.leaves.shows(b), Do: b.open})
	}
	if n := b.server.log.Gone(); n > 0 {
		s.Rows = append(s.Rows, room.Row{Label: b.words.count("gone", n), Off: true})
	}
	return s
}

// chips choose which logins are listed: whose, and how they went.
func (b *book) chips() []room.Chip {
	apps := append([]string{""}, b.server.log.Clients()...)
	states := []logins.State{"", logins.Stopped, logins.Done, logins.Waiting}
	say := b.words.say
	return []room.Chip{
		choice(say("find.app"), say("find.every-app"), apps, &b.wanted.Client, func(id string) string { return id }, b.leaves.redraw),
		choice(say("find.state"), say("find.every-state"), states, &b.wanted.State, b.words.state, b.leaves.redraw),
	}
}

// saveAll writes all that is listed as one session.
func (b *book) saveAll() {
	if b.server == nil {
		return
	}
	t, left := b.server.log.Session()
	b.window.Files().Save("logins.json", func(w io.Writer) error { return export.JSON(w, t) }, func(at fyne.URI) {
		said := b.words.say("saved-all", "file", at.Name())
		if left > 0 {
			said += " " + b.words.count("left-out", left)
		}
		b.window.Say(said)
	})
}
