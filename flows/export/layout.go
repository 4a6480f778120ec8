package export

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// sheet is terminal text as it is laid out. Widths are counted in cells.
type sheet struct {
	b      strings.Builder
	width  int // 0: nothing is wrapped and nothing is shortened
	color  bool
	margin []span // before every line
	gutter string // before the next line only, then blank; see label
	inset  int    // width of the gutter; 0: there is none
}

// room is how many cells a line has left, or 0 for no limit.
func (p *sheet) room() int {
	if p.width <= 0 {
		return 0
	}
	return max(p.width-cells(p.margin)-p.inset, 16)
}

// line writes one line as it is.
func (p *sheet) line(spans ...span) {
	all := append([]span{}, p.margin...)
	if p.inset > 0 {
		all = append(all, span{pad(p.gutter, p.inset), quiet})
		p.gutter = ""
	}
	for len(spans) == 0 && len(all) > 0 {
		last := &all[len(all)-1]
		last.text = strings.TrimRight(last.text, " ")
		if last.text != "" {
			break
		}
		all = all[:len(all)-1]
	}
	for _, s := range append(all, spans...) {
		p.b.WriteString(p.paint(s))
	}
	p.b.WriteByte('\n')
}

// text writes spans as a paragraph; lines after the first are indented by hang cells.
func (p *sheet) text(hang int, spans ...span) {
	first := true
	for _, l := range wrap(spans, p.room(), hang) {
		if !first && hang > 0 {
			l = append([]span{{text: strings.Repeat(" ", hang)}}, l...)
		}
		p.line(l...)
		first = false
	}
}

// words writes paragraphs and lists.
func (p *sheet) words(blocks []block) {
	for i, b := range blocks {
		switch {
		case b.item:
			p.item(p.quoted(b.spans))
		case i > 0:
			p.line()
			p.text(0, p.quoted(b.spans)...)
		default:
			p.text(0, p.quoted(b.spans)...)
		}
	}
}

func (p *sheet) item(spans []span) {
	mark := "- "
	for _, l := range wrap(spans, max(p.room()-2, 0), 0) {
		p.line(append([]span{{text: mark}}, l...)...)
		mark = "  "
	}
}

// quoted gives code its quotes back where no colour sets it apart.
func (p *sheet) quoted(spans []span) []span {
	if p.color {
		return spans
	}
	out := append([]span{}, spans...)
	for i := range out {
		if out[i].style == code {
			out[i].text = "`" + out[i].text + "`"
		}
	}
	return out
}

// split writes left, and right at the right edge: on the same line where it fits.
func (p *sheet) split(hang int, left []span, right span) {
	room := p.room()
	if right.text == "" {
		p.text(hang, left...)
		return
	}
	if room == 0 {
		p.line(append(left, span{text: "  "}, right)...)
		return
	}
	right.text = elide(right.text, room/2)
	lines := wrap(left, room, hang)
	for i, l := range lines {
		if i > 0 {
			l = append([]span{{text: strings.Repeat(" ", hang)}}, l...)
		}
		if i < len(lines)-1 {
			p.line(l...)
			continue
		}
		gap := room - cells(l) - cells([]span{right})
		if gap < 2 {
			p.line(l...)
			l, gap = nil, room-cells([]span{right})
		}
		p.line(append(l, span{text: strings.Repeat(" ", max(gap, 0))}, right)...)
	}
}

// rows writes named values in two columns. A value that is too long loses its middle.
func (p *sheet) rows(fields []trace.Field) {
	column := 0
	for _, f := range fields {
		column = max(column, min(cells([]span{{text: clean(f.Name)}}), 22))
	}
	for _, f := range fields {
		key, room := clean(f.Name), 0
		if p.width > 0 {
			key = elide(key, max(column, 22))
			room = max(p.room()-max(column, cells([]span{{text: key}}))-2, 12)
		}
		p.line(span{pad(key, column) + "  ", name}, span{text: elide(clean(f.Value), room)})
	}
}

// label opens the gutter: the next line begins with it.
func (p *sheet) label(label string) {
	p.gutter, p.inset = label, gutterWidth
}

func (p *sheet) noLabel() { p.gutter, p.inset = "", 0 }

const gutterWidth = 10

func (p *sheet) paint(s span) string {
	sgr := s.style.sgr()
	if !p.color || sgr == "" || s.text == "" {
		return s.text
	}
	return "\x1b[" + sgr + "m" + s.text + "\x1b[0m"
}

// sgr returns the parameters of the ANSI sequence for a style. Only the
// sixteen colours that every terminal maps to its own palette are used.
func (s style) sgr() string {
	switch s {
	case bold:
		return "1"
	case quiet:
		return "2"
	case link:
		return "4"
	case good:
		return "32"
	case bad:
		return "1;31"
	case notice:
		return "33"
	case party:
		return "34"
	case code, name:
		return "36"
	case plain:
	}
	return ""
}

func cells(spans []span) int {
	n := 0
	for _, s := range spans {
		n += measure().StringWidth(s.text)
	}
	return n
}

// measure counts cells the same way on every machine, whatever its locale.
func measure() *runewidth.Condition {
	return &runewidth.Condition{StrictEmojiNeutral: true}
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-measure().StringWidth(s), 0))
}

// elide shortens s to width cells by taking out its middle; 0 leaves it whole.
func elide(s string, width int) string {
	total := measure().StringWidth(s)
	if width <= 0 || total <= width {
		return s
	}
	tail := max(width/3, 1)
	head := measure().Truncate(s, width-1-tail, "")
	return head + "…" + measure().TruncateLeft(s, total-tail, "")
}

// word is text without a space in it, of one or more styles.
type word []span

// wrap breaks spans into lines of at most width cells, those after the first
// hang cells shorter. Width 0 does not break. A word longer than a line is cut.
func wrap(spans []span, width, hang int) [][]span {
	words := wordsOf(spans)
	var lines [][]span
	var line []span
	used := 0
	for _, w := range words {
		limit := width
		if len(lines) > 0 {
			limit -= hang
		}
		size := cells(w)
		switch {
		case len(line) == 0:
		case width == 0 || used+1+size <= limit:
			line = append(line, gap(line, w))
			used++
		default:
			lines = append(lines, line)
			line, used = nil, 0
			limit = width - hang
		}
		for width > 0 && used+size > limit && limit > 0 {
			var head word
			head, w = cut(w, limit)
			lines = append(lines, append(line, head...))
			line, used, limit = nil, 0, width-hang
			size = cells(w)
		}
		line = append(line, w...)
		used += size
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// gap is the space before a word: it belongs to a style that goes on across it.
func gap(line []span, w word) span {
	last := line[len(line)-1].style
	if len(w) > 0 && w[0].style == last {
		return span{" ", last}
	}
	return span{text: " "}
}

func wordsOf(spans []span) []word {
	var words []word
	var w word
	for _, s := range spans {
		for i, part := range strings.Split(s.text, " ") {
			if i > 0 && len(w) > 0 {
				words = append(words, w)
				w = nil
			}
			if part != "" {
				w = append(w, span{part, s.style})
			}
		}
	}
	if len(w) > 0 {
		words = append(words, w)
	}
	return words
}

// cut splits a word after at most width cells, and never before its first rune.
func cut(w word, width int) (head, rest word) {
	used := 0
	for i, s := range w {
		size := measure().StringWidth(s.text)
		if used+size <= width {
			used += size
			head = append(head, s)
			continue
		}
		first := measure().Truncate(s.text, width-used, "")
		if first == "" && len(head) == 0 {
			_, n := utf8.DecodeRuneInString(s.text)
			first = s.text[:n]
		}
		if first != "" {
			head = append(head, span{first, s.style})
		}
		rest = append(rest, span{s.text[len(first):], s.style})
		return head, append(rest, w[i+1:]...)
	}
	return head, rest
}
