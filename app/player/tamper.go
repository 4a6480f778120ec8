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
	wait     *page.Select
	twice    *page.Checkbox
	problem  *widget.Label
	sends    *page.Button
	rows     *fyne.Container
	first    fyne.Focusable // where the keyboard begins
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

	t.sends = t.button(t.say().Text("player.tamper.send"), t.send)
	t.sends.Primary = true
	cancel := t.button(t.say().Text("player.tamper.cancel"), t.screen.ToggleTamper)
	if t.first == nil {
		t.first = cancel // a field would be given the letter T that opened the pane
	}
	foot := container.NewVBox(t.problem, container.NewHBox(t.sends, cancel))
	t.card = page.NewCard(t.arrange(t.head(), foot), look.Gutter)
	t.changed()
}

// changed lets the request be sent once something of it is changed.
func (t *tamper) changed() {
	if t.edit().IsZero() {
		t.sends.Disable()
	} else {
		t.sends.Enable()
	}
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
	picker := page.NewSelect(names, t.screen.key)
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
	t.wait = page.NewSelect(t.waits(), t.screen.key)
	t.wait.OnChanged = func(string) { t.changed() }
	t.twice = page.NewCheckbox(t.say().Text("player.tamper.twice"), t.screen.key)
	t.twice.OnChanged = func(bool) { t.changed() }
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
	t.problem.SetText(t.screen.narrator.Say().Sentence(err.Error()))
	t.problem.Show()
}

func (t *tamper) changedBefore() bool { return !t.screen.player.EditOf(t.index).IsZero() }
