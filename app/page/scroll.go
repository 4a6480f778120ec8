package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
)

// Scroll shows a part that may be taller than the room that there is. It turns
// with the keys for that, and on demand so far that what has the keyboard can
// be seen.
type Scroll struct {
	Base
	OnSeen  func(top, tall float32) // which stretch of the part can be seen
	Covered float32                 // of the foot, by something that lies over it

	root Part
	pane *look.Scroll
}

// NewScroll returns a scroll that begins at the top of a part.
func NewScroll(root Part) *Scroll {
	s := &Scroll{root: root, pane: look.NewScroll(root)}
	s.pane.OnScrolled = func(fyne.Position) { s.tell() }
	s.Shown = []fyne.CanvasObject{s.pane}
	s.Extend(s)
	return s
}

// Set shows another part; where it stands stays until [Scroll.Rewind].
func (s *Scroll) Set(root Part) { s.root, s.pane.Content = root, root }

// Rewind lets it stand at its top when it is laid out next.
func (s *Scroll) Rewind() { s.pane.Offset = fyne.Position{} }

// HeightFor is part of [Part].
func (s *Scroll) HeightFor(width float32) float32 { return s.root.HeightFor(width) }

// LeastSize is part of [Part].
func (s *Scroll) LeastSize() fyne.Size { return s.pane.MinSize() }

// Arrange gives the part the width that there is, and all the height that it takes.
func (s *Scroll) Arrange(size fyne.Size) {
	if s.pane.Size() != size {
		s.pane.Resize(size)
	}
	s.root.Move(fyne.NewPos(-s.pane.Offset.X, -s.pane.Offset.Y))
	s.root.Resize(fyne.NewSize(size.Width, max(s.root.HeightFor(size.Width), size.Height)))
	s.pane.Refresh() // which arranges the part anew where its size stays
	s.tell()
}

func (s *Scroll) tell() {
	if s.OnSeen != nil {
		s.OnSeen(s.pane.Offset.Y, s.pane.Size().Height)
	}
}

// Turn scrolls with the keys for that; it reports whether this was one.
func (s *Scroll) Turn(e *fyne.KeyEvent) bool {
	leaf := s.pane.Size().Height * 0.9
	switch e.Name {
	case fyne.KeyPageDown:
		s.to(s.pane.Offset.Y + leaf)
	case fyne.KeyPageUp:
		s.to(s.pane.Offset.Y - leaf)
	case fyne.KeyHome:
		s.to(0)
	case fyne.KeyEnd:
		s.to(s.root.Size().Height)
	default:
		return false
	}
	return true
}

// Shift is Turn, and a few lines up and down with the arrows.
func (s *Scroll) Shift(e *fyne.KeyEvent) bool {
	const lines float32 = 60
	switch e.Name {
	case fyne.KeyDown:
		s.to(s.pane.Offset.Y + lines)
	case fyne.KeyUp:
		s.to(s.pane.Offset.Y - lines)
	default:
		return s.Turn(e)
	}
	return true
}

func (s *Scroll) to(y float32) {
	most := max(0, s.root.Size().Height-s.pane.Size().Height)
	s.pane.ScrollToOffset(fyne.NewPos(0, max(0, min(y, most))))
	s.tell()
}

// Reveal scrolls just so far that an object of the part can be seen.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	y, found := offsetIn(s.root, o)
	if !found {
		return
	}
	s.to(revealed(s.pane.Offset.Y, s.pane.Size().Height-s.Covered, y, o.Size().Height))
}

// revealed is where a window of a height has to stand so that it shows what
// stands at y: where it stands, if that will do.
func revealed(at, window, y, tall float32) float32 {
	const margin = 8
	switch top, bottom := y-margin, y+tall+margin; {
	case top < at:
		return top
	case bottom > at+window:
		return min(top, bottom-window)
	}
	return at
}

// offsetIn returns how far down in the outer object another one stands.
func offsetIn(outer, what fyne.CanvasObject) (float32, bool) {
	for _, o := range inside(outer) {
		if o == what {
			return o.Position().Y, true
		}
		if y, found := offsetIn(o, what); found {
			return y + o.Position().Y, true
		}
	}
	return 0, false
}

// Holds reports whether what has the keyboard is among objects, or inside one of them.
func Holds(objects []fyne.CanvasObject, what fyne.Focusable) bool {
	for _, o := range objects {
		if f, ok := o.(fyne.Focusable); ok && f == what {
			return true
		}
		if Holds(inside(o), what) {
			return true
		}
	}
	return false
}

// inside is what an object is made of.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case Drawn:
		return o.Objects()
	case *fyne.Container:
		return o.Objects
	case *look.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	}
	return nil
}
