package lookup

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Shows reports whether an address leads to something that is looked up.
func Shows(to address.Address) bool { return slices.Contains(lookup.Kinds(), to.Place) }

// Sheet is a page that is read beside a room: the same page as in the room of
// its own, narrower, with the way there and the way back. Its links to other
// pages turn it; those to a place lead there, and it stays beside that.
type Sheet struct {
	*reader
	been    []address.Address // the pages before this one
	kind    *page.Line
	back    *page.Button
	whole   *page.Button
	content fyne.CanvasObject
}

// NewSheet returns a sheet without a page; shut takes it away.
func NewSheet(w room.Window, words *tutorials.Library, provider string, shut func()) *Sheet {
	say := words.Catalog()
	s := &Sheet{reader: newReader(w, words, provider, func(float32) page.Margins {
		return page.Margins{Side: look.Gutter + 4, Above: 4, Below: look.Gutter}
	})}
	s.size = look.Body
	s.open = s.turn
	s.kind = page.NewLine("", look.Body, look.InkSoft)
	s.kind.Bold, s.kind.Least = true, 40
	s.back = page.NewIconButton("back", say.Text("lookup.sheet.back"), s.before)
	s.whole = page.NewButton(say.Text("lookup.sheet.whole"), func() {
		shut()
		w.Go(s.to)
	})
	shutter := page.NewIconButton("close", say.Text("frame.close"), shut)
	for _, b := range []*page.Button{s.back, s.whole, shutter} {
		b.Quiet, b.OnKey = true, s.typed
	}
	s.kit.Key = func(k *fyne.KeyEvent) { s.typed(k) }
	head := container.NewBorder(nil, nil, s.back, container.NewHBox(s.whole, shutter), s.kind)
	s.content = container.NewBorder(container.New(layout.NewCustomPaddedLayout(8, 4, look.Gutter, 8), head), nil, nil, nil, s.scroll)
	return s
}

// Content is all of it.
func (s *Sheet) Content() fyne.CanvasObject { return s.content }

// Stops are what can have the keyboard, the words first.
func (s *Sheet) Stops() []fyne.Focusable { return page.Stops(s.content) }

// Page is the address of what is read.
func (s *Sheet) Page() address.Address { return s.to }

// Read opens a page.
func (s *Sheet) Read(to address.Address) {
	if s.drawn() && !s.to.Equal(to) {
		s.been = append(s.been, s.to)
	}
	s.turnTo(to)
}

// Tell says the page in another voice, or through another lens.
func (s *Sheet) Tell(m room.Manner) {
	s.tell(m)
	s.name()
}

// turn opens what a link leads to: a page in the sheet, and anything else in its place.
func (s *Sheet) turn(to address.Address) {
	if Shows(to) {
		s.Read(to)
		return
	}
	s.window.Go(to)
}

func (s *Sheet) before() {
	if last := len(s.been) - 1; last >= 0 {
		to := s.been[last]
		s.been = s.been[:last]
		s.turnTo(to)
	}
}

func (s *Sheet) turnTo(to address.Address) {
	s.show(to)
	s.name()
	s.window.Changed()
}

// name says at the head what kind of page it is.
func (s *Sheet) name() {
	s.kind.SetText(s.words.Catalog().Text("lookup.place." + s.page.Kind))
	page.Show(s.back, len(s.been) > 0)
	s.content.Refresh()
}

// typed goes from link to link, turns a long page, and leaves other keys to the window.
func (s *Sheet) typed(k *fyne.KeyEvent) bool {
	return page.Along(page.Stops(s.content), k, fyne.KeyUp, fyne.KeyDown) || s.scroll.Turn(k) || s.window.Typed(k)
}
