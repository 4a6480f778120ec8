package diagram

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	stepSize    float32 = 12
	labelSize   float32 = 13
	chapterSize float32 = 12
	badge       float32 = 7 // radius of a sign
	footRadius  float32 = 5
	dash        float32 = 6
	dashGap     float32 = 4
)

// drawing puts one row on the pen.
type drawing struct {
	pen     *pen
	diagram *Diagram
}

// heading draws what stands above arrow i where a chapter begins, or time passes.
func (w drawing) heading(i int) {
	top, m := w.diagram.place.tops[i], w.diagram.place.measures()
	if words := w.diagram.arrows[i].Later; words != "" {
		top -= m.later
		w.later(words, top)
	}
	if title := w.diagram.arrows[i].Chapter; title != "" {
		w.chapter(title, top-m.chapter)
	}
}

// later says that time passes: a clock and words on a broken line over all lanes.
func (w drawing) later(words string, y float32) {
	const high, air = 20, 10
	middle := round(y + w.diagram.place.measures().later/2 - 1)
	width := air + chipIcon + 5 + textWidth(words, chipText, true) + air
	left, right := w.diagram.place.left, w.diagram.place.right
	x := round((left + right - width) / 2)
	for at := left; at < right; at += dash + dashGap {
		w.pen.box(box{x: at, y: middle, w: min(dash, right-at), h: 1, fill: look.Caution})
	}
	w.pen.box(box{x: x, y: middle - high/2, w: width, h: high, fill: look.CautionGround, stroke: look.Caution, line: 1, radius: high / 2})
	w.pen.icon(look.IconClock, x+air+chipIcon/2, middle, chipIcon, look.Caution)
	w.pen.text(words, x+air+chipIcon+5, middle, chipText, true, look.Caution)
}

// row draws arrow i.
func (w drawing) row(i int) {
	d := w.diagram
	a, top, middle := d.arrows[i], d.place.tops[i], (d.place.tops[i]+d.place.bottoms[i])/2
	s := styleOf(d.state(i), i == d.current, d.arrows[i].News)
	ground := w.band(i, s)
	w.step(i+1, middle, s)
	if len(a.Chips) == 0 {
		top += d.place.measures().air
	}
	from, known := d.index[a.From]
	to, alsoKnown := d.index[a.To]
	switch {
	case !known || !alsoKnown:
		w.label(a, d.place.left, d.place.room(), middle, s, ground)
	case a.Line == Note || from == to:
		w.note(i, d.place.centres[from], top, middle, s, ground)
	default:
		w.arrow(i, span{x1: d.place.centres[from], x2: d.place.centres[to]}, top, s, ground)
	}
}

// chapter writes a quiet heading with a line to the end of the row.
func (w drawing) chapter(title string, y float32) {
	const air = 10
	middle := y + w.diagram.place.measures().chapter/2 + 1
	title = elided(strings.ToUpper(title), w.diagram.place.right-pad, func(s string) float32 { return textWidth(s, chapterSize, true) })
	width := textWidth(title, chapterSize, true)
	w.pen.box(box{x: pad - 2, y: middle - 9, w: width + air, h: 18, fill: look.Card})
	w.pen.text(title, pad, middle, chapterSize, true, look.InkSoft)
	x := round(pad + width + air)
	w.pen.box(box{x: x, y: round(middle), w: w.diagram.place.right - x, h: 1, fill: look.Line})
}

// band draws what lies behind the row and returns its colour.
func (w drawing) band(i int, s style) fyne.ThemeColorName {
	d := w.diagram
	top, bottom := d.place.tops[i]+bandInset, d.place.bottoms[i]-bandInset
	b := box{x: pad - bandOutset, y: top, h: bottom - top, radius: look.Radius}
	b.w = d.place.width - 2*b.x
	ground := look.Card
	switch {
	case s.band != "":
		ground = s.band
		b.stroke, b.line = s.edge, 1
	case i == d.hovered || i == d.marked:
		ground = look.CardSoft
	}
	if i == d.marked {
		b.stroke, b.line = look.Focus, 2
	}
	if ground != look.Card || b.stroke != "" {
		b.fill = ground
		w.pen.box(b)
	}
	return ground
}

func (w drawing) step(number int, y float32, s style) {
	text := strconv.Itoa(number)
	width := textWidth(text, stepSize, true)
	size := max(discSize, width+10)
	w.pen.box(box{x: pad, y: y - discSize/2, w: size, h: discSize, fill: s.discFill, stroke: s.discLine, line: 1.5, radius: discSize / 2})
	w.pen.text(text, pad+(size-width)/2, y, stepSize, true, s.step)
}

func (w drawing) arrow(i int, s span, top float32, st style, ground fyne.ThemeColorName) {
	d, a := w.diagram, w.diagram.arrows[i]
	width, room := labelWidth(a, st.bold), d.place.room()
	w.label(a, d.place.place(s, min(width, room)), room, top+d.place.measures().label, st, ground) // first: its ground covers
	w.line(a, s, top+d.place.measures().line, st, ground)
	w.cargo(i, top, s.length()-2*chipAir, w.stop(i, s))
}

func (w drawing) note(i int, lane, top, y float32, s style, ground fyne.ThemeColorName) {
	d, a := w.diagram, w.diagram.arrows[i]
	l := d.place.placeLoop(lane, labelWidth(a, s.bold))
	middle := y
	w.loop(lane, y, l.side, loopWidth, loopHeight, s)
	switch {
	case a.Sign != NoSign && !s.dashed:
		w.sign(a.Sign, lane+l.side*loopWidth, y)
	case d.state(i) == Waiting:
		w.next(lane, y-loopHeight/2, ground)
	}
	if len(a.Chips) > 0 {
		middle = top + d.place.measures().label + 2 // room for them below the words
	}
	w.label(a, l.x, l.width, middle, s, ground)
	w.cargo(i, top, d.place.box, func(width float32) float32 {
		if l.side < 0 {
			return d.place.clamp(l.x+l.width-width, width)
		}
		return d.place.clamp(l.x, width)
	})
}

func labelWidth(a Arrow, bold bool) float32 {
	width := textWidth(a.Label, labelSize, bold)
	if a.Edited {
		width += pencilWidth
	}
	return width
}

const pencilWidth float32 = 18

// label writes the words of an arrow, on a ground of their own so that no
// lifeline runs through them.
func (w drawing) label(a Arrow, x, room, y float32, s style, ground fyne.ThemeColorName) {
	ink := s.label
	if a.Edited {
		room -= pencilWidth
	}
	text := elided(a.Label, room, func(t string) float32 { return textWidth(t, labelSize, s.bold) })
	width := textWidth(text, labelSize, s.bold)
	if a.Edited {
		width += pencilWidth
	}
	back := box{x: round(x - 4), y: round(y - 9), w: width + 8, h: 18, fill: ground, radius: 4}
	if a.Lit {
		back.fill, ink = look.Selected, look.Ink
		back.stroke, back.line = look.Caution, 1
	}
	if a.Lit || ground == look.Card {
		w.pen.box(back)
	}
	if a.Edited {
		w.pen.icon(look.IconPencil, x+7, y, 14, ink)
		x += pencilWidth
	}
	w.pen.text(text, x, y, labelSize, s.bold, ink)
}
