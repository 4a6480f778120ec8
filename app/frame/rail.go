package frame

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynelayout "fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// rail is the list at the left, with what the room says that it holds.
type rail struct {
	card    *fyne.Container
	list    *fyne.Container
	scroll  *container.Scroll
	entries []*entry
	shape   string // what is listed, without its words, see [shapeOf]
	wide    bool   // stands beside the room
	shown   bool   // floats over it

	onKey     func(*fyne.KeyEvent) bool // a key that a row has no use for
	onFocus   func()                    // a row has the keyboard now
	onPlace   func(floating bool)       // it lies over the room, or beside it
	onToggled func()
}

// entry is one row of the rail.
type entry struct {
	button *page.Button
	note   *page.Line
	row    room.Row
}

func newRail(onKey func(*fyne.KeyEvent) bool) *rail {
	r := &rail{onKey: onKey, list: container.New(fynelayout.NewCustomPaddedVBoxLayout(0))}
	r.scroll = container.NewVScroll(container.New(fynelayout.NewCustomPaddedLayout(railTop, 12, 10, 12), r.list))
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

// show lists what there is now. Rows are made anew only where other things
// stand in the list than before, so that the one with the keyboard keeps it.
func (r *rail) show(sections []room.Section) {
	if shape := shapeOf(sections); shape != r.shape {
		r.shape = shape
		r.fill(sections)
	}
	i := 0
	for _, s := range sections {
		for _, row := range s.Rows {
			r.entries[i].set(row)
			i++
		}
	}
}

// shapeOf tells two lists apart that can't be shown by the same rows.
func shapeOf(sections []room.Section) string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintln(&b, s.Title)
		for _, row := range s.Rows {
			fmt.Fprint(&b, row.Indent, row.Choice, " ")
		}
	}
	return b.String()
}

func (r *rail) fill(sections []room.Section) {
	r.list.RemoveAll()
	r.entries = nil
	for _, s := range sections {
		r.heading(s.Title)
		for _, row := range s.Rows {
			r.add(row)
		}
	}
	r.scroll.Refresh() // it is as long as its content again
	r.place()
}

func (r *rail) heading(words string) {
	t := page.NewLine(strings.ToUpper(words), look.Small, look.InkSoft)
	t.Bold = true
	r.list.Add(container.NewBorder(gap(0, 12), nil, gap(6, 0), nil, t))
}

func (r *rail) add(row room.Row) {
	e := &entry{row: row}
	e.button = page.NewButton("", func() {
		e.row.Do()
		r.hideFloating()
	})
	e.button.Quiet, e.button.Leading, e.button.Least = true, true, 120
	e.button.OnKey = r.onKey
	e.note = page.NewLine("", look.Small, look.InkSoft)
	e.note.Last = true
	e.button.Wide = e.note
	r.entries = append(r.entries, e)
	indent := float32(0)
	if row.Indent {
		indent = 16
	}
	line := container.NewBorder(nil, nil, gap(indent, 0), nil, e.button)
	e.button.OnFocus = func() {
		r.reveal(line)
		r.onFocus()
	}
	r.list.Add(line)
}

// set shows what holds now.
func (e *entry) set(row room.Row) {
	e.row = row
	icon := ""
	switch {
	case row.On:
		icon = look.IconCheck
	case row.Choice:
		icon = "blank" // keeps the words of all choices in line
	}
	e.note.SetText(row.Note)
	e.button.Set(row.Label, icon)
	e.button.SetChosen(row.Here)
	if row.Off {
		e.button.Disable()
	} else {
		e.button.Enable()
	}
}

// labelOf is that of the row which has the keyboard, or "".
func (r *rail) labelOf(focused fyne.Focusable) string {
	for _, e := range r.entries {
		if focused == fyne.Focusable(e.button) {
			return e.row.Label
		}
	}
	return ""
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

func (r *rail) setWide(wide bool) {
	r.wide = wide
	r.place()
}

func (r *rail) toggle() {
	r.shown = !r.shown
	r.place()
	r.onToggled()
}

func (r *rail) place() {
	visible(r.card, !r.empty() && (r.wide || r.shown))
	r.onPlace(r.floats())
}

// empty reports whether the room has no list: then nothing stands at the left.
func (r *rail) empty() bool { return len(r.entries) == 0 }

// floats reports whether it lies over the screen.
func (r *rail) floats() bool { return r.shown && !r.wide && !r.empty() }

func (r *rail) hideFloating() {
	if r.floats() {
		r.toggle()
	}
}
