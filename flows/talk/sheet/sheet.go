// Package sheet lays a slide out on a stage: what stands where, how large, and
// in which colour. All measures are shares of the stage's height, so a window,
// a picture, a page and a presentation for another program show the same.
//
// Nothing on a stage is smaller than [Least], and words are only written in
// colours that a room can read. The package knows no screen: whoever draws
// brings a pen, and a measure of its own font.
package sheet

import (
	"strconv"

	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// Sizes of words, as shares of the height. At ten metres nobody reads what is smaller than Least.
const (
	Least   = 0.026
	heading = 0.049
	body    = 0.038
	second  = 0.028
	loud    = 0.062 // of a sentence that stands alone
)

// Measure knows how wide words are.
type Measure interface {
	Width(words string, size float64, bold bool) float64
}

// Stage is where slides are laid out.
type Stage struct {
	W, H    float64
	Measure Measure
	Look    Look
	Words   Said
}

// Said is what stands on a stage besides the words of a talk.
type Said struct {
	Hands  func(n int) string                   // "7 hands"
	Result func(right, guessed, all int) string // beside the guess
}

// View is how a slide is looked at now.
type View struct {
	At, Of   int   // which slide of how many, from 0
	Hands    []int // that were counted, for each choice
	Answered bool  // the run has decided
	Opened   bool  // the token
	Later    bool  // time has passed
}

// Travel is how far before its place what travels begins.
type Travel struct{ DX float64 }

// Draw lays a slide out. What travels is drawn by a pen of its own, after all that rests.
func (g *Stage) Draw(rests, travels pen.Pen, s *talk.Slide, v View) Travel {
	if v.Later && s.Later != nil {
		s = s.Later
	}
	d := drawing{Stage: g, p: rests, moves: travels, slide: s, view: v}
	d.p.Rect(pen.Shape{W: g.W, H: g.H, Fill: g.Look.Ground})
	d.head()
	switch {
	case v.Opened && s.Token != nil:
		d.token(s.Token)
	case s.Ask != nil:
		d.question(s.Ask)
	case s.Arrow != nil:
		d.message(s.Arrow)
		d.sentence(0.755)
	case s.Picture != "":
		d.picture()
		d.sentence(0.755)
	default:
		d.alone()
	}
	d.foot()
	return d.travel
}

type drawing struct {
	*Stage
	p, moves pen.Pen
	slide    *talk.Slide
	view     View
	travel   Travel
}

// h is a share of the height in points.
func (d *drawing) h(share float64) float64 { return share * d.H }

const edge = 0.068

func (d *drawing) left() float64  { return d.h(edge) }
func (d *drawing) right() float64 { return d.W - d.h(edge) }
func (d *drawing) room() float64  { return d.right() - d.left() }

func (d *drawing) text(words string, x, y, size float64, bold bool, ink uint32, anchor int) {
	d.p.Text(pen.TextOf(words, x, d.h(y), d.h(size), bold, ink, anchor))
}

func (d *drawing) width(words string, size float64, bold bool) float64 {
	return d.Measure.Width(words, d.h(size), bold)
}

// head is the heading, a little smaller where it would not fit, and where one is.
func (d *drawing) head() {
	size := heading
	for size > body && d.width(d.slide.Heading, size, true) > d.room() {
		size -= 0.001
	}
	d.text(d.slide.Heading, d.left(), 0.1, size, true, d.Look.Ink, 0)
	if d.slide.Where != "" {
		d.text(d.slide.Where, d.left(), 0.15, second, false, d.Look.Soft, 0)
	}
}

// foot says how far the talk is.
func (d *drawing) foot() {
	if d.view.Of == 0 {
		return
	}
	words := strconv.Itoa(d.view.At+1) + " / " + strconv.Itoa(d.view.Of)
	d.text(words, d.left(), 0.957, Least, false, d.Look.Soft, 0)
	x := d.left() + d.width("88 / 88", Least, false) + d.h(0.02)
	gap := d.h(0.012)
	each := (d.right() - x - gap*float64(d.view.Of-1)) / float64(d.view.Of)
	for i := range d.view.Of {
		fill := d.Look.ToCome
		switch {
		case i < d.view.At:
			fill = d.Look.Past
		case i == d.view.At:
			fill = d.Look.Now
		}
		d.p.Rect(pen.Shape{X: x + float64(i)*(each+gap), Y: d.h(0.944), W: each, H: d.h(0.007), Radius: d.h(0.0035), Fill: fill})
	}
}

// sentence writes the words of the slide from a height on.
func (d *drawing) sentence(y float64) {
	d.lines(d.flow(d.slide.Words, body, d.room()), y, body)
}

// alone is words without anything else, in large letters. Each sentence begins
// a line of its own, so that a room takes three of them in as three.
func (d *drawing) alone() {
	size := loud
	lines, starts := d.sentences(size)
	for size > body && len(lines) > 5 {
		size -= 0.004
		lines, starts = d.sentences(size)
	}
	const between = 0.4 // of a line, before the next sentence
	drops := make([]float64, len(lines))
	drop := 0.0
	for i := range lines {
		if starts[i] && i > 0 {
			drop += between * size
		}
		drops[i] = drop
	}
	high := float64(len(lines)-1)*size*leading + drop
	top := 0.53 - high/2
	d.p.Rect(pen.Shape{
		X: d.left(), Y: d.h(top - size - 0.05), W: d.h(0.09), H: d.h(0.009), Radius: d.h(0.0045), Fill: d.Look.Now,
	})
	for i := range lines {
		d.lines(lines[i:i+1], top+float64(i)*size*leading+drops[i], size)
	}
}

// sentences breaks the words into lines; starts says which of them begin a sentence.
func (d *drawing) sentences(size float64) (lines [][]talk.Words, starts []bool) {
	for _, sentence := range sentences(d.slide.Words) {
		for i, line := range d.flow(sentence, size, d.room()) {
			lines, starts = append(lines, line), append(starts, i == 0)
		}
	}
	return lines, starts
}

// picture is an illustration on a card.
func (d *drawing) picture() {
	svg, ok := assets.Illustration(d.slide.Picture)
	if !ok {
		return
	}
	const aspect = 640.0 / 260
	top, high := 0.2, 0.475
	wide := min(d.room(), d.h(high)*aspect)
	x := d.left() + (d.room()-wide)/2
	d.p.Rect(pen.Shape{X: d.left(), Y: d.h(top), W: d.room(), H: d.h(high), Radius: d.h(0.02), Fill: d.Look.Card})
	pad := d.h(0.02)
	d.p.Image(pen.Image{Name: d.slide.Picture, SVG: svg, X: x + pad, Y: d.h(top) + pad, W: wide - 2*pad, H: d.h(high) - 2*pad})
}
