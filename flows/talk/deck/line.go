package deck

import (
	"math"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
)

// lines hands a pen the pieces of one line of words together: whoever opens the
// file has another font, in which they would not meet. Whatever else is drawn
// comes after the words before it.
type lines struct {
	pen.Pen

	fonts *pen.Fonts
	write func(line []pen.Text)
	line  []pen.Text
	ends  float64 // where the next piece would begin
}

// Text is part of [pen.Pen].
func (l *lines) Text(t pen.Text) {
	if n := len(l.line); n > 0 {
		first := l.line[0]
		if first.Y != t.Y || first.Size != t.Size || t.Anchor != 0 || first.Anchor != 0 || math.Abs(t.X-l.ends) >= 1 {
			l.flush()
		}
	}
	l.line = append(l.line, t)
	l.ends = t.X + l.fonts.Width(t.Words, t.Size, t.Bold)
}

func (l *lines) flush() {
	if len(l.line) == 0 {
		return
	}
	last := &l.line[len(l.line)-1]
	last.Words = strings.TrimRight(last.Words, " ")
	l.write(l.line)
	l.line = nil
}

// Rect is part of [pen.Pen].
func (l *lines) Rect(s pen.Shape) {
	l.flush()
	l.Pen.Rect(s)
}

// Disc is part of [pen.Pen].
func (l *lines) Disc(x, y, radius float64, fill uint32) {
	l.flush()
	l.Pen.Disc(x, y, radius, fill)
}

// Line is part of [pen.Pen].
func (l *lines) Line(s pen.Stroke) {
	l.flush()
	l.Pen.Line(s)
}

// Polygon is part of [pen.Pen].
func (l *lines) Polygon(points []float64, fill uint32) {
	l.flush()
	l.Pen.Polygon(points, fill)
}

// Image is part of [pen.Pen].
func (l *lines) Image(i pen.Image) {
	l.flush()
	l.Pen.Image(i)
}
