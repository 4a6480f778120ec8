package page

import (
	"strings"
	"unicode/utf8"
)

// piece is a part of a span on one line.
type piece struct {
	span       int
	text       string
	x, y, w, h float32
}

// setter places spans on lines of a width.
type setter struct {
	ruler  *Ruler
	width  float32
	pieces []piece
	base   int // first piece of the paragraph
	x, y   float32
	indent float32
	line   float32 // height of the current line
}

// frag is a part of a word in one span.
type frag struct {
	span     int
	from, to int
	w        float32
}

// setText places paragraphs and returns the pieces, reusing the slice, and the height of it all.
func setText(r *Ruler, paragraphs []Paragraph, width float32, reuse []piece) ([]piece, float32) {
	s := &setter{ruler: r, width: width, pieces: reuse[:0]}
	first := 0
	for _, p := range paragraphs {
		s.y += p.Before
		s.x, s.indent, s.base, s.line = p.Indent, p.Indent, len(s.pieces), tallest(p.Spans)
		if p.Fixed {
			s.setLine(p.Spans, first)
		} else {
			s.setWords(p.Spans, first)
		}
		s.y += s.line
		first += len(p.Spans)
	}
	return s.pieces, s.y
}

// arrow comes from a symbol face in Fyne 2.8, which then looks there for the
// space behind it too, and has none.
const arrow = "→"

// behindArrows splits a text behind each arrow.
func behindArrows(text string) []string {
	if !strings.Contains(text, arrow) {
		return []string{text}
	}
	parts := strings.SplitAfter(text, arrow)
	if last := len(parts) - 1; parts[last] == "" {
		parts = parts[:last]
	}
	return parts
}

func tallest(spans []Span) float32 {
	h := float32(0)
	for _, r := range spans {
		h = max(h, r.Face.height())
	}
	return h
}

func (s *setter) setLine(spans []Span, first int) {
	for i, r := range spans {
		for _, text := range behindArrows(r.Text) {
			w := s.ruler.Width(r.Face, text)
			s.pieces = append(s.pieces, piece{span: first + i, text: text, x: s.x, y: s.y, w: w, h: s.line})
			s.x += w
		}
	}
}

func (s *setter) setWords(spans []Span, first int) {
	var word []frag
	space := false // a space stands before the word
	for i, r := range spans {
		from := 0
		var w float32
		for at, c := range r.Text {
			if c != ' ' {
				w += s.ruler.Letter(r.Face, c)
				continue
			}
			if at > from {
				word = append(word, frag{i, from, at, w})
			}
			s.put(spans, first, word, space)
			word, space, from, w = word[:0], true, at+1, 0
		}
		if from < len(r.Text) {
			word = append(word, frag{i, from, len(r.Text), w})
		}
	}
	s.put(spans, first, word, space)
}

// put places one word; space says that a space stands before it.
func (s *setter) put(spans []Span, first int, word []frag, space bool) {
	if len(word) == 0 {
		return
	}
	var w, gap float32
	for _, f := range word {
		w += f.w
	}
	if space && s.x > s.indent {
		gap = s.gapBefore(spans, first, word[0].span)
	}
	if s.x > s.indent && s.x+gap+w > s.width {
		s.newLine()
		gap = 0
	}
	s.x += gap
	for _, f := range word {
		if s.x+f.w > s.width && s.indent+w > s.width {
			s.putBroken(spans[f.span], first+f.span, f)
			continue
		}
		s.emit(spans[f.span], first+f.span, f.from, f.to, f.w)
	}
}

// gapBefore is the width of the space before a word: a space between two faces is the narrow one.
func (s *setter) gapBefore(spans []Span, first, index int) float32 {
	f := spans[index].Face
	if n := len(s.pieces); n > 0 && s.pieces[n-1].span != first+index {
		f.Mono = false
	}
	return s.ruler.Letter(f, ' ')
}

// putBroken places a word that is longer than a line.
func (s *setter) putBroken(r Span, index int, f frag) {
	from, w := f.from, float32(0)
	soft, softW := -1, float32(0) // after the last letter that a line may end with
	for at := f.from; at < f.to; {
		c, n := utf8.DecodeRuneInString(r.Text[at:])
		cw := s.ruler.Letter(r.Face, c)
		if at == from && s.x > s.indent && s.x+cw > s.width {
			s.newLine()
		}
		if at > from && s.x+w+cw > s.width {
			end, endW := at, w
			if soft > from && softW > w/2 {
				end, endW = soft, softW
			}
			s.emit(r, index, from, end, endW)
			s.newLine()
			w -= endW
			from, soft = end, -1
		}
		w += cw
		at += n
		if strings.ContainsRune("/-&,;:?=.", c) {
			soft, softW = at, w
		}
	}
	s.emit(r, index, from, f.to, w)
}

func (s *setter) newLine() {
	s.x = s.indent
	s.y += s.line
	s.base = len(s.pieces)
}

// emit places text at the pen, joined to the piece before it where both are of one span.
func (s *setter) emit(r Span, index, from, to int, w float32) {
	if n := len(s.pieces); n > s.base && s.pieces[n-1].span == index && s.pieces[n-1].y == s.y {
		last := &s.pieces[n-1]
		start := from - len(last.text) - 1
		if last.x+last.w >= s.x-0.01 { // no space between them
			start++
		}
		joins := start >= 0 && strings.HasPrefix(r.Text[start:], last.text)
		if joins && !strings.HasSuffix(last.text, arrow) {
			last.text = r.Text[start:to]
			last.w = s.x + w - last.x
			s.x += w
			return
		}
	}
	s.pieces = append(s.pieces, piece{span: index, text: r.Text[from:to], x: s.x, y: s.y, w: w, h: s.line})
	s.x += w
}
