package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
)

// LongList is any number of rows of one height below each other, of which it
// makes only those in sight. The arrows move a mark through it, Enter and Space
// open what is marked. The toolkit's own list keeps every key for itself, Escape
// among them, and only a theme over its words takes its shadows away.
type LongList struct {
	Base
	OnOpen func(i int)                 // a row was pressed
	OnMark func(i int)                 // the mark went to a row; nil: nobody asks
	OnKey  func(k *fyne.KeyEvent) bool // a key that it has no use for; nil: that is dropped
	Quiet  bool                        // the mark shows only while the list has the keyboard

	row     func() Part
	tell    func(i int, row Part)
	count   int
	high    float32
	marked  int
	focused bool
	pane    *look.Scroll
	sheet   *longSheet
}

var _ fyne.Focusable = (*LongList)(nil)

// NewLongList returns an empty list whose rows are that high. A row is made
// without words; tell writes those of the i-th into one that may have others.
func NewLongList[R Part](high float32, fresh func() R, tell func(i int, row R)) *LongList {
	l := &LongList{high: high, row: func() Part { return fresh() }}
	l.tell = func(i int, row Part) {
		if r, ok := row.(R); ok {
			tell(i, r)
		}
	}
	round := func() *canvas.Rectangle { return &canvas.Rectangle{CornerRadius: look.Round} }
	l.sheet = &longSheet{list: l, hovered: -1, under: round(), mark: round()}
	l.sheet.Extend(l.sheet)
	l.pane = look.NewScroll(l.sheet)
	l.pane.OnScrolled = func(fyne.Position) { l.sheet.Refresh() }
	l.Shown = []fyne.CanvasObject{l.pane}
	l.Extend(l)
	return l
}

// Set says how many rows there are, all of which may say something else now.
// The mark stays where it is as long as there is such a row.
func (l *LongList) Set(count int) {
	l.count, l.marked = count, max(0, min(l.marked, count-1))
	l.sheet.stale()
	l.Refresh()
}

// Marked is the row that Enter opens; of an empty list -1.
func (l *LongList) Marked() int { return min(l.marked, l.count-1) }

// Mark puts the mark on a row and shows that.
func (l *LongList) Mark(i int) {
	l.marked = max(0, min(i, l.count-1))
	l.reveal()
	l.sheet.Refresh()
	if l.OnMark != nil && l.count > 0 {
		l.OnMark(l.marked)
	}
}

// ScrollTo shows what is so far below the top.
func (l *LongList) ScrollTo(y float32) { l.pane.ScrollToOffset(fyne.NewPos(0, y)) }

// Open presses a row.
func (l *LongList) Open(i int) {
	if i >= 0 && i < l.count && l.OnOpen != nil {
		l.OnOpen(i)
	}
}

// reveal scrolls just so far that the mark can be seen.
func (l *LongList) reveal() {
	top, tall := float32(l.marked)*l.high, l.pane.Size().Height
	y := max(min(l.pane.Offset.Y, top), top+l.high-tall)
	if y != l.pane.Offset.Y {
		l.ScrollTo(y)
	}
}

// HeightFor is part of [Part].
func (l *LongList) HeightFor(float32) float32 { return float32(l.count) * l.high }

// LeastSize is that of a few rows.
func (l *LongList) LeastSize() fyne.Size { return fyne.NewSize(120, 3*l.high) }

// Arrange is part of [Part].
func (l *LongList) Arrange(size fyne.Size) {
	l.pane.Resize(size)
	l.pane.Refresh()
	l.sheet.Refresh()
}

// FocusGained is part of [fyne.Focusable].
func (l *LongList) FocusGained() { l.focused = true; l.sheet.Refresh() }

// FocusLost is part of [fyne.Focusable].
func (l *LongList) FocusLost() { l.focused = false; l.sheet.Refresh() }

// TypedRune is part of [fyne.Focusable].
func (l *LongList) TypedRune(rune) {}

// TypedKey moves the mark, opens what is marked, and hands every other key on.
func (l *LongList) TypedKey(k *fyne.KeyEvent) {
	if Presses(k.Name) {
		l.Open(l.Marked())
		return
	}
	if !l.Turn(k) && l.OnKey != nil {
		l.OnKey(k)
	}
}

// Turn moves the mark; it reports whether the key was one for that.
func (l *LongList) Turn(k *fyne.KeyEvent) bool {
	leaf := max(1, int(l.pane.Size().Height/l.high)-1)
	to, known := map[fyne.KeyName]int{
		fyne.KeyDown: l.marked + 1, fyne.KeyUp: l.marked - 1, fyne.KeyPageDown: l.marked + leaf, fyne.KeyPageUp: l.marked - leaf,
		fyne.KeyHome: 0, fyne.KeyEnd: l.count - 1,
	}[k.Name]
	if known {
		l.Mark(to)
	}
	return known
}

// longSheet is what scrolls: as high as all rows, and made of those in sight.
type longSheet struct {
	Base
	list    *LongList
	rows    []Part
	says    []int // which row of the list each of those tells; -1: none yet
	hovered int
	under   *canvas.Rectangle // the row below the mouse
	mark    *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*longSheet)(nil)
	_ desktop.Hoverable  = (*longSheet)(nil)
	_ desktop.Cursorable = (*longSheet)(nil)
)

// stale has every row told anew.
func (s *longSheet) stale() {
	for i := range s.says {
		s.says[i] = -1
	}
}

// HeightFor is part of [Part].
func (s *longSheet) HeightFor(width float32) float32 { return s.list.HeightFor(width) }

// LeastSize is part of [Part].
func (s *longSheet) LeastSize() fyne.Size { return fyne.NewSize(1, s.list.HeightFor(1)) }

// Arrange puts the rows in sight where they belong. A row that scrolls out at one end comes in at the other.
func (s *longSheet) Arrange(size fyne.Size) {
	l := s.list
	top, tall := l.pane.Offset.Y, l.pane.Size().Height
	s.Shown = s.Shown[:0]
	Fill(s.under, look.CardSoft, "", 0)
	s.ground(s.under, s.hovered, size.Width)
	line := look.Edge
	if l.focused {
		line = look.Focus
	}
	Fill(s.mark, look.Band, line, 1)
	if l.focused || !l.Quiet {
		s.ground(s.mark, l.Marked(), size.Width)
	}
	slots := int(tall/l.high) + 2
	from := max(0, int(top/l.high))
	for i := from; i < min(l.count, from+slots); i++ {
		row := s.row(i % slots)
		if s.says[i%slots] != i {
			s.says[i%slots] = i
			l.tell(i, row)
		}
		Place(row, look.Gap, float32(i)*l.high, size.Width-2*look.Gap, l.high)
		s.Shown = append(s.Shown, row)
	}
}

// ground lies below a row, if that is one.
func (s *longSheet) ground(r *canvas.Rectangle, i int, width float32) {
	if i >= 0 && i < s.list.count {
		Put(r, 0, float32(i)*s.list.high, width, s.list.high)
		s.Shown = append(s.Shown, r)
	}
}

func (s *longSheet) row(slot int) Part {
	for len(s.rows) <= slot {
		s.rows, s.says = append(s.rows, s.list.row()), append(s.says, -1)
	}
	return s.rows[slot]
}

// at is the row at a height.
func (s *longSheet) at(p fyne.Position) int { return int(p.Y / s.list.high) }

// Tapped is part of [fyne.Tappable].
func (s *longSheet) Tapped(e *fyne.PointEvent) {
	s.list.Mark(s.at(e.Position))
	s.list.Open(s.at(e.Position))
}

// MouseIn is part of [desktop.Hoverable].
func (s *longSheet) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved lights the row below the mouse.
func (s *longSheet) MouseMoved(e *desktop.MouseEvent) { s.hover(s.at(e.Position)) }

// MouseOut ends that.
func (s *longSheet) MouseOut() { s.hover(-1) }

func (s *longSheet) hover(i int) {
	if s.hovered != i {
		s.hovered = i
		s.Refresh()
	}
}

// Cursor is a hand where there is a row.
func (s *longSheet) Cursor() desktop.Cursor {
	if s.hovered >= 0 && s.hovered < s.list.count {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
