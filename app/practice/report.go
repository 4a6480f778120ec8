package practice

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
)

// kindRecord is the id of [report].
const kindRecord = "record"

// report is what somebody did until now, to be printed, and the way to begin anew.
type report struct {
	room *Room
	name *page.Field
	held *page.Holder
}

func newReport(r *Room) *report {
	p := &report{room: r}
	p.name = page.NewField(func() { r.window.Focus(nil) })
	p.held = page.NewHolder(p.name, nil)
	return p
}

func (p *report) read(*tutorials.Library) {}

func (p *report) open([]string) {}

func (p *report) path() []string { return nil }

func (p *report) rail() []room.Section { return nil }

func (p *report) leave() error { return nil }

func (p *report) state() any { return p.rows() }

func (p *report) commands() []room.Command {
	say := p.room.manner.Words.Catalog()
	return []room.Command{
		{ID: "check.save", Menu: room.MenuRun, Words: say.Text("practice.record.save"), Opens: true, Keys: room.Keys(fyne.KeyS), Do: p.save},
		{ID: "check.forget", Menu: room.MenuRun, Words: say.Text("practice.record.forget"), Opens: true, Do: p.askForget},
	}
}

// rows are the kinds of exercise, the questions of lessons the last.
func (p *report) rows() []exercise.ReportRow {
	say := p.room.manner.Words.Catalog()
	var rows []exercise.ReportRow
	for _, id := range append(Kinds(), "question") {
		if id == kindAgain || id == kindRecord {
			continue
		}
		known, again := p.room.record.CountBelow(id + "/")
		rows = append(rows, exercise.ReportRow{Kind: say.Text("practice.kind." + id), Known: known, Again: again})
	}
	return rows
}

// draw says what was done, and offers the page and the beginning.
func (p *report) draw(s *sheet) {
	say := p.room.manner.Words.Catalog()
	s.column.Add(0, s.text(page.Prose(say.Text("practice.record.line"), wordsSize, look.InkSoft)...))
	main := s.stock.Column()
	save := s.button(say.Text("practice.record.save"), p.save)
	save.Primary = p.tried()
	if save.Primary {
		main.Add(0, p.table(s))
	} else {
		main.Add(0, p.room.beginning(s, say.Text("practice.record.nothing")))
	}
	main.Add(look.Gutter, s.text(page.Plain(say.Text("practice.record.name"), page.Face{Size: look.Body}, look.Ink)))
	main.Add(4, p.held)
	main.Add(look.Gutter, s.stock.Bar([]*page.Button{save}, []*page.Button{s.button(say.Text("practice.record.forget"), p.askForget)}))
	s.column.Add(look.Gutter, s.answers(main, s.stock.Column(), "scene-register"))
}

// tried reports whether anything was.
func (p *report) tried() bool {
	return slices.ContainsFunc(p.rows(), func(r exercise.ReportRow) bool { return r.Known+r.Again > 0 })
}

// beginning is where nothing stands yet: why, and where one begins.
func (r *Room) beginning(s *sheet, words string) *page.Column {
	begin := s.button(r.titled(kindDecide), func() { r.window.Go(address.At(Place, kindDecide)) })
	begin.Primary = true
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, s.text(page.Plain(words, page.Face{Size: wordsSize}, look.Ink)))
	return card.Add(look.Gutter, s.stock.Bar([]*page.Button{begin}, nil))
}

// table is how many of each kind are known, and how many come back.
func (p *report) table(s *sheet) *page.Column {
	var rows [][]page.Cell
	for _, row := range p.rows() {
		cells := make([]page.Cell, 0, 3)
		for _, text := range []string{row.Kind, strconv.Itoa(row.Known), strconv.Itoa(row.Again)} {
			cells = append(cells, page.Cell{page.Plain(text, page.Face{Size: look.Body}, look.Ink)})
		}
		rows = append(rows, cells)
	}
	return s.stock.Card(look.Card, look.Line, 0).Add(0, page.NewTable(s.kit).Set(p.head(), rows...))
}

func (p *report) head() []string {
	say := p.room.manner.Words.Catalog()
	return []string{say.Text("practice.record.what"), say.Text("practice.record.known"), say.Text("practice.record.again")}
}

// page is the record as it is printed.
func (p *report) page() exercise.Report {
	say := p.room.manner.Words.Catalog()
	r := exercise.Report{
		Language: say.Language(), Title: say.Text("practice.record.title"), Name: strings.TrimSpace(p.name.Text),
		Day: p.room.day(p.room.options.Now()), Head: p.head(), Rows: p.rows(), Note: say.Text("practice.record.note"),
		Again: exercise.ReportList{Title: say.Text("practice.again-title")},
	}
	if p.room.options.Lessons != nil {
		r.Lessons = exercise.ReportList{Title: say.Text("practice.record.lessons"), Items: p.room.options.Lessons(p.room.manner.Words)}
	}
	for _, id := range p.room.record.Missed() {
		if t, ok := p.room.tried(id); ok {
			r.Again.Items = append(r.Again.Items, say.Text("practice.kind."+t.kind)+": "+t.title)
		}
	}
	return r
}

// save writes the page to where the person says.
func (p *report) save() {
	say, page := p.room.manner.Words.Catalog(), p.page()
	p.room.window.Files().Save("grantwalk-record.html", func(to io.Writer) error { return page.Write(to) }, func(at fyne.URI) {
		p.room.window.Say(say.Text("practice.record.saved", "file", at.Name()))
	})
}

// askForget asks once more before everything is forgotten.
func (p *report) askForget() {
	say := p.room.manner.Words.Catalog()
	keep := page.NewButton(say.Text("practice.record.keep"), p.room.window.Dismiss)
	keep.Primary = true
	forget := page.NewButton(say.Text("practice.record.forget-all"), func() {
		p.room.window.Dismiss()
		p.forget()
	})
	for _, b := range []*page.Button{keep, forget} {
		b.OnKey = p.room.window.Typed
	}
	text := page.NewText(p.room.sheet.kit)
	text.Set(page.Prose(say.Text("practice.record.sure"), look.Body, look.Ink)...)
	p.room.window.Show(room.Dialog{
		Title: say.Text("practice.record.forget"), Size: fyne.NewSize(480, 200), First: keep,
		Content: container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), forget, keep), nil, nil, text),
	})
}

// forget begins anew.
func (p *report) forget() {
	p.room.record.Forget()
	p.room.draw()
	p.room.window.Changed()
	p.room.window.Say(p.room.manner.Words.Catalog().Text("practice.record.forgotten"))
}
