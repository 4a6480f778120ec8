// Package frame is what stands around a room: the header on top, the rail at the
// left, and the menus.
//
// All of it is told what to show and tells by callbacks what was pressed. It must
// know no window and no room.
package frame

import (
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
	railFrom    float32 = 1180 // narrower windows show the rail on demand
	headerHigh  float32 = 56
	frameLeast  float32 = 480
	frameLowest float32 = 360
)

// Calls are what a frame tells, and what it asks.
type Calls struct {
	Key   func(*fyne.KeyEvent) bool // a key that no part has use for; true: it was dealt with
	Voice func(i int)               // another voice was chosen
	Home  func()                    // the logo was pressed
	Focus func()                    // a row of the rail has the keyboard now
	Shut  func()                    // the sentence under the header was closed
	Title func() room.Title         // asked after each layout, because what is shown may have become narrow
}

// Frame places header, rail and the content of a room.
type Frame struct {
	calls    Calls
	header   *header
	rail     *rail
	notice   *notice
	body     *fyne.Container
	ground   *ground
	content  fyne.CanvasObject
	floating bool // the rail lies over the content
}

// New returns a frame around nothing. The voices are in the words of the switch.
func New(say *catalog.Catalog, voices []string, calls Calls) *Frame {
	f := &Frame{calls: calls, header: newHeader(say, voices, calls.Key), rail: newRail(calls.Key), content: container.NewStack()}
	f.ground = newGround(look.Ground, noEdge)
	f.notice = newNotice(say, calls.Key, calls.Shut)
	f.body = container.New((*layout)(f))
	f.header.onVoice, f.header.onRail, f.header.logo.OnTapped = calls.Voice, f.rail.toggle, calls.Home
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

// Show says what a room is called and lists what its rail holds.
func (f *Frame) Show(t room.Title, rail []room.Section) {
	had := f.rail.empty()
	f.header.show(t)
	f.rail.show(rail)
	if had != f.rail.empty() {
		f.body.Refresh()
	}
}

// Tell shows the voice, and the lenses with the one that is on.
func (f *Frame) Tell(voice int, lenses []room.Command) { f.header.tell(voice, lenses) }

// ToggleRail shows or hides the rail where there is no room for it beside the content.
func (f *Frame) ToggleRail() { f.rail.toggle() }

// Floats reports whether the rail lies over the content.
func (f *Frame) Floats() bool { return f.rail.floats() }

// Say shows a sentence under the header; "" takes it away.
func (f *Frame) Say(words string) {
	if f.notice.said != words {
		f.notice.say(words)
		f.body.Refresh()
	}
}

// Clear takes a rail away that lies over the content.
func (f *Frame) Clear() { f.rail.hideFloating() }

// RowOf is the label of the row of the rail that has the keyboard, or "".
func (f *Frame) RowOf(focused fyne.Focusable) string { return f.rail.labelOf(focused) }

// float lays the rail over the content, or beside it.
func (f *Frame) float(over bool) {
	f.floating = over
	f.order()
}

// order is what is drawn first and reached by Tab first. A rail that floats is
// drawn over the content; one that stands beside it comes before it.
func (f *Frame) order() {
	f.body.Objects = []fyne.CanvasObject{f.ground, f.rail.card, f.header.bar, f.notice, f.content}
	if f.floating {
		f.body.Objects = []fyne.CanvasObject{f.ground, f.header.bar, f.notice, f.content, f.rail.card}
	}
}

// layout lays a frame out.
type layout Frame

// MinSize is small on purpose: panes collapse rather than keep the window large.
func (l *layout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, frameLowest) }

// Layout lets the rail float over the content where there is no room for both.
func (l *layout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := (*Frame)(l)
	f.ground.Resize(size)
	wide := size.Width >= railFrom
	f.rail.setWide(wide)
	f.header.bar.Move(fyne.NewPos(0, 0))
	f.header.bar.Resize(fyne.NewSize(size.Width, headerHigh))
	left := float32(0)
	if wide && !f.rail.empty() {
		left = railWidth
	}
	f.rail.card.Move(fyne.NewPos(0, headerHigh))
	f.rail.card.Resize(fyne.NewSize(railWidth, size.Height-headerHigh))
	top := headerHigh
	if said := f.notice.HeightFor(size.Width - left - 2*look.Gap); said > 0 {
		page.Place(f.notice, left+look.Gap, top+look.Gap, size.Width-left-2*look.Gap, said)
		top += said + look.Gap
	}
	f.content.Move(fyne.NewPos(left, top))
	f.content.Resize(fyne.NewSize(size.Width-left, size.Height-top))
	f.header.setWide(wide)
	f.header.show(f.calls.Title())
}
