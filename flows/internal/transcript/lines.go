package transcript

import (
	"fmt"
	"slices"
	"strings"
)

// line is one line of a step in which two runs differ.
type line struct {
	op    op
	text  string
	shown bool
}

// changed writes the lines that differ, each with the lines that it stands under.
func changed(a, b []string) []string {
	lines := compare(a, b)
	for i := range lines {
		if lines[i].op != keep {
			showAround(lines, i)
		}
	}
	var out []string
	at := 0 // in a
	for i := 0; i < len(lines); {
		if n := hidden(lines[i:]); n > 0 {
			out = append(out, skip(a[at:at+n], lines[i+n:])...)
			at, i = at+n, i+n
			continue
		}
		n := 1 + gone(lines[i:])
		if n > 1 {
			out = append(out, allGone+lines[i].text)
		} else {
			out = append(out, lines[i].marked())
		}
		if lines[i].op != add {
			at += n
		}
		i += n
	}
	return out
}

// compare tells which lines two runs have. Most steps begin and end alike.
func compare(a, b []string) []line {
	begin := 0
	for begin < min(len(a), len(b)) && a[begin] == b[begin] {
		begin++
	}
	end := 0
	for end < min(len(a), len(b))-begin && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	lines := append(kept(a[:begin]), edited(a[begin:len(a)-end], b[begin:len(b)-end])...)
	return append(lines, kept(a[len(a)-end:])...)
}

func kept(a []string) []line {
	lines := make([]line, 0, len(a))
	for _, text := range a {
		lines = append(lines, line{op: keep, text: text})
	}
	return lines
}

func edited(a, b []string) []line {
	var lines []line
	for _, e := range align(len(a), len(b), func(i, j int) int { return equal(a[i], b[j]) }) {
		if e.op == add {
			lines = append(lines, line{op: add, text: b[e.j]})
		} else {
			lines = append(lines, line{op: e.op, text: a[e.i]})
		}
	}
	return lines
}

func equal(a, b string) int {
	if a == b {
		return 1
	}
	return 0
}

// showAround shows a changed line and those that it stands under. Where nothing
// but new lines stand, the one before them tells where that is.
func showAround(lines []line, i int) {
	lines[i].shown = true
	if i > 0 && lines[i].op == add && lines[i-1].op == keep {
		lines[i-1].shown = true
	}
	depth := depthOf(lines[i].text)
	for j := i - 1; j >= 0 && depth > 0; j-- {
		if d := depthOf(lines[j].text); d < depth {
			depth = d
			lines[j].shown = true
		}
	}
}

// depthOf is how far a line is indented. One that goes on with a long value stands under its first line.
func depthOf(text string) int {
	bare := strings.TrimLeft(text, " ")
	depth := len(text) - len(bare) - len("  ") // what stands directly in a message is under nothing
	if goesOn(text) {
		depth++
	}
	return max(depth, 0)
}

// isUnder reports whether a line stands under another one that is above it, or
// goes on with the same long value.
func isUnder(line, above string) bool {
	return depthOf(line) > depthOf(above) || goesOn(line) && goesOn(above) && depthOf(line) == depthOf(above)
}

func goesOn(text string) bool {
	return strings.HasPrefix(strings.TrimPrefix(strings.TrimLeft(text, " "), "| "), "+ ")
}

// gone counts the lines under the first one when all of them are gone with it.
func gone(lines []line) int {
	if lines[0].op != drop {
		return 0
	}
	n := 1
	for n < len(lines) && lines[n].op == drop && isUnder(lines[n].text, lines[0].text) {
		n++
	}
	for _, l := range lines[n:] {
		if l.op != add && isUnder(l.text, lines[0].text) {
			return 0
		}
		if l.op != add {
			break
		}
	}
	return n - 1
}

// hidden counts the lines from here on that are not shown.
func hidden(lines []line) int {
	n := 0
	for n < len(lines) && !lines[n].shown {
		n++
	}
	return n
}

// passing is what is written for lines that are as usual, where that has to be said.
const passing = skipped + " %d lines"

// skip says of lines that they are as usual, where the next one that is written, and
// tells where they end, might be taken for one of them.
func skip(usual []string, rest []line) []string {
	if len(rest) > 0 && (rest[0].op == add || slices.Contains(usual, rest[0].text)) {
		return []string{fmt.Sprintf(passing, len(usual))}
	}
	return nil
}

func (l line) marked() string {
	switch l.op {
	case drop:
		return goneBy + l.text
	case add:
		return addedBy + l.text
	case keep:
	}
	return both + l.text
}
