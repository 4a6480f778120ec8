package sheet

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// leading is the height of a line, by the size of its letters.
const leading = 1.4

// flow breaks the sentence into lines of a width, each of pieces that look alike.
func (d *drawing) flow(size, width float64) [][]talk.Words {
	return flow(d.slide.Words, width, func(words string, bold bool) float64 { return d.width(words, size, bold) })
}

func flow(words []talk.Words, width float64, measure func(string, bool) float64) [][]talk.Words {
	var lines [][]talk.Words
	var line []talk.Words
	used := 0.0
	for _, w := range atoms(words) {
		wide := measure(w.Text, w.Bold)
		if trimmed := measure(strings.TrimRight(w.Text, " "), w.Bold); used > 0 && used+trimmed > width {
			lines = append(lines, line)
			line, used = nil, 0
		}
		used += wide
		if n := len(line); n > 0 && line[n-1].Bold == w.Bold && line[n-1].Artefact == w.Artefact {
			line[n-1].Text += w.Text
			continue
		}
		line = append(line, w)
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// atoms parts pieces into words, each with the space behind it. A sign that
// follows a piece without a space stays in the line of the word before it.
func atoms(words []talk.Words) []talk.Words {
	var out []talk.Words
	for _, w := range words {
		for part := range strings.SplitAfterSeq(w.Text, " ") {
			if part == "" {
				continue
			}
			out = append(out, talk.Words{Text: part, Bold: w.Bold, Artefact: w.Artefact})
		}
	}
	return out
}

// sentences parts words behind each full stop and question mark that a space follows.
func sentences(words []talk.Words) [][]talk.Words {
	var all [][]talk.Words
	var now []talk.Words
	for _, w := range atoms(words) {
		now = append(now, w)
		told := strings.TrimRight(w.Text, " ")
		if told != w.Text && (strings.HasSuffix(told, ".") || strings.HasSuffix(told, "?")) {
			all = append(all, now)
			now = nil
		}
	}
	if len(now) > 0 {
		all = append(all, now)
	}
	return all
}

// lines writes lines from a base line on.
func (d *drawing) lines(lines [][]talk.Words, y, size float64) {
	for i, line := range lines {
		x := d.left()
		for _, w := range line {
			d.text(w.Text, x, y+float64(i)*size*leading, size, w.Bold, d.Look.word(w), 0)
			x += d.width(w.Text, size, w.Bold)
		}
	}
}

// wrapped breaks plain words into lines of a width.
func (d *drawing) wrapped(words string, size, width float64, bold bool) []string {
	var out []string
	measure := func(s string, bold bool) float64 { return d.width(s, size, bold) }
	for _, line := range flow([]talk.Words{{Text: words, Bold: bold}}, width, measure) {
		out = append(out, strings.TrimSpace(line[0].Text))
	}
	return out
}

// chip is a rounded label; it returns how wide it is.
func chipWide(m Measure, label string, h float64) float64 {
	return m.Width(label, second*h, true) + 0.036*h
}

const chipHigh = 0.05

// chip draws one with its left upper corner there.
func (d *drawing) chip(p pen.Pen, label string, x, y float64, fill, ink uint32) {
	w := chipWide(d.Measure, label, d.H)
	p.Rect(pen.Shape{X: x, Y: d.h(y), W: w, H: d.h(chipHigh), Radius: d.h(chipHigh / 2), Fill: fill, Filled: true})
	p.Text(pen.TextOf(label, x+w/2, d.h(y+0.0345), d.h(second), true, ink, 1))
}
