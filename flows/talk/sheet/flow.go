package sheet

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// leading is the height of a line, by the size of its letters.
const leading = 1.4

// flow breaks words into as few lines of a width as there can be, each of pieces
// that look alike. A line is broken early where the last would be too short: one
// word alone looks forgotten when it is a metre wide.
func flow(words []talk.Words, width float64, measure func(string, bool) float64) [][]talk.Words {
	all := units(words, measure)
	var lines [][]talk.Words
	from := 0
	for _, to := range even(all, width) {
		lines = append(lines, joined(all[from:to]))
		from = to
	}
	return lines
}

// shortest is how much of the width the last line fills, where it can.
const shortest = 0.25

// even is behind which units lines end, with no more of them than the width asks for.
func even(all []unit, width float64) []int {
	const steps = 64
	best, _ := breaks(all, width)
	for i := steps; i > 0; i-- {
		ends, last := breaks(all, width*float64(i)/steps)
		if len(ends) > len(best) {
			break
		}
		if best = ends; last >= shortest*width {
			break
		}
	}
	return best
}

// unit is what no line breaks, with how wide it is before another and at the end of a line.
type unit struct {
	atoms      []talk.Words
	wide, last float64
}

// units measures words. A sign that follows a piece without a space is one with
// the word before it, and so are the words of an artefact's name.
func units(words []talk.Words, measure func(string, bool) float64) (all []unit) {
	var before talk.Words
	for i, w := range atoms(words) {
		if i == 0 || strings.HasSuffix(before.Text, " ") && (w.Artefact == "" || w.Artefact != before.Artefact) {
			all = append(all, unit{})
		}
		u := &all[len(all)-1]
		u.atoms = append(u.atoms, w)
		u.last = u.wide + measure(strings.TrimRight(w.Text, " "), w.Bold)
		u.wide += measure(w.Text, w.Bold)
		before = w
	}
	return all
}

// breaks is behind which units lines of a width end, and how long the last is.
func breaks(all []unit, width float64) (ends []int, last float64) {
	used := 0.0
	for i, u := range all {
		if used > 0 && used+u.last > width {
			ends, used = append(ends, i), 0
		}
		last = used + u.last
		used += u.wide
	}
	if len(all) > 0 {
		ends = append(ends, len(all))
	}
	return ends, last
}

// joined makes one piece of those beside each other that look alike.
func joined(all []unit) (line []talk.Words) {
	for _, u := range all {
		for _, w := range u.atoms {
			if n := len(line); n > 0 && line[n-1].Bold == w.Bold && line[n-1].Artefact == w.Artefact {
				line[n-1].Text += w.Text
				continue
			}
			line = append(line, w)
		}
	}
	return line
}

// atoms parts pieces into words, each with the space behind it.
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

// sentences parts words behind each sign that ends one and that a space follows.
func sentences(words []talk.Words) [][]talk.Words {
	var all [][]talk.Words
	var now []talk.Words
	for _, w := range atoms(words) {
		now = append(now, w)
		told := strings.TrimRight(w.Text, " ")
		if told != w.Text && told != "" && strings.Contains(".?!", told[len(told)-1:]) {
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

// flow breaks words of a size into lines of a width.
func (d *drawing) flow(words []talk.Words, size, width float64) [][]talk.Words {
	return flow(words, width, func(words string, bold bool) float64 { return d.width(words, size, bold) })
}

// wrapped breaks plain words into lines of a width.
func (d *drawing) wrapped(words string, size, width float64, bold bool) []string {
	var out []string
	for _, line := range d.flow([]talk.Words{{Text: words, Bold: bold}}, size, width) {
		out = append(out, strings.TrimSpace(line[0].Text))
	}
	return out
}

// chipWide is how wide a chip is.
func chipWide(m Measure, label string, h float64) float64 {
	return m.Width(label, second*h, true) + 0.036*h
}

const chipHigh = 0.05

// chip draws a rounded label with its left upper corner there.
func (d *drawing) chip(p pen.Pen, label string, x, y float64, fill, ink uint32) {
	w := chipWide(d.Measure, label, d.H)
	p.Rect(pen.Shape{X: x, Y: d.h(y), W: w, H: d.h(chipHigh), Radius: d.h(chipHigh / 2), Fill: fill})
	p.Text(pen.TextOf(label, x+w/2, d.h(y+0.0345), d.h(second), true, ink, 1))
}
