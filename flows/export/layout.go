package export

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
)

// span is a piece of text in one style.
type span struct {
	text  string
	style style
}

// style says how a span differs from running text.
type style int

const (
	plain style = iota
	bold
	code
	link   // leads to the glossary
	quiet  // secondary text of a page
	good   // passed
	bad    // refused
	notice // changed by the learner
	party  // name of a party
	name   // name of a value on the wire
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
		all = append(all, span{pad(elided(p.gutter, p.inset-1), p.inset), quiet})
		p.gutter = ""
	}
	all = append(all, spans...)
	for len(all) > 0 { // no spaces at the end of a line
		last := &all[len(all)-1]
		last.text = strings.TrimRight(last.text, " ")
		if last.text != "" {
			break
		}
		all = all[:len(all)-1]
	}
	for _, s := range all {
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
	if p.narrow() && cells([]span{right}) > room {
		p.text(hang, left...)
		p.text(0, right)
		return
	}
	right.text = elided(right.text, room)
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

// narrowest is from how many cells on two columns have room beside the gutter.
const narrowest = 60

func (p *sheet) narrow() bool { return p.width > 0 && p.width < narrowest }

// stacked writes each value below its name, both whole as far as a few lines go.
func (p *sheet) stacked(rows [][]telling.Cell) {
	for _, row := range rows {
		value := row[1]
		head := []span{{row[0].Text, name}}
		if value.Mark != "" {
			head = append(head, span{"  " + value.Mark, notice})
		}
		p.text(2, head...)
		p.value(value.Text, "  ")
	}
}

// value writes one over a few lines behind an indent. One that needs more loses its middle.
func (p *sheet) value(text, indent string) {
	const lines = 4
	room := max(p.room()-len(indent), least)
	if wrapped := wrap([]span{{text: text}}, room, 0); len(wrapped) > lines {
		text = elided(text, lines*room-lines)
	}
	for _, l := range wrap([]span{{text: text}}, room, 0) {
		p.line(append([]span{{text: indent}}, l...)...)
	}
}

// rows writes names and values in two columns. A value that is too long loses
// its middle; a mark stands behind it.
func (p *sheet) rows(rows [][]telling.Cell) {
	if p.narrow() {
		p.stacked(rows)
		return
	}
	column, widest := 0, nameWidth
	if p.width > 0 {
		widest = min(nameWidth, p.room()*2/5) // in a narrow terminal, most is for the value and its mark
	}
	for _, row := range rows {
		column = max(column, min(cells([]span{{text: row[0].Text}}), widest))
	}
	for _, row := range rows {
		key, value, room := row[0].Text, row[1], 0
		if p.width > 0 {
			key = elided(key, max(column, widest))
			room = max(p.room()-max(column, cells([]span{{text: key}}))-2, least)
		}
		line := []span{{pad(key, column) + "  ", name}, {text: elided(value.Text, room)}}
		if value.Mark != "" {
			mark := span{"  " + value.Mark, notice}
			if room > 0 {
				line[1].text = elided(value.Text, max(room-cells([]span{mark}), least))
			}
			line = append(line, mark)
		}
		p.line(line...)
	}
}

// label opens the gutter: the next line begins with it.
func (p *sheet) label(label string) {
	p.gutter, p.inset = label, gutterWidth
}

func (p *sheet) noLabel() { p.gutter, p.inset = "", 0 }

const (
	gutterWidth = 10
	nameWidth   = 26 // "Cross-Origin-Opener-Policy"
	least       = 4  // of a value there is something to see
)

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
		return "94"
	case code, name:
		return "36"
	case plain:
	}
	return ""
}
