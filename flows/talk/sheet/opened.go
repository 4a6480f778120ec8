package sheet

import (
	"strconv"

	"github.com/grantwalk/grantwalk/flows/elide"
	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// token shows one that was opened: its lines, large enough to be read from the back row.
func (d *drawing) token(t *talk.Token) {
	top, high := 0.2, 0.7
	d.p.Rect(pen.Shape{X: d.left(), Y: d.h(top), W: d.room(), H: d.h(high), Radius: d.h(0.022), Fill: d.Look.Card})
	x := d.left() + d.h(0.035)
	if d.slide.Arrow != nil {
		for _, c := range d.slide.Arrow.Chips {
			if c.Label == t.Name {
				tone := d.Look.Chip(c.Artefact)
				d.chip(d.p, c.Label, x, top+0.03, tone.Ground, tone.Ink)
			}
		}
	}
	names := 0.0
	for _, r := range t.Rows {
		names = max(names, d.width(r.Name, second, false))
	}
	step := min(0.085, 0.56/float64(max(len(t.Rows), 1)))
	for i, r := range t.Rows {
		y := top + 0.15 + float64(i)*step
		d.text(r.Name, x, y, second, false, d.Look.Soft, 0)
		d.text(d.cut(r.Value, 0.034, d.right()-x-names-d.h(0.07)), x+names+d.h(0.035), y, 0.034, true, d.Look.Ink, 0)
	}
}

// cut shortens a value to a width.
func (d *drawing) cut(words string, size, width float64) string {
	return elide.End(words, func(s string) bool { return d.width(s, size, true) <= width })
}

// question is the choices, each with the hands that were counted for it; once
// the run has decided, the right one is marked, and the result stands beside the guess.
func (d *drawing) question(q *talk.Question) {
	all, most := 0, 1
	for _, n := range d.view.Hands {
		all += n
		most = max(most, n)
	}
	step := 0.62 / float64(max(len(q.Choices), 3))
	high := step - 0.03
	for i, words := range q.Choices {
		hands := 0
		if i < len(d.view.Hands) {
			hands = d.view.Hands[i]
		}
		d.choice(i, words, hands, float64(hands)/float64(most), 0.19+float64(i)*step, high, d.view.Answered && i == q.Right)
	}
	if !d.view.Answered {
		return
	}
	guessed := 0
	if q.Right < len(d.view.Hands) {
		guessed = d.view.Hands[q.Right]
	}
	d.text(d.Words.Result(q.Right+1, guessed, all), d.left(), 0.875, body, true, d.Look.Pass, 0)
}

// choice is one of them: number, words, and a bar as long as its share of the hands.
func (d *drawing) choice(i int, words string, hands int, share, y, high float64, right bool) {
	line, thick := d.Look.Line, 0.002
	if right {
		line, thick = d.Look.Pass, 0.006
	}
	d.p.Rect(pen.Shape{
		X: d.left(), Y: d.h(y), W: d.room(), H: d.h(high), Radius: d.h(0.02), Fill: d.Look.Card, Stroke: line, Thick: d.h(thick),
	})
	middle := y + high/2
	ink := d.Look.Ink
	if right {
		ink = d.Look.Pass
	}
	d.text(strconv.Itoa(i+1), d.left()+d.h(0.045), middle+0.014, body, true, ink, 1)
	tally := d.room() * 0.2
	x := d.left() + d.h(0.09)
	lines := d.wrapped(words, body, d.right()-tally-x-d.h(0.03), false)
	for n, l := range lines {
		d.text(l, x, middle+0.0135+(float64(n)-float64(len(lines)-1)/2)*body*1.25, body, false, d.Look.Ink, 0)
	}
	if hands == 0 {
		return
	}
	from := d.right() - tally - d.h(0.02)
	d.text(d.Words.Hands(hands), from, middle-0.004, second, true, ink, 0)
	fill := d.Look.Past
	if right {
		fill = d.Look.Pass
	}
	d.p.Rect(pen.Shape{X: from, Y: d.h(middle + 0.016), W: tally * share, H: d.h(0.012), Radius: d.h(0.006), Fill: fill})
}
