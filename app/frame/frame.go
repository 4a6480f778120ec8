// Package frame is what stands around a room: the bar on top, the rail at the
// left, title and strip over the content, and the menus.
//
// All of it is told what to show and tells by callbacks what was pressed. It must
// know no window and no room.
package frame

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Widths at which the frame changes.
const (
	railWidth   float32 = 254
	foldedWidth float32 = 60   // of a rail of signs
	railFrom    float32 = 1180 // narrower windows show the rail on demand
	headerHigh  float32 = 56
	headerLow   float32 = 46 // in a low window
	frameLeast  float32 = 480
	frameLowest float32 = 290 // with the menu above it, a screen of 640 pixels holds it at 200 %
)

// Calls are what a frame tells, and what it asks.
type Calls struct {
	Key   func(*fyne.KeyEvent) bool // a key that no part has use for; true: it was dealt with
	Voice func(i int)               // another voice was chosen
	Home  func()                    // the logo was pressed
	Focus func()                    // a row of the rail has the keyboard now
	Shut  func()                    // the sentence under the title was closed
	Back  func()                    // its button that leads back was pressed
	Rail  func(Rail)                // the rail was folded, hidden or called
	Title func() room.Title         // asked after each layout, because what is shown may have become narrow

	popped popped // the menu that was opened last
}

// Bar is what the bar on top shows.
type Bar struct {
	Places        []room.Command // the one that is open is on
	Back, Forward room.Command
	Search        room.Command
	Voice         int
	Lenses        []room.Command
}

// Frame places bar, rail, title, strip and the content of a room.
type Frame struct {
	calls    Calls
	header   *header
	head     *head
	rail     *rail
	notice   *notice
	body     *fyne.Container
	content  fyne.CanvasObject
	floating bool // the rail lies over the content
	sheet    *sheet
	tip      *page.Tip // says what a sign stands for, beside it
}

// New returns a frame around nothing. The voices are in the words of the switch.
func New(say *catalog.Catalog, voices []string, calls Calls) *Frame {
	f := &Frame{calls: calls, content: container.NewStack()}
	f.header, f.head, f.rail = newHeader(say, voices, &f.calls), newHead(say, &f.calls), newRail(calls.Key)
	f.sheet, f.tip = newSheet(), page.NewTip()
	f.rail.hint = f.hint
	for _, b := range append(f.header.signs(), f.head.lens) {
		f.hint(b)
	}
	f.notice = newNotice(say, calls.Key, calls.Back, calls.Shut)
	f.body = container.New((*layout)(f))
	f.header.rail.OnTapped = f.ToggleRail
	f.rail.onFocus, f.rail.onPlace, f.rail.onToggled = calls.Focus, f.float, f.body.Refresh
	f.order()
	return f
}

// Content is all of it.
func (f *Frame) Content() fyne.CanvasObject { return f.body }

// Hold puts other content into the frame.
func (f *Frame) Hold(content fyne.CanvasObject) {
	f.content = content
	f.order()
	f.body.Refresh()
}

// Show says what a room is called, lists what its rail holds, and what its strip offers.
func (f *Frame) Show(t room.Title, rail []room.Section, strip []room.Chip) {
	had, high := f.rail.empty(), f.head.high()
	f.header.rail.Help = t.Rail
	f.head.show(t, strip)
	f.rail.show(rail)
	if had != f.rail.empty() || high != f.head.high() {
		f.body.Refresh()
	}
}

// Tell shows where somebody is and how it is told.
func (f *Frame) Tell(b Bar) {
	f.header.show(b)
	f.head.tell(b.Lenses)
}

// SetRail shows the rail as it was left last time.
func (f *Frame) SetRail(r Rail) {
	f.rail.as = r
	f.body.Refresh()
}

// ToggleRail hides the rail or shows it: beside the content where there is room, else over it.
func (f *Frame) ToggleRail() {
	f.rail.toggle()
	f.calls.rail(f.rail.as)
}

// FoldRail makes signs of the rows of the rail, or rows of the signs.
func (f *Frame) FoldRail() {
	f.rail.fold()
	f.calls.rail(f.rail.as)
}

func (c *Calls) rail(as Rail) {
	if c.Rail != nil {
		c.Rail(as)
	}
}

// Floats reports whether the rail lies over the content.
func (f *Frame) Floats() bool { return f.rail.floats() }

// Say shows a sentence under the title; "" takes it away.
func (f *Frame) Say(words string) { f.notify(words, false) }

// SayBack is the same, with a button that leads back.
func (f *Frame) SayBack(words string) { f.notify(words, true) }

// Said is the sentence that shows under the title, "" where none does.
func (f *Frame) Said() string { return f.notice.said }

func (f *Frame) notify(words string, leads bool) {
	if f.notice.said != words || f.notice.leads != leads {
		f.notice.say(words, leads)
		f.body.Refresh()
	}
}

// Clear takes a rail away that lies over the content.
func (f *Frame) Clear() { f.rail.hideFloating() }

// LabelOf is the label of whatever of the frame has the keyboard: a row of the rail, a button; or "".
func (f *Frame) LabelOf(focused fyne.Focusable) string {
	if row := f.rail.labelOf(focused); row != "" {
		return row
	}
	b, ok := focused.(*page.Button)
	if !ok || !slices.Contains(append(f.header.stops(), f.head.stops()...), focused) {
		return ""
	}
	return cmp.Or(b.Label, b.Help)
}

// hint has a button say beside it what it is for, while it is pointed at or has the keyboard.
func (f *Frame) hint(b *page.Button) {
	b.Hint = func(words string) { f.tip.Show(words, b, f.body) }
}

// float lays the rail over the content, or beside it.
func (f *Frame) float(over bool) {
	f.floating = over
	f.order()
}

// order is what is drawn first and reached by Tab first. A rail that floats is
// drawn over the content; one that stands beside it comes before it.
func (f *Frame) order() {
	f.body.Objects = []fyne.CanvasObject{f.rail.card, f.header.bar, f.head.row, f.notice, f.content, f.sheet.card, f.tip.All}
	if f.floating {
		f.body.Objects = []fyne.CanvasObject{f.header.bar, f.head.row, f.notice, f.content, f.sheet.card, f.rail.card, f.tip.All}
	}
}

// layout lays a frame out.
type layout Frame

// MinSize is small on purpose: panes collapse rather than keep the window large.
func (l *layout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, frameLowest) }

// Layout lets the rail float over the content where there is no room for both.
func (l *layout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := (*Frame)(l)
	low := size.Height < lowUnder
	right := f.sheet.width(size.Width)
	wide := size.Width-right >= railFrom
	f.rail.setWide(wide)
	top := headerHigh
	if low {
		top = headerLow
	}
	left := f.rail.width()
	f.header.listed = !f.rail.empty() && left == 0
	page.Put(f.header.bar, 0, 0, size.Width, top)
	f.header.Layout(nil, fyne.NewSize(size.Width, top))
	f.rail.lay(top, size.Height-top)
	f.head.low = low
	f.head.titles = f.calls.Title()
	f.sheet.lay(size, top)
	page.Put(f.head.row, left, top, size.Width-right-left, f.head.high())
	f.head.show(f.head.titles, f.head.strip)
	top += f.head.high()
	if said := f.notice.HeightFor(size.Width - right - left - 2*look.Gutter); said > 0 {
		page.Place(f.notice, left+look.Gutter, top+4, size.Width-right-left-2*look.Gutter, said)
		top += said + 4
	}
	page.Put(f.content, left, top, size.Width-right-left, size.Height-top)
}
