package frame

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
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
	scroll  *look.Scroll
	entries []*entry
	shape   string // what is listed, without its words, see [shapeOf]
	here    string // the label of the row that was scrolled to, because it is looked at
	signs   *fyne.Container
	as      Rail // where there is room beside the content
	wide    bool // there is
	shown   bool // floats over the content where there is not

	hint      func(*page.Button)        // has a sign say what it stands for
	onKey     func(*fyne.KeyEvent) bool // a key that a row has no use for
	onFocus   func()                    // a row has the keyboard now
	onPlace   func(floating bool)       // it lies over the room, or beside it
	onToggled func()
}

// Rail is how the rail stands beside the content.
type Rail string

// The ways.
const (
	RailOpen   Rail = ""
	RailFolded Rail = "folded" // to the signs of its rows
	RailHidden Rail = "hidden"
)

func newRail(onKey func(*fyne.KeyEvent) bool) *rail {
	r := &rail{onKey: onKey, list: container.New(fynelayout.NewCustomPaddedVBoxLayout(0))}
	r.scroll = look.NewScroll(container.New(fynelayout.NewCustomPaddedLayout(railTop, 12, railSide, railSide), r.list))
	r.signs = container.New(fynelayout.NewCustomPaddedVBoxLayout(2))
	r.card = container.NewStack(newGround(look.Card, rightEdge), r.scroll,
		container.New(fynelayout.NewCustomPaddedLayout(railTop+8, 12, 8, 9), r.signs))
	r.card.Hide()
	return r
}

// show lists what there is now. Rows are made anew only where other things
// stand in the list than before, so that the one with the keyboard keeps it.
func (r *rail) show(sections []room.Section) {
	if shape := shapeOf(sections); shape != r.shape {
		r.shape, r.here = shape, ""
		r.fill(sections)
	}
	i := 0
	for _, s := range sections {
		for _, row := range s.Rows {
			r.entries[i].set(row)
			i++
		}
	}
	r.showSigns()
	if r.list.MinSize().Height != r.list.Size().Height { // a label may have come to need another row
		r.list.Refresh()
		r.scroll.Refresh()
	}
	r.revealHere()
}

// revealHere scrolls to what is looked at whenever that is something else.
func (r *rail) revealHere() {
	if r.scroll.Size().Height == 0 {
		return // it has no room yet
	}
	for _, e := range r.entries {
		if e.row.Here && e.row.Label != r.here {
			r.here = e.row.Label
			r.reveal(e.line)
		}
	}
}

// showSigns keeps the signs of a folded rail true to its rows.
func (r *rail) showSigns() {
	i := 0
	for n, e := range r.entries {
		if e.row.Sign == "" {
			continue
		}
		if i == len(r.signs.Objects) {
			b := page.NewButton("", nil)
			b.Quiet, b.OnKey = true, r.key
			r.hint(b)
			r.signs.Add(b)
		}
		b, ok := r.signs.Objects[i].(*page.Button)
		if !ok {
			continue
		}
		b.OnTapped, b.Help = func() { e.row.Do() }, e.row.Label
		b.Set(e.row.Sign, "")
		b.SetChosen(e.row.Here || r.holdsHere(n))
		b.SetHolds(e.row.Holds)
		i++
	}
	r.signs.Objects = r.signs.Objects[:i]
}

// shapeOf tells two lists apart that can't be shown by the same rows.
func shapeOf(sections []room.Section) string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintln(&b, s.Title)
		for _, row := range s.Rows {
			fmt.Fprint(&b, row.Indent, row.Choice, row.Sign, " ")
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
	r.list.Add(container.New(fynelayout.NewCustomPaddedLayout(16, 4, 10, 0), t))
}

func (r *rail) add(row room.Row) {
	e := &entry{row: row}
	e.button = page.NewButton("", func() {
		e.row.Do()
		r.hideFloating()
	})
	e.button.Quiet, e.button.Leading, e.button.Least, e.button.Within = true, true, 120, railWidth-2*railSide-indent(row)
	e.button.OnKey = r.key
	e.note = page.NewLine("", look.Small, look.InkSoft)
	e.note.Last = true
	e.button.Wide = e.note
	r.entries = append(r.entries, e)
	e.line = container.New(fynelayout.NewCustomPaddedLayout(0, 0, indent(row), 0), e.button)
	e.button.OnFocus = func() {
		r.reveal(e.line)
		r.onFocus()
	}
	r.list.Add(e.line)
}

// holdsHere reports whether what is looked at stands indented below a row.
func (r *rail) holdsHere(n int) bool {
	for _, e := range r.entries[n+1:] {
		if !e.row.Indent {
			return false
		}
		if e.row.Here {
			return true
		}
	}
	return false
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

const (
	railTop  float32 = 4  // above the first heading
	railSide float32 = 11 // at both sides of its rows
)

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

// toggle shows the rail or hides it.
func (r *rail) toggle() {
	switch {
	case !r.wide:
		r.shown = !r.shown
	case r.as == RailHidden:
		r.as = RailOpen
	default:
		r.as = RailHidden
	}
	r.place()
	r.onToggled()
}

// fold makes signs of the rows, or rows of the signs.
func (r *rail) fold() {
	if r.as == RailFolded {
		r.as = RailOpen
	} else {
		r.as = RailFolded
	}
	r.place()
	r.onToggled()
}

// folded reports whether the rail shows signs alone.
func (r *rail) folded() bool { return r.as == RailFolded && r.wide && len(r.signs.Objects) > 0 }

func (r *rail) place() {
	visible(r.card, !r.empty() && (r.wide && r.as != RailHidden || !r.wide && r.shown))
	visible(r.scroll, !r.folded())
	visible(r.signs, r.folded())
	r.onPlace(r.floats())
}

// width is what the rail takes from the content.
func (r *rail) width() float32 {
	switch {
	case !r.wide || r.empty() || r.as == RailHidden:
		return 0
	case r.folded():
		return foldedWidth
	}
	return railWidth
}

// lay gives the rail its room.
func (r *rail) lay(top, high float32) {
	wide := railWidth
	if r.folded() {
		wide = foldedWidth
	}
	r.card.Move(fyne.NewPos(0, top))
	r.card.Resize(fyne.NewSize(wide, high))
	r.revealHere()
}

// stops are what can have the keyboard.
func (r *rail) stops() []fyne.Focusable {
	if !r.card.Visible() {
		return nil
	}
	if r.folded() {
		return page.Stops(r.signs.Objects...)
	}
	var rows []fyne.CanvasObject
	for _, e := range r.entries {
		rows = append(rows, e.button)
	}
	return page.Stops(rows...)
}

// key goes from row to row by arrows.
func (r *rail) key(k *fyne.KeyEvent) bool {
	return page.Along(r.stops(), k, fyne.KeyUp, fyne.KeyDown) || r.onKey(k)
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
