package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Line is one line of text. It never wraps: it shrinks from its end, and asks
// for no more room than Least, so that it can stand in a narrow window. What
// is to be read in full, or has links, is a [Text].
type Line struct {
	Base

	Words  string
	Points float32
	Ink    fyne.ThemeColorName
	Bold   bool
	Mono   bool
	Least  float32 // width below which it does not shrink; 0: its own
	Last   bool    // stands at the right end of its room

	text *canvas.Text
}

// NewLine returns a line of text.
func NewLine(words string, size float32, ink fyne.ThemeColorName) *Line {
	l := &Line{Words: words, Points: size, Ink: ink, text: &canvas.Text{}}
	l.Shown = []fyne.CanvasObject{l.text}
	l.Extend(l)
	return l
}

// SetText changes the words.
func (l *Line) SetText(words string) {
	if l.Words != words {
		l.Words = words
		l.Refresh()
	}
}

func (l *Line) face() Face { return Face{Size: l.Points, Bold: l.Bold, Mono: l.Mono} }

func (l *Line) full() fyne.Size { return fyne.MeasureText(l.Words, l.Points, l.face().style()) }

// HeightFor is part of [Part].
func (l *Line) HeightFor(float32) float32 { return l.full().Height }

// LeastSize is part of [Part].
func (l *Line) LeastSize() fyne.Size {
	full := l.full()
	if l.Least > 0 {
		full.Width = min(full.Width, l.Least)
	}
	return full
}

// Arrange is part of [Part].
func (l *Line) Arrange(size fyne.Size) {
	Write(l.text, Shorten(l.Words, l.face(), size.Width), &Span{Ink: l.Ink, Face: l.face()})
	x := float32(0)
	if l.Last {
		x = max(0, size.Width-l.text.MinSize().Width)
	}
	full := l.full()
	Put(l.text, x, (size.Height-full.Height)/2, size.Width, full.Height)
}
