package app

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// rail is the list at the left: the flows with their chapters, who signs in,
// and what could go otherwise.
type rail struct {
	w       *window
	card    *fyne.Container
	list    *fyne.Container
	scroll  *container.Scroll
	entries []*entry
	asked   string // the permissions that the what-ifs are listed for
	wide    bool   // stands beside the screen
	shown   bool   // floats over it
}

// entry is one row of the rail.
type entry struct {
	button *page.Button
	also   *page.Line
	do     func()
	now    func() row
	choice bool // can be on or off
}

// row is what an entry shows.
type row struct {
	label, also string
	here        bool // what is looked at: one row of the whole rail
	on          bool // a choice that holds: marked with a tick
	off         bool // there is nothing to go to
}

func newRail(w *window) *rail {
	r := &rail{w: w, list: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	r.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(railTop, 12, 10, 12), r.list))
	r.card = container.NewStack(newGround(look.Card, rightEdge), r.scroll)
	r.card.Hide()
	return r
}

// gap is room of that size.
func gap(wide, high float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(wide, high))
	return r
}

// fill lists what the flow that is open offers.
func (r *rail) fill() {
	r.asked = strings.Join(r.w.screen.Player().Asked(), " ")
	r.list.RemoveAll()
	r.entries = nil
	r.heading("Grants")
	for _, f := range flows.All() {
		r.flow(f)
	}
	offers := r.w.offers()
	if offers.Person {
		r.heading("Who signs in")
		for _, p := range stage.People() {
			r.choice(func() { r.w.choosePerson(p.Username) }, func() row {
				return row{label: p.Name, also: p.About, on: r.w.person() == p.Username}
			})
		}
	}
	r.switches()
	r.heading("What if")
	r.whatIfs(offers)
	r.scroll.Refresh() // it is as long as its content again
	r.update()
}

// whatIfs lists what can go otherwise in the flow that is open.
func (r *rail) whatIfs(offers flows.Offers) {
	if offers.SignIn {
		r.choice(r.w.wrongPassword, func() row { return row{label: "The password is wrong", on: !r.w.choices().SignsIn()} })
	}
	if offers.Consent {
		r.choice(r.w.refuseConsent, func() row { return row{label: "Consent is refused", on: r.w.choices().Deny} })
		for _, permission := range r.w.screen.Player().Asked() {
			r.choice(func() { r.w.withhold(permission) }, func() row {
				return row{label: permission + " is left out", on: slices.Contains(r.w.choices().Withhold, permission)}
			})
		}
	}
	r.choice(r.w.changeOrUndo, r.change)
}

// switches lists the flow's own alternatives.
func (r *rail) switches() {
	flow := r.w.screen.Player().Flow()
	for _, s := range flow.Switches {
		words := r.w.screen.Narrator().Switch(s.ID, s.Values...)
		r.heading(words.Title)
		for _, value := range s.Values {
			r.choice(func() { r.w.turn(s, value) }, func() row {
				return row{label: words.Values[value], on: r.w.turned(s) == value}
			})
		}
	}
}

// choice is an entry that can be on or off.
func (r *rail) choice(do func(), now func() row) { r.add(0, do, now).choice = true }

// change says which request was changed, and that pressing takes it back.
func (r *rail) change() row {
	p := r.w.screen.Player()
	switch {
	case len(p.Choices().Edits) == 0:
		return row{label: "A request is changed …"}
	case p.Mistake() != "":
		title, _ := r.w.screen.Narrator().Mistake(p.Mistake())
		return row{label: title, also: "undo", on: true}
	}
	return row{label: "A request is changed", also: "undo", on: true}
}

func (r *rail) flow(f flows.Flow) {
	n := r.w.screen.Narrator()
	n.Flow = f.ID
	open := r.w.screen.Player().Flow().ID == f.ID
	r.add(0, func() { r.w.openFlow(f.ID) }, func() row {
		about := n.About()
		also := ""
		if about.Status != string(flows.Recommended) {
			also = about.Status
		}
		return row{label: about.Short, also: also, here: open && r.w.chapter() == "" && !r.w.isSaved()}
	})
	if !open {
		return
	}
	for _, id := range f.Chapters {
		r.add(16, func() { r.w.goChapter(id) }, func() row {
			span := r.chapterSpan(id)
			if span == "" {
				return row{label: n.Chapter(id), also: "not reached", off: true}
			}
			return row{label: n.Chapter(id), also: span, here: r.w.chapter() == id}
		})
	}
}

// chapterSpan is the numbers of a chapter's steps, or "" when this run does not come to it.
func (r *rail) chapterSpan(id string) string {
	p := r.w.screen.Player()
	first, last := 0, 0
	for i := range p.Len() {
		if p.At(i).Chapter == id {
			if first == 0 {
				first = i + 1
			}
			last = i + 1
		}
	}
	switch first {
	case 0:
		return ""
	case last:
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d–%d", first, last)
}

func (r *rail) heading(words string) {
	t := page.NewLine(strings.ToUpper(words), look.Small, look.InkSoft)
	t.Bold = true
	r.list.Add(container.NewBorder(gap(0, 12), nil, gap(6, 0), nil, t))
}

func (r *rail) add(indent float32, do func(), now func() row) *entry {
	b := page.NewButton("", func() {
		do()
		r.hideFloating()
	})
	b.Quiet, b.Leading, b.Least = true, true, 120
	b.OnKey = r.w.typed
	also := page.NewLine("", look.Small, look.InkSoft)
	also.Last = true
	b.Wide = also
	e := &entry{button: b, also: also, do: do, now: now}
	r.entries = append(r.entries, e)
	line := container.NewBorder(nil, nil, gap(indent, 0), nil, b)
	b.OnFocus = func() {
		r.reveal(line)
		r.w.writeState()
	}
	r.list.Add(line)
	return e
}

const railTop float32 = 4 // above the first heading

// reveal scrolls just so far that a line can be seen.
func (r *rail) reveal(line fyne.CanvasObject) {
	const air = 6
	top, tall := line.Position().Y+railTop-air, line.Size().Height+2*air
	at := r.scroll.Offset.Y
	if below := top + tall - r.scroll.Size().Height; below > at {
		at = below
	}
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(at, top))))
}

// update shows what holds now. Where other things can be chosen than before,
// such as after a switch was turned, it lists them anew.
func (r *rail) update() {
	if asked := strings.Join(r.w.screen.Player().Asked(), " "); asked != r.asked {
		r.asked = asked
		r.fill()
		return
	}
	for _, e := range r.entries {
		now := e.now()
		icon := ""
		switch {
		case now.on:
			icon = look.IconCheck
		case e.choice:
			icon = "blank" // keeps the words of all choices in line
		}
		e.also.SetText(now.also)
		e.button.Set(now.label, icon)
		e.button.SetChosen(now.here)
		if now.off || e.choice && r.w.isSaved() { // nobody is there to do otherwise
			e.button.Disable()
		} else {
			e.button.Enable()
		}
	}
}

func (r *rail) setWide(wide bool) {
	r.wide = wide
	r.place()
}

func (r *rail) toggle() {
	r.shown = !r.shown
	r.place()
	r.w.body.Refresh()
}

func (r *rail) place() {
	visible(r.card, r.wide || r.shown)
	r.w.body.Objects = r.w.frame.order(r.shown && !r.wide)
}

// floats reports whether it lies over the screen.
func (r *rail) floats() bool { return r.shown && !r.wide }

func (r *rail) hideFloating() {
	if r.floats() {
		r.toggle()
	}
}
