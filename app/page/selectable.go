package page

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Selectable is a text of which a part can be marked with the mouse and copied.
// It has the keyboard while something is marked, and is passed over otherwise.
type Selectable struct {
	Text
	anchor, reach spot // from where the pointer was pressed to where it is
	marked        bool
	back          []*canvas.Rectangle
}

// spot is a place between two letters of a text.
type spot struct{ piece, at int }

func (s spot) before(other spot) bool {
	return s.piece < other.piece || s.piece == other.piece && s.at < other.at
}

var (
	_ fyne.Draggable         = (*Selectable)(nil)
	_ fyne.DoubleTappable    = (*Selectable)(nil)
	_ fyne.SecondaryTappable = (*Selectable)(nil)
	_ fyne.Focusable         = (*Selectable)(nil)
	_ fyne.Disableable       = (*Selectable)(nil)
	_ fyne.Shortcutable      = (*Selectable)(nil)
	_ desktop.Cursorable     = (*Selectable)(nil)
)

// NewSelectable returns an empty text.
func NewSelectable(k *Kit) *Selectable {
	s := &Selectable{Text: Text{kit: k, dirty: true}}
	s.Extend(s)
	return s
}

// Set gives the text; what was marked in another one is not marked any more.
func (s *Selectable) Set(paras ...Paragraph) {
	was := s.Words()
	if s.Text.Set(paras...); s.Words() != was {
		s.marked = false
	}
}

// Arrange is part of [Part].
func (s *Selectable) Arrange(size fyne.Size) {
	s.Text.Arrange(size)
	if !s.marked {
		return
	}
	var below []fyne.CanvasObject
	from, to := s.span()
	for i := from.piece; i <= to.piece && i < len(s.pieces); i++ {
		p, left, right := &s.pieces[i], float32(0), s.pieces[i].w
		if i == from.piece {
			left = s.width(i, from.at)
		}
		if i == to.piece {
			right = s.width(i, to.at)
		}
		r := Nth(&s.back, len(below), func() *canvas.Rectangle { return &canvas.Rectangle{} })
		Fill(r, theme.ColorNameSelection, "", 0)
		Put(r, p.x+left, p.y+1, max(0, right-left), p.h-2)
		below = append(below, r)
	}
	s.Shown = append(below, s.Shown...)
}

// width is that of a piece up to a letter.
func (s *Selectable) width(i, at int) float32 {
	return s.kit.Ruler.Width(s.spans[s.pieces[i].span].Face, s.pieces[i].text[:min(at, len(s.pieces[i].text))])
}

func (s *Selectable) span() (from, to spot) {
	if s.reach.before(s.anchor) {
		return s.reach, s.anchor
	}
	return s.anchor, s.reach
}

// spotAt is the place nearest to a position.
func (s *Selectable) spotAt(pos fyne.Position) spot {
	best := spot{}
	for i := range s.pieces {
		p := &s.pieces[i]
		if pos.Y < p.y && i > 0 {
			break
		}
		if pos.Y >= p.y+p.h || pos.X >= p.x || i == 0 || s.pieces[i-1].y < p.y {
			best = spot{i, s.letter(i, pos.X-p.x)}
		}
		if pos.Y >= p.y+p.h {
			best.at = len(p.text)
		}
	}
	return best
}

// letter is where in a piece a distance from its left edge lies.
func (s *Selectable) letter(i int, x float32) int {
	text, last := s.pieces[i].text, float32(0)
	for at := 0; at < len(text); {
		_, n := utf8.DecodeRuneInString(text[at:])
		w := s.width(i, at+n)
		if x < (last+w)/2 {
			return at
		}
		at, last = at+n, w
	}
	return len(text)
}

// Marked is what is marked, as it would be written down.
func (s *Selectable) Marked() string {
	if !s.marked {
		return ""
	}
	var out strings.Builder
	from, to := s.span()
	for i := from.piece; i <= to.piece && i < len(s.pieces); i++ {
		text, low, high := s.pieces[i].text, 0, len(s.pieces[i].text)
		if i == from.piece {
			low = min(from.at, high)
		}
		if i == to.piece {
			high = max(low, min(to.at, high))
		}
		if i > from.piece {
			out.WriteString(s.between(i))
		}
		out.WriteString(text[low:high])
	}
	return out.String()
}

// between is what stands before a piece: nothing, a space, or the end of a paragraph.
func (s *Selectable) between(i int) string {
	p, last := &s.pieces[i], &s.pieces[i-1]
	switch {
	case s.paragraph(p.span) != s.paragraph(last.span):
		return "\n"
	case p.y != last.y || p.x > last.x+last.w+0.5:
		return " "
	}
	return ""
}

func (s *Selectable) paragraph(span int) int {
	for i := range s.paras {
		if span -= len(s.paras[i].Spans); span < 0 {
			return i
		}
	}
	return len(s.paras)
}

// Dragged marks up to where the pointer is.
func (s *Selectable) Dragged(e *fyne.DragEvent) {
	if !s.marked {
		s.anchor = s.spotAt(e.Position.Subtract(e.Dragged))
	}
	s.marked, s.reach = true, s.spotAt(e.Position)
	s.Refresh()
}

// DragEnd gives the keyboard to what is marked.
func (s *Selectable) DragEnd() { s.take() }

// DoubleTapped marks all of it.
func (s *Selectable) DoubleTapped(*fyne.PointEvent) {
	if last := len(s.pieces) - 1; last >= 0 {
		s.marked, s.anchor, s.reach = true, spot{}, spot{last, len(s.pieces[last].text)}
		s.take()
	}
}

func (s *Selectable) take() {
	if c := CanvasOf(s); c != nil && s.Marked() != "" {
		c.Focus(s)
	}
	s.Refresh()
}

// TappedSecondary offers what can be done with the text.
func (s *Selectable) TappedSecondary(e *fyne.PointEvent) {
	s.kit.Context(s.Marked(), e.AbsolutePosition)
}

// Cursor is that of text.
func (s *Selectable) Cursor() desktop.Cursor { return desktop.TextCursor }

// Disabled keeps it out of the way of whoever goes round by keyboard.
func (s *Selectable) Disabled() bool { return !s.marked }

// Enable is part of [fyne.Disableable]; it is what is marked that decides.
func (s *Selectable) Enable() {}

// Disable is part of [fyne.Disableable].
func (s *Selectable) Disable() {}

// FocusGained is part of [fyne.Focusable].
func (s *Selectable) FocusGained() {}

// FocusLost takes the mark away.
func (s *Selectable) FocusLost() {
	s.marked = false
	s.Refresh()
}

// TypedRune is part of [fyne.Focusable].
func (s *Selectable) TypedRune(rune) {}

// TypedKey lets Escape take the mark away, and hands every other key on.
func (s *Selectable) TypedKey(k *fyne.KeyEvent) {
	if c := CanvasOf(s); k.Name == fyne.KeyEscape && c != nil {
		c.Unfocus()
		return
	}
	s.kit.Key(k)
}

// TypedShortcut copies what is marked.
func (s *Selectable) TypedShortcut(what fyne.Shortcut) {
	if _, copies := what.(*fyne.ShortcutCopy); copies {
		s.kit.Copy(s.Marked())
	}
}
