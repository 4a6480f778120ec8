package deck

import (
	"math"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
)

// lines joins pieces of one line of words: another program has another font, in
// which they would not meet.
type lines struct {
	fonts *pen.Fonts
	write func(line []pen.Text)
	line  []pen.Text
	ends  float64 // where the next piece would begin
}

func (l *lines) add(t pen.Text) {
	if n := len(l.line); n > 0 {
		first := l.line[0]
		if first.Y == t.Y && first.Size == t.Size && t.Anchor == 0 && first.Anchor == 0 && math.Abs(t.X-l.ends) < 1 {
			l.line = append(l.line, t)
			l.ends = t.X + l.fonts.Width(t.Words, t.Size, t.Bold)
			return
		}
	}
	l.flush()
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
