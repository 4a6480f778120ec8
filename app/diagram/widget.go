package diagram

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Diagram is a sequence diagram: lanes that stay in view, and below them arrows
// that scroll. It draws the arrows that can be seen and no others, so that ten
// thousand cost what twenty do.
//
// Like every Fyne widget it is used on Fyne's own goroutine only.
type Diagram struct {
	widget.BaseWidget

	OnSelected   func(i int)                   // an arrow was tapped, or chosen with Enter
	OnHover      func(i int, text string)      // the pointer is over an arrow: its words in full; (-1, "") when it left
	OnKey        func(key *fyne.KeyEvent) bool // gets every key first; true: it was dealt with
	ReduceMotion bool                          // what travels appears where it rests

	lanes   []Lane
	arrows  []Arrow
	index   map[string]int // of a lane, by its id
	legend  Legend
	current int
	hovered int // the arrow under the pointer, or -1
	marked  int // the arrow that Up and Down went to, or -1
	focused bool
	away    bool // arrows are scrolled away below the boxes
	moved   bool // somebody scrolled or stepped since the diagram came on the screen

	journey journey
	place   geometry
	rows    *rows
	scroll  *look.Scroll
}

var _ fyne.Focusable = (*Diagram)(nil)

// Legend names the four lines, and what travels.
type Legend struct {
	Front, Back, Gesture, Note string
	Cargo                      []Chip // all that will travel, in the order in which it does
	Met                        int    // how many of them did
}

// New returns an empty diagram.
func New() *Diagram {
	d := &Diagram{current: -1, hovered: -1, marked: -1, journey: journey{done: 1}}
	d.legend = Legend{Front: "Front channel", Back: "Back channel", Gesture: "Person's act", Note: "Calculation"}
	d.rows = newRows(d)
	d.scroll = look.NewScroll(d.rows)
	d.scroll.OnScrolled = func(fyne.Position) {
		d.moved = true
		d.rows.scrolled()
	}
	d.ExtendBaseWidget(d)
	return d
}

// SetLanes replaces the lanes. Arrows between unknown lanes show their label only.
func (d *Diagram) SetLanes(lanes []Lane) {
	if slices.Equal(d.lanes, lanes) {
		return
	}
	d.lanes = slices.Clone(lanes)
	d.index = make(map[string]int, len(lanes))
	for i, lane := range lanes {
		d.index[lane.ID] = i
	}
	d.arrange()
	d.Refresh()
}

// SetLegend replaces the words of the legend.
func (d *Diagram) SetLegend(words Legend) {
	d.legend = words
	d.Refresh()
}

// SetArrows replaces all arrows. Which of them is looked at is said by
// [Diagram.SetCurrent] alone: an arrow of state [Current] that is not the
// current one is drawn as a past one.
func (d *Diagram) SetArrows(arrows []Arrow) {
	d.arrows = slices.Clone(arrows)
	d.current = min(d.current, len(arrows)-1)
	d.hovered, d.marked = -1, -1
	d.arrange()
	d.scroll.Refresh()
	d.Refresh()
}

// SetCurrent puts the band on arrow i and scrolls it into view; -1 is the
// moment before the first. One step forward sets what the arrow carries in
// motion.
func (d *Diagram) SetCurrent(i int) {
	i = max(-1, min(i, len(d.arrows)-1))
	before := d.current
	d.current, d.marked = i, -1
	if before != i {
		d.journey.stop()
	}
	d.moved = d.moved || d.scroll.Size().Height > 0
	d.reveal(i)
	if i == before+1 && d.moves(i) {
		d.journey.start(d.rows.Refresh)
	}
	d.Refresh()
}

// Hide stops what moves.
func (d *Diagram) Hide() {
	d.journey.stop()
	d.BaseWidget.Hide()
}

// CreateRenderer is called by Fyne.
func (d *Diagram) CreateRenderer() fyne.WidgetRenderer { return newRenderer(d) }

// FocusGained shows the focus ring.
func (d *Diagram) FocusGained() { d.focus(true) }

// FocusLost hides the focus ring.
func (d *Diagram) FocusLost() { d.focus(false) }

func (d *Diagram) focus(focused bool) {
	d.focused = focused
	if !focused {
		d.marked = -1
	}
	d.Refresh()
}

// TypedRune is part of [fyne.Focusable]; keys say enough.
func (d *Diagram) TypedRune(rune) {}

// TypedKey chooses with Enter the arrow that is marked, and offers every other
// key to OnKey; of the rest, Up and Down mark an arrow, Enter chooses the
// current one and Escape takes the mark away.
func (d *Diagram) TypedKey(key *fyne.KeyEvent) {
	chooses := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
	if (!chooses || d.marked < 0) && d.OnKey != nil && d.OnKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyUp:
		d.mark(-1)
	case fyne.KeyDown:
		d.mark(+1)
	case fyne.KeyEscape:
		d.marked = -1
		d.rows.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter:
		if d.marked >= 0 {
			d.selected(d.marked)
		} else if d.current >= 0 {
			d.selected(d.current)
		}
	}
}

func (d *Diagram) mark(step int) {
	if len(d.arrows) == 0 {
		return
	}
	from := d.marked
	if from < 0 {
		from = d.current
	}
	d.marked = max(0, min(from+step, len(d.arrows)-1))
	d.reveal(d.marked)
	d.rows.Refresh()
	d.said(d.marked)
}

func (d *Diagram) selected(i int) {
	if d.OnSelected != nil {
		d.OnSelected(i)
	}
}

// hover is told which arrow is under the pointer.
func (d *Diagram) hover(i int) {
	if i == d.hovered {
		return
	}
	d.hovered = i
	d.rows.Refresh()
	d.said(i)
}

func (d *Diagram) said(i int) {
	if d.OnHover != nil {
		d.OnHover(i, d.words(i))
	}
}

// words is everything that stands on an arrow, in full.
func (d *Diagram) words(i int) string {
	if i < 0 || i >= len(d.arrows) {
		return ""
	}
	words := []string{strconv.Itoa(i+1) + ". " + d.arrows[i].Label}
	for _, chip := range d.arrows[i].Chips {
		if chip.Gone != "" {
			chip.Label += " (" + chip.Gone + ")"
		}
		words = append(words, chip.Label)
	}
	if later := d.arrows[i].Later; later != "" {
		words = append(words, later)
	}
	return strings.Join(words, " · ")
}

// state is how arrow i is drawn, apart from the band.
func (d *Diagram) state(i int) State {
	if s := d.arrows[i].State; s != Current {
		return s
	}
	return Past
}

func (d *Diagram) moves(i int) bool {
	return i >= 0 && !d.ReduceMotion && d.Visible() && d.Size().Width > 0 && len(d.arrows[i].Chips) > 0
}

// arrange computes where everything stands.
func (d *Diagram) arrange() {
	d.place.low = d.Size().Height < lowWindow
	d.place.setWidth(d.Size().Width, len(d.lanes), textWidth(strconv.Itoa(len(d.arrows)), stepSize, true))
	d.place.setRows(len(d.arrows),
		func(i int) bool { return d.arrows[i].Chapter != "" },
		func(i int) bool { return d.arrows[i].Later != "" },
		func(i int) bool { return len(d.arrows[i].Chips) > 0 })
	d.place.fit(d.scroll.Size().Height)
}

func (d *Diagram) reveal(i int) {
	height := d.scroll.Size().Height
	if height <= 0 {
		return // the first layout reveals the current arrow
	}
	from := d.scroll.Offset.Y
	if !d.moved {
		from = 0 // a window finds its size in several layouts
	}
	d.scroll.ScrollToOffset(fyne.NewPos(0, d.place.reveal(i, from, height)))
}

// scrolledAway draws or takes away the line under the boxes.
func (d *Diagram) scrolledAway() {
	if away := d.scroll.Offset.Y > 0; away != d.away {
		d.Refresh()
	}
}
