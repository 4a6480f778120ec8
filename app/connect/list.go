package connect

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// inRail is how many logins the rail lists; the page of all of them has the rest.
const inRail = 12

// mostFound bounds the list of all logins.
const mostFound = 100_000

// book is the page of all logins: a field to search them, and a list that makes
// only the rows that can be seen.
type book struct {
	content *fyne.Container
	search  *page.Field
	count   *page.Line
	list    *page.LongList
	runs    []live.Run
	tell    func(run *live.Run, row *bookRow)
	open    func(number int)
}

const rowHigh float32 = 28

// bookRow is a row that shows one login after the other.
type bookRow struct {
	page.Base

	time, app, at, state *page.Line
}

func newBookRow() *bookRow {
	line := func(ink fyne.ThemeColorName) *page.Line {
		l := page.NewLine("", look.Body, ink)
		l.Least = 40
		return l
	}
	r := &bookRow{time: line(look.InkSoft), app: line(look.Ink), at: line(look.InkSoft), state: line(look.Ink)}
	r.time.Mono = true
	r.Shown = []fyne.CanvasObject{r.time, r.app, r.at, r.state}
	r.Extend(r)
	return r
}

// HeightFor is part of [page.Part].
func (r *bookRow) HeightFor(float32) float32 { return rowHigh }

// LeastSize is part of [page.Part].
func (r *bookRow) LeastSize() fyne.Size { return fyne.NewSize(280, rowHigh) }

// Arrange is part of [page.Part].
func (r *bookRow) Arrange(size fyne.Size) {
	const first = 88
	rest := size.Width - first
	page.Place(r.time, 0, 0, first, size.Height)
	page.Place(r.app, first, 0, rest*0.34, size.Height)
	page.Place(r.at, first+rest*0.36, 0, rest*0.3, size.Height)
	page.Place(r.state, first+rest*0.68, 0, rest*0.32, size.Height)
}

func newBook(leave func()) *book {
	b := &book{search: page.NewField(leave), count: page.NewLine("", look.Small, look.InkSoft)}
	b.list = page.NewLongList(rowHigh, newBookRow, func(i int, row *bookRow) { b.tell(&b.runs[i], row) })
	b.list.OnOpen = func(i int) { b.open(b.runs[i].Number) }
	b.search.OnSubmitted = func(string) { b.list.Open(0) }
	top := container.NewVBox(b.search, b.count)
	// not NewBorder, which has Tab come to the list before the field
	card := page.NewCard(container.New(layout.NewBorderLayout(top, nil, nil, nil), top, b.list), cardPad)
	b.content = container.New(layout.NewCustomPaddedLayout(look.Gutter, look.Gutter, look.Gutter, look.Gutter), card)
	return b
}

// show lists logins.
func (b *book) show(runs []live.Run, count string) {
	b.runs = runs
	b.count.SetText(count)
	b.list.Set(len(runs))
}

// filter is what is looked for now.
func (r *Room) filter() live.Filter {
	f := r.wanted
	f.Text = r.book.search.Text
	return f
}

// openList shows the page of all logins, with the keyboard in its field.
func (r *Room) openList() {
	if r.log == nil {
		return
	}
	r.newest = false
	r.turn(pageList)
	r.window.Focus(r.book.search)
}

// drawList lists what fits.
func (r *Room) drawList() {
	say := r.say()
	r.book.search.SetPlaceHolder(say("find.field"))
	runs, all := r.log.Find(r.filter(), mostFound)
	count := r.manner.Words.Catalog().Count("connect.found", all)
	switch {
	case all == 0 && r.filter().Empty():
		count = say("no-runs")
	case all == 0:
		count = say("find.nothing")
	}
	r.book.show(runs, count)
}

// tellRow writes a login into a row.
func (r *Room) tellRow(run *live.Run, row *bookRow) {
	row.time.SetText(run.Began.Format(time.TimeOnly))
	row.app.SetText(strconv.Itoa(run.Number) + "  " + r.called(run.Client))
	row.at.SetText(r.where(run.At, run.Grant))
	words, ink := r.noteOf(*run), look.Ink
	switch run.State {
	case logins.Stopped:
		ink = look.Fail
	case logins.Done:
		ink = look.Pass
	case logins.Waiting:
	}
	row.state.Ink = ink
	row.state.SetText(words)
	row.state.Refresh()
}

// isKept reports whether the login that shows stays.
func (r *Room) isKept() bool { return r.at > 0 && r.log.IsKept(r.at) }

// keep keeps the login that shows, or lets it go.
func (r *Room) keep() {
	if r.log.Keep(r.at) {
		r.window.Say(r.say()("kept"))
	} else {
		r.window.Say(r.say()("kept-not"))
		r.show(r.at)
		return
	}
	r.window.Changed()
}
