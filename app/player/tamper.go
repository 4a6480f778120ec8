package player

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// tamper is the pane in which a request is changed before it is sent. What was
// typed is kept until it is sent or the pane is closed, also when it is refused.
type tamper struct {
	screen *Screen
	index  int            // of the request in the plan
	before *trace.Message // as it would be sent
	card   *page.Column

	requests []int // every request of the run
	method   *page.Field
	target   *page.Field
	params   []*pairRow
	headers  []*pairRow
	body     *page.Field
	wait     *widget.Select
	twice    *widget.Check
	problem  *widget.Label
	rows     *fyne.Container
	first    fyne.Focusable // where the keyboard begins
}

// pairRow is one name with its value; both can be changed, and it can be taken out.
type pairRow struct {
	was         string // the name it came with; "" for one that was added
	value       string // the value it came with
	name, entry *page.Field
	removed     bool
}

func newTamper(s *Screen, index int) *tamper {
	t := &tamper{screen: s, index: index, before: s.player.At(index)}
	for i := range s.player.Len() {
		if s.player.At(i).Kind == trace.Request {
			t.requests = append(t.requests, i)
		}
	}
	t.build()
	return t
}

func (t *tamper) build() {
	t.problem = widget.NewLabel("")
	t.problem.Wrapping, t.problem.Importance = fyne.TextWrapWord, widget.DangerImportance
	t.problem.Hide()
	t.rows = container.NewVBox()
	t.add(t.suggestions()...)
	t.add(t.pairs(t.say().Text("player.tamper.parameters"), &t.params, parameters(t.before))...)
	t.add(t.more())

	send := t.button(t.say().Text("player.tamper.send"), t.send)
	send.Primary = true
	if t.first == nil {
		t.first = send // a field would be given the letter T that opened the pane
	}
	foot := container.NewVBox(t.problem, container.NewHBox(send, t.button(t.say().Text("player.tamper.cancel"), t.screen.ToggleTamper)))
	t.card = page.NewCard(t.arrange(t.head(), foot), look.Gutter)
}

func (t *tamper) say() *catalog.Catalog { return t.screen.narrator.Say() }

func (t *tamper) button(label string, do func()) *page.Button {
	b := page.NewButton(label, do)
	b.OnKey, b.Hint = t.screen.key, t.screen.hintAt(b)
	return b
}

// head says which request is changed; another one can be chosen, and earlier changes taken back.
func (t *tamper) head() fyne.CanvasObject {
	names := make([]string, 0, len(t.requests))
	for _, i := range t.requests {
		names = append(names, fmt.Sprintf("%d · %s", i+1, t.screen.told().Step(t.screen.player.At(i).Step).Title))
	}
	picker := widget.NewSelect(names, nil)
	picker.SetSelectedIndex(slices.Index(t.requests, t.index))
	picker.OnChanged = func(string) { t.screen.openTamper(t.requests[picker.SelectedIndex()]) }
	title := page.NewLine(t.say().Text("player.tamper.title", "n", strconv.Itoa(t.index+1)), look.Heading, look.Ink)
	title.Bold, title.Least = true, 80
	var reset fyne.CanvasObject
	if t.changedBefore() {
		b := t.button(t.say().Text("player.tamper.reset"), t.reset)
		b.Help = t.say().Text("player.tamper.reset-help")
		reset = b
	}
	return padded(container.NewVBox(container.NewBorder(nil, nil, nil, reset, title), picker), 0, 4)
}

// more holds what is changed rarely, folded away.
func (t *tamper) more() fyne.CanvasObject {
	box := container.NewVBox()
	for _, part := range [][]fyne.CanvasObject{t.line(), t.pairs(t.say().Text("player.tamper.headers"), &t.headers,
		editableHeaders(t.before)), t.rest()} {
		for _, o := range part {
			box.Add(o)
		}
	}
	box.Hide()
	fold := t.button(t.say().Text("player.tamper.more"), nil)
	fold.Icon, fold.Quiet, fold.Leading, fold.Least = "next", true, true, 80
	fold.OnTapped = func() {
		show(box, !box.Visible())
		icon := "next"
		if box.Visible() {
			icon = "down"
		}
		fold.Set(fold.Label, icon)
	}
	return container.NewVBox(padded(fold, 6, 0), box)
}

// arrange keeps the buttons in view, except in a window too low for that and the fields.
func (t *tamper) arrange(head, foot fyne.CanvasObject) fyne.CanvasObject {
	scrolled := container.NewVBox(head, t.rows)
	scroll := look.NewScroll(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 14), scrolled))
	foot = padded(foot, 10, 0)
	if t.screen.Size().Height < lowScreen {
		scrolled.Add(foot)
		return scroll
	}
	return container.NewBorder(nil, foot, nil, nil, scroll)
}

// lowScreen is the height below which the buttons of the pane scroll with its fields.
const lowScreen float32 = 360

func padded(o fyne.CanvasObject, top, bottom float32) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, 0, 0), o)
}

func (t *tamper) add(objects ...fyne.CanvasObject) {
	for _, o := range objects {
		t.rows.Add(o)
	}
}

func heading(words string) fyne.CanvasObject {
	h := page.NewLine(words, look.Body, look.Ink)
	h.Bold, h.Least = true, 60
	return padded(h, 8, 0)
}

// suggestions are the classic mistakes of this step.
func (t *tamper) suggestions() []fyne.CanvasObject {
	flow := t.screen.player.Flow()
	mistakes := flow.MistakesAt(t.before.Step, t.screen.player.Choices().Switches)
	if len(mistakes) == 0 {
		return nil
	}
	row := container.New(layout.NewRowWrapLayoutWithCustomPadding(8, 8))
	for _, m := range mistakes {
		title, tries := t.screen.told().Mistake(m.ID)
		b := t.button(title, func() { t.screen.Try(m.ID) })
		b.Help = markup.Plain(tries)
		row.Add(b)
		if t.first == nil {
			t.first = b
		}
	}
	return []fyne.CanvasObject{heading(t.say().Text("player.mistakes")), row, heading(t.say().Text("player.tamper.anything"))}
}

func (t *tamper) line() []fyne.CanvasObject {
	t.method = t.entry(t.before.Method)
	address, _, _ := strings.Cut(t.before.URL, "?")
	t.target = t.entry(address)
	return []fyne.CanvasObject{
		labelled(t.say().Text("player.tamper.method"), t.method),
		labelled(t.say().Text("player.tamper.address"), t.target),
	}
}

func (t *tamper) rest() []fyne.CanvasObject {
	t.body = t.entry(string(t.before.Body))
	t.body.MultiLine = true
	t.body.SetMinRowsVisible(3)
	t.wait = widget.NewSelect(t.waits(), nil)
	t.wait.SetSelectedIndex(0)
	t.twice = widget.NewCheck(t.say().Text("player.tamper.twice"), nil)
	return []fyne.CanvasObject{labelled(t.say().Text("player.tamper.body"), t.body), labelled(t.say().Text("player.tamper.wait"),
		t.wait), t.twice}
}

func (t *tamper) waits() []string {
	return []string{
		t.say().Text("player.tamper.wait-none"), t.say().Text("player.tamper.wait-seconds"),
		t.say().Text("player.tamper.wait-minutes"), t.say().Text("player.tamper.wait-hour"), t.say().Text("player.tamper.wait-day"),
	}
}

func waitOf(i int) time.Duration {
	return []time.Duration{0, 61 * time.Second, 10 * time.Minute, time.Hour, 24 * time.Hour}[max(0, i)]
}

// pairs are rows of name and value, and a button for one more.
func (t *tamper) pairs(title string, rows *[]*pairRow, fields []trace.Field) []fyne.CanvasObject {
	list := container.NewVBox()
	for _, f := range fields {
		list.Add(t.pair(rows, f, f.Name))
	}
	more := t.button(t.say().Text("player.tamper.add"), nil)
	more.OnTapped = func() { list.Add(t.pair(rows, trace.Field{}, "")) }
	head := page.NewLine(title, look.Body, look.Ink)
	head.Bold = true
	return []fyne.CanvasObject{padded(head, 8, 0), list, container.NewHBox(more)}
}

func (t *tamper) pair(rows *[]*pairRow, f trace.Field, was string) fyne.CanvasObject {
	row := &pairRow{was: was, value: f.Value, name: t.entry(f.Name), entry: t.entry(f.Value)}
	t.grow(row.entry)
	*rows = append(*rows, row)
	var name fyne.CanvasObject = row.name
	if was != "" {
		fixed := page.NewLine(was, look.Mono, look.WireName)
		fixed.Mono, fixed.Least = true, 40
		name = fixed
	}
	drop := page.NewIconButton("close", t.say().Text("player.tamper.leave-out"), nil)
	drop.OnKey, drop.Hint = t.screen.key, t.screen.hintAt(drop)
	drop.OnTapped = func() {
		row.removed = !row.removed
		drop.SetChosen(row.removed)
		if row.removed {
			row.entry.Disable()
		} else {
			row.entry.Enable()
		}
	}
	return container.New(&pairLayout{}, name, row.entry, drop)
}

// send puts the changes together and sends the request. What is refused stays in the pane.
func (t *tamper) send() {
	if err := t.screen.player.Send(t.index, t.edit()); err != nil {
		t.complain(err)
		return
	}
	t.screen.closeTamper()
}

func (t *tamper) reset() {
	if err := t.screen.player.Send(t.index, stage.Edit{}); err != nil {
		t.complain(err)
		return
	}
	t.screen.openTamper(t.index)
}

// complain says what is wrong with what was typed, and leaves it there.
func (t *tamper) complain(err error) {
	words := err.Error()
	t.problem.SetText(strings.ToUpper(words[:1]) + words[1:] + ".")
	t.problem.Show()
}

func (t *tamper) changedBefore() bool { return !t.screen.player.EditOf(t.index).IsZero() }

// edit is what differs from the request as it would be sent, on top of what was changed earlier.
func (t *tamper) edit() stage.Edit {
	e := t.screen.player.EditOf(t.index)
	if t.method.Text != t.before.Method {
		e.Method = strings.ToUpper(strings.TrimSpace(t.method.Text))
	}
	if address, query, asked := strings.Cut(t.before.URL, "?"); strings.TrimSpace(t.target.Text) != address {
		e.URL = strings.TrimSpace(t.target.Text)
		if asked && !strings.Contains(e.URL, "?") {
			e.URL += "?" + query
		}
	}
	if t.body.Text != string(t.before.Body) {
		e.Body = &t.body.Text
	}
	e.Params = merge(e.Params, changes(t.params))
	e.Headers = merge(e.Headers, changes(t.headers))
	if wait := waitOf(t.wait.SelectedIndex()); wait > 0 {
		e.Wait = wait
	}
	e.Twice = e.Twice || t.twice.Checked
	return e
}

func changes(rows []*pairRow) []stage.Change {
	var out []stage.Change
	for _, r := range rows {
		name := strings.TrimSpace(r.name.Text)
		switch {
		case name == "":
		case r.removed && r.was != "":
			out = append(out, stage.Change{Name: name, Remove: true})
		case r.removed:
		case r.was == "" || r.entry.Text != r.value:
			out = append(out, stage.Change{Name: name, Value: r.entry.Text})
		}
	}
	return out
}

// merge lets later changes win.
func merge(old, later []stage.Change) []stage.Change {
	out := slices.DeleteFunc(slices.Clone(old), func(c stage.Change) bool {
		return slices.ContainsFunc(later, func(l stage.Change) bool { return strings.EqualFold(l.Name, c.Name) })
	})
	return append(out, later...)
}

func parameters(m *trace.Message) []trace.Field {
	if m.IsForm() {
		return m.Form()
	}
	return m.Query()
}

// editableHeaders leaves out what the network itself makes true.
func editableHeaders(m *trace.Message) []trace.Field {
	return slices.DeleteFunc(slices.Clone(m.Header), func(f trace.Field) bool { return f.Name == "Content-Length" })
}
