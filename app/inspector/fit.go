package inspector

import (
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/app/page"
)

// fitted is a line of wire text broken into what the screen shows.
type fitted struct {
	indent int
	bits   []bit
}

// flush lets the further lines of a value begin where the first one does.
const flush = -1

// naturalBreaks are the letters that make a value one that can be broken: it
// is a path or a list, not a token. softBreaks are those it is broken after.
const (
	naturalBreaks = "/ ,;&?"
	softBreaks    = naturalBreaks + "-"
	anyBreaks     = softBreaks + "._="
)

func (l *wireLine) hanging() int {
	switch l.hang {
	case 0:
		return l.indent + 2
	case flush:
		return l.indent
	}
	return l.indent + l.hang
}

// fitLine makes a line fit the columns: whole if it can; else, for a path or a
// list, its value under its name or wrapped; else its value shortened in the
// middle. A line that is to be read in full is always wrapped.
func fitLine(l *wireLine, columns int) []fitted {
	e, used, tail := l.measure()
	if used <= columns || e < 0 {
		return []fitted{{l.indent, l.bits}}
	}
	value := l.bits[e].text
	fixed := used - utf8.RuneCountInString(value)
	if l.full {
		breaks := l.breaks
		if breaks == "" {
			breaks = anyBreaks
		}
		return wrapped(l, e, wrapValue(value, columns, fixed, l.hanging(), breaks))
	}
	if strings.ContainsAny(value, naturalBreaks) {
		if used-fixed+tail <= columns-l.indent-2 {
			return under(l, e, value)
		}
		if used <= 4*columns {
			if chunks := wrapValue(value, columns, fixed, l.hanging(), softBreaks); len(chunks) <= 3 {
				return wrapped(l, e, chunks)
			}
		}
	}
	if room := columns - fixed; room >= 12 {
		bits := append([]bit(nil), l.bits...)
		bits[e].text = page.Elide(value, room)
		return []fitted{{l.indent, bits}}
	}
	return under(l, e, page.Elide(value, max(8, columns-l.indent-2-tail)))
}

// measure counts letters: of the line with its indent, and of what stands after
// the elastic bit, whose index it returns too (-1 without one).
func (l *wireLine) measure() (elastic, used, tail int) {
	elastic, used = -1, l.indent
	for i, b := range l.bits {
		n := utf8.RuneCountInString(b.text)
		used += n
		tail += n
		if b.elastic {
			elastic, tail = i, 0
		}
	}
	return elastic, used, tail
}

// under puts the value on a line of its own.
func under(l *wireLine, e int, value string) []fitted {
	bits := append([]bit(nil), l.bits[e:]...)
	bits[0].text = value
	return []fitted{{l.indent, l.bits[:e]}, {l.indent + 2, bits}}
}

// wrapValue cuts a value: the first chunk has the room that the fixed text
// leaves, the others the columns less the hanging indent.
func wrapValue(value string, columns, fixed, indent int, breaks string) []string {
	var chunks []string
	room := columns - fixed
	if room < 8 {
		chunks = append(chunks, "")
		room = max(8, columns-indent)
	}
	for {
		end := page.Prefix(value, room)
		if end == len(value) {
			return append(chunks, value)
		}
		if soft := strings.LastIndexAny(value[:end], breaks); soft >= end/3 {
			end = soft + 1
		}
		chunks = append(chunks, value[:end])
		value = value[end:]
		room = max(8, columns-indent)
	}
}

func wrapped(l *wireLine, e int, chunks []string) []fitted {
	out := make([]fitted, 0, len(chunks))
	first := append([]bit(nil), l.bits[:e]...)
	first = append(first, l.bits[e])
	first[e].text = chunks[0]
	out = append(out, fitted{l.indent, first})
	for _, c := range chunks[1:] {
		b := l.bits[e]
		b.text = c
		out = append(out, fitted{l.hanging(), []bit{b}})
	}
	last := &out[len(out)-1]
	last.bits = append(last.bits, l.bits[e+1:]...)
	return out
}
