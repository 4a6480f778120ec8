package export

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/grantwalk/grantwalk/flows/elide"
)

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

// elided shortens s to width cells by taking out its middle; 0 leaves it whole.
func elided(s string, width int) string {
	if width <= 0 {
		return s
	}
	return elide.Middle(s, func(s string) bool { return measure().StringWidth(s) <= width })
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
