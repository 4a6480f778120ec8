package export

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// A chart is the sequence diagram of a run as shapes on a plane: lanes, arrows,
// chapters, what travelled, what was computed, and where a party refused. Who
// holds the pen decides whether it becomes SVG or pixels. Sizes are in points
// of a screen, from the upper left corner.
type chart struct {
	teller *telling.Teller
	trace  *trace.Trace
	fonts  *fonts
	lanes  []lane
	width  float64
	red    int // index from which on the run is refused; -1 when it is not
}

// lane is a party and where its line stands.
type lane struct {
	role       trace.Role
	name, also string
	x          float64
}

// row is a message, or the title of a chapter.
type row struct {
	chapter string // title; then the row is no message
	message int
	lines   []string // of the label
	chips   []chip
	height  float64
}

// chip is something that a message carries.
type chip struct {
	label             string
	ink, ground, line uint32
	width             float64
}

// Sizes of the chart.
const (
	chartPad     = 20.0
	numberWidth  = 44.0
	laneWidth    = 172.0
	leastWidth   = 640.0
	headHeight   = 76.0 // the parties' names
	titleHeight  = 58.0
	chapterRow   = 40.0
	lineHeight   = 17.0
	labelSize    = 13.0
	smallSize    = 12.0
	chipHeight   = 20.0
	loopWidth    = 26.0
	loopHeight   = 14.0
	legendHeight = 44.0
	endHeight    = 56.0
)

// Colours of the chart: those of the light theme.
const (
	inkColor, softColor, lineColor, arrowColor, paper     uint32 = 0x1c2433, 0x5a6680, 0xcfd6e2, 0x38445c, 0xffffff
	discColor, passColor, passGround, failColor, failGrnd uint32 = 0xe6eaf2, 0x0b6b4f, 0xe0f4ec, 0xa31d24, 0xfbe3e4
	cautionColor, cautionGround, cautionLine              uint32 = 0x8a4b00, 0xfdeedc, 0xe8c28f
)

// tones are ink, ground and border of a party.
func tones(r trace.Role) (ink, ground, line uint32) {
	switch r {
	case trace.ResourceOwner:
		return 0x9a5c00, 0xfdf3e4, 0xf0c98a
	case trace.Client:
		return 0x1f63e0, 0xeaf1fe, 0xa9c5f8
	case trace.AuthorizationServer:
		return 0x6d3be8, 0xf3eefe, 0xcdb8fa
	case trace.ResourceServer:
		return 0x0a776d, 0xe9f5f3, 0x9cd4cb
	case trace.Attacker:
		return 0xc3272f, 0xfdecec, 0xf2b3b6
	case trace.UserAgent:
	}
	return 0x55627a, 0xf0f2f5, 0xc3cbd8
}

func newChart(t *trace.Trace, s telling.Story) (*chart, error) {
	fonts, err := newFonts()
	if err != nil {
		return nil, err
	}
	c := &chart{teller: telling.Of(t, s), trace: t, fonts: fonts, red: -1}
	if t.Outcome.State == trace.Refused {
		c.red = t.Failed()
	}
	cast := c.teller.Cast()
	each := laneWidth
	if n := float64(len(cast)); n > 0 {
		each = max(laneWidth, (leastWidth-2*chartPad-numberWidth)/n)
	}
	c.width = max(leastWidth, 2*chartPad+numberWidth+each*float64(len(cast)))
	for i, p := range cast {
		c.lanes = append(c.lanes, lane{
			role: p.Role, name: c.fonts.elide(p.Name, labelSize+1, true, each-36), also: c.fonts.elide(p.Also, smallSize, false, each-36),
			x: chartPad + numberWidth + each*(float64(i)+0.5),
		})
	}
	return c, nil
}

// left and right bound what is written between the lanes.
func (c *chart) left() float64 { return chartPad + numberWidth }

func (c *chart) right() float64 { return c.width - chartPad }

func (c *chart) lane(r trace.Role) float64 {
	for _, l := range c.lanes {
		if l.role == r {
			return l.x
		}
	}
	return c.left()
}

// rows lays out messages from to to, with the titles of the chapters that begin there.
func (c *chart) rows(from, to int) []row {
	rows := make([]row, 0, to-from+8)
	for i := from; i < to; i++ {
		if title := c.teller.Chapter(i); title != "" {
			rows = append(rows, row{chapter: title, height: chapterRow})
		}
		rows = append(rows, c.row(i))
	}
	return rows
}

func (c *chart) row(i int) row {
	m := &c.trace.Messages[i]
	r := row{message: i, lines: c.fonts.fit(c.teller.Words(i).Label, labelSize, c.room(m), 2), chips: c.chips(m)}
	r.height = 10 + lineHeight*float64(len(r.lines)) + 16
	if m.From == m.To {
		r.height = 12 + max(lineHeight*float64(len(r.lines)), loopHeight) + 12
	}
	if len(r.chips) > 0 {
		r.height += chipHeight + 4
	}
	return r
}

// room is how wide the label of a message may get.
func (c *chart) room(m *trace.Message) float64 {
	x1, x2 := c.lane(m.From), c.lane(m.To)
	if m.From == m.To {
		return max(c.right()-x1, x1-c.left()) - loopWidth - 14
	}
	return min(max(x2-x1, x1-x2, 330)-12, c.right()-c.left())
}

// chips are the artefacts that a message carries, each once, and whether somebody changed it.
func (c *chart) chips(m *trace.Message) []chip {
	var out []chip
	add := func(label string, ink, ground, line uint32) {
		label = c.fonts.elide(label, smallSize, true, 160)
		out = append(out, chip{label, ink, ground, line, c.fonts.width(label, smallSize, true) + 18})
	}
	for _, cargo := range telling.Cargos(m) {
		ink, ground, line := artefactTones(cargo.Artefact)
		add(c.teller.Artefact(cargo.Artefact), ink, ground, line)
	}
	if len(m.Edited) > 0 {
		add(c.teller.Say("changed-by-hand"), cautionColor, cautionGround, cautionLine)
	}
	return out
}

func artefactTones(a telling.Artefact) (ink, ground, line uint32) {
	switch a {
	case telling.Code:
		return 0x4a3200, 0xffb020, 0xe09400
	case telling.AccessToken:
		return 0x4f2100, 0xff9a5c, 0xe57730
	case telling.IDToken:
		return 0x3b1a9e, 0xdcceff, 0xb79bff
	case telling.RefreshToken:
		return 0x0b5a33, 0xbfebd0, 0x7fd0a0
	}
	return 0x2f3b52, 0xdde3ee, 0xb4bfd2
}

func (c *chart) height(rows []row, title, end bool) float64 {
	h := headHeight + 2*chartPad
	if title {
		h += titleHeight
	}
	for i := range rows {
		h += rows[i].height
	}
	if end {
		h += endHeight + legendHeight
	}
	return h
}

// draw puts the rows on the pen, between the parties' names and, where asked
// for, the outcome with the legend.
func (c *chart) draw(p pen, rows []row, title, end bool) {
	height := c.height(rows, title, end)
	p.rect(shape{w: c.width, h: height, fill: paper, filled: true})
	top := chartPad
	if title {
		p.text(text{c.fonts.elide(c.teller.Title(), 19, true, c.width-2*chartPad), chartPad, top + 18, 19, true, inkColor, 0})
		p.text(text{c.teller.Summary(), chartPad, top + 39, smallSize, false, softColor, 0})
		top += titleHeight
	}
	bottom := height - chartPad
	if end {
		bottom -= endHeight + legendHeight
	}
	c.heads(p, top, bottom)
	y := top + headHeight
	for i := range rows {
		if rows[i].chapter != "" {
			c.chapter(p, rows[i].chapter, y)
		} else {
			c.message(p, &rows[i], y)
		}
		y += rows[i].height
	}
	if end {
		c.outcome(p, bottom+10)
		c.legend(p, bottom+endHeight+6)
	}
}

func (c *chart) heads(p pen, top, bottom float64) {
	for _, l := range c.lanes {
		ink, ground, line := tones(l.role)
		p.line(stroke{l.x, top + 54, l.x, bottom, lineColor, 1.5, false})
		w := max(c.fonts.width(l.name, labelSize+1, true), c.fonts.width(l.also, smallSize, false)) + 28
		p.rect(shape{x: l.x - w/2, y: top, w: w, h: 54, radius: 9, fill: ground, filled: true, stroke: line, thick: 1})
		y := top + 32
		if l.also != "" {
			y = top + 24
			p.text(text{l.also, l.x, top + 42, smallSize, false, softColor, 1})
		}
		p.text(text{l.name, l.x, y, labelSize + 1, true, ink, 1})
	}
}

func (c *chart) chapter(p pen, title string, y float64) {
	title = c.fonts.elide(strings.ToUpper(title), smallSize, true, c.right()-chartPad)
	w := c.fonts.width(title, smallSize, true)
	p.rect(shape{x: chartPad - 2, y: y + 12, w: w + 14, h: 22, fill: paper, filled: true})
	p.line(stroke{chartPad + w + 12, y + 23, c.right(), y + 23, lineColor, 1, false})
	p.text(text{title, chartPad, y + 27, smallSize, true, softColor, 0})
}

func (c *chart) message(p pen, r *row, y float64) {
	m := &c.trace.Messages[r.message]
	title := strconv.Itoa(r.message+1) + ". " + c.teller.Words(r.message).Title
	if len(r.chips) > 0 {
		title += " ("
		for i, chip := range r.chips {
			if i > 0 {
				title += ", "
			}
			title += chip.label
		}
		title += ")"
	}
	p.open(title)
	defer p.shut()
	failed := m.Failed()
	color := arrowColor
	if failed || c.red >= 0 && r.message >= c.red {
		color = failColor
	}
	middle := c.arrow(p, r, y, m, color, failed)
	disc, ink := discColor, inkColor
	if color == failColor {
		disc, ink = failGrnd, failColor
	}
	number := strconv.Itoa(r.message + 1)
	w := max(22, c.fonts.width(number, smallSize, true)+12)
	p.rect(shape{x: chartPad, y: middle - 11, w: w, h: 22, radius: 11, fill: disc, filled: true})
	p.text(text{number, chartPad + w/2, middle + 4.3, smallSize, true, ink, 1})
}

// arrow draws a message and returns the height of its middle.
func (c *chart) arrow(p pen, r *row, y float64, m *trace.Message, color uint32, failed bool) float64 {
	x1, x2 := c.lane(m.From), c.lane(m.To)
	if m.From == m.To {
		return c.loop(p, r, y, x1, color, failed)
	}
	at := y + 10 + lineHeight*float64(len(r.lines)) + 2
	c.label(p, r.lines, (x1+x2)/2, y+8, color)
	d := 1.0
	if x2 < x1 {
		d = -1
	}
	tip := x2 - d*2
	if failed {
		tip = x2 - d*9
	}
	if m.Channel == trace.Back {
		p.line(stroke{x1, at - 2, tip - d*8, at - 2, color, 1.2, false})
		p.line(stroke{x1, at + 2, tip - d*8, at + 2, color, 1.2, false})
	} else {
		if m.Kind == trace.Gesture {
			p.disc(x1, at, 4.5, color)
		}
		p.line(stroke{x1, at, tip - d*4, at, color, 1.8, m.Kind == trace.Gesture})
	}
	if m.Kind == trace.Response { // an open head: an answer
		p.line(stroke{tip - d*8, at - 4.5, tip, at, color, 1.8, false})
		p.line(stroke{tip - d*8, at + 4.5, tip, at, color, 1.8, false})
		if m.Channel == trace.Back {
			p.line(stroke{tip - d*8, at, tip, at, color, 1.2, false})
		}
	} else {
		p.polygon([]float64{tip, at, tip - d*10, at - 5, tip - d*10, at + 5}, color)
	}
	if failed {
		cross(p, x2, at)
	}
	c.carry(p, r.chips, (x1+x2)/2, at+9)
	return at
}

// loop draws what a party does by itself.
func (c *chart) loop(p pen, r *row, y, x float64, color uint32, failed bool) float64 {
	side, anchor := 1.0, 0
	if widest := c.widest(r.lines); x+loopWidth+14+widest > c.right() {
		side, anchor = -1, 2
	}
	words := lineHeight * float64(len(r.lines))
	middle := y + 12 + max(words, loopHeight)/2
	far := x + side*loopWidth
	p.line(stroke{x, middle - loopHeight/2, far, middle - loopHeight/2, color, 1.8, false})
	p.line(stroke{far, middle - loopHeight/2, far, middle + loopHeight/2, color, 1.8, false})
	p.line(stroke{far, middle + loopHeight/2, x + side*8, middle + loopHeight/2, color, 1.8, false})
	at := middle + loopHeight/2
	p.polygon([]float64{x + side*1, at, x + side*10, at - 4.5, x + side*10, at + 4.5}, color)
	if failed {
		cross(p, far, middle)
	}
	ink := inkColor
	if color == failColor {
		ink = failColor
	}
	start := far + side*10
	for i, l := range r.lines {
		w := c.fonts.width(l, labelSize, false)
		base := middle - words/2 + lineHeight*float64(i) + 13
		left := start
		if anchor == 2 {
			left -= w
		}
		p.rect(shape{x: left - 3, y: base - 13, w: w + 6, h: lineHeight, fill: paper, filled: true})
		p.text(text{l, start, base, labelSize, false, ink, anchor})
	}
	total := chipsWidth(r.chips)
	c.carry(p, r.chips, start+side*total/2, middle+max(words, loopHeight)/2+6)
	return middle
}

// label writes lines on a ground of their own, so that no lane runs through them.
func (c *chart) label(p pen, lines []string, center, y float64, color uint32) {
	ink := inkColor
	if color == failColor {
		ink = failColor
	}
	for i, l := range lines {
		w := c.fonts.width(l, labelSize, false)
		x := min(max(center, c.left()+w/2), max(c.right()-w/2, c.left()+w/2))
		base := y + lineHeight*float64(i) + 11
		p.rect(shape{x: x - w/2 - 4, y: base - 13, w: w + 8, h: lineHeight, fill: paper, filled: true})
		p.text(text{l, x, base, labelSize, false, ink, 1})
	}
}

func (c *chart) widest(lines []string) float64 {
	w := 0.0
	for _, l := range lines {
		w = max(w, c.fonts.width(l, labelSize, false))
	}
	return w
}

func chipsWidth(chips []chip) float64 {
	total := 0.0
	for i, chip := range chips {
		if i > 0 {
			total += 6
		}
		total += chip.width
	}
	return total
}

// carry draws chips in a row around a middle.
func (c *chart) carry(p pen, chips []chip, center, y float64) {
	total := chipsWidth(chips)
	x := max(c.left(), min(center-total/2, c.right()-total))
	for _, chip := range chips {
		p.rect(shape{x: x, y: y, w: chip.width, h: chipHeight, radius: chipHeight / 2, fill: chip.ground, filled: true, stroke: chip.line, thick: 1})
		p.text(text{chip.label, x + chip.width/2, y + 14, smallSize, true, chip.ink, 1})
		x += chip.width + 6
	}
}

// cross marks who refused.
func cross(p pen, x, y float64) {
	p.disc(x, y, 8, failColor)
	p.line(stroke{x - 3, y - 3, x + 3, y + 3, paper, 1.8, false})
	p.line(stroke{x - 3, y + 3, x + 3, y - 3, paper, 1.8, false})
}

func (c *chart) outcome(p pen, y float64) {
	o := c.teller.Outcome()
	words, ink, ground := o.Words, softColor, discColor
	switch o.State {
	case trace.Completed:
		ink, ground = passColor, passGround
	case trace.Refused:
		ink, ground = failColor, failGrnd
		if o.Error != "" {
			words += ": " + o.Error
		}
	case trace.Running:
	}
	p.rect(shape{x: chartPad, y: y, w: c.right() - chartPad, h: 36, radius: 9, fill: ground, filled: true})
	x := chartPad + 20
	switch ink {
	case passColor:
		p.line(stroke{x - 5, y + 18, x - 1, y + 22, ink, 2.2, false})
		p.line(stroke{x - 1, y + 22, x + 6, y + 13, ink, 2.2, false})
	case failColor:
		cross(p, x, y+18)
	default:
		p.disc(x, y+18, 4, ink)
	}
	p.text(text{c.fonts.elide(words, 14, true, c.width-100), x + 18, y + 23, 14, true, ink, 0})
}

// legend says what the lines mean.
func (c *chart) legend(p pen, y float64) {
	x := chartPad
	entry := func(words string, draw func(x, y float64)) {
		draw(x, y+14)
		p.text(text{words, x + 40, y + 18, smallSize, false, softColor, 0})
		x += 40 + c.fonts.width(words, smallSize, false) + 26
	}
	names := [4]string{c.teller.Legend("front"), c.teller.Legend("back"), c.teller.Legend("gesture"), c.teller.Legend("note")}
	entry(names[0], func(x, y float64) {
		p.line(stroke{x, y, x + 24, y, arrowColor, 1.8, false})
		p.polygon([]float64{x + 32, y, x + 22, y - 5, x + 22, y + 5}, arrowColor)
	})
	entry(names[1], func(x, y float64) {
		p.line(stroke{x, y - 2, x + 24, y - 2, arrowColor, 1.2, false})
		p.line(stroke{x, y + 2, x + 24, y + 2, arrowColor, 1.2, false})
		p.polygon([]float64{x + 32, y, x + 22, y - 5, x + 22, y + 5}, arrowColor)
	})
	entry(names[2], func(x, y float64) {
		p.disc(x+4, y, 4.5, arrowColor)
		p.line(stroke{x + 4, y, x + 26, y, arrowColor, 1.8, true})
		p.polygon([]float64{x + 32, y, x + 22, y - 5, x + 22, y + 5}, arrowColor)
	})
	entry(names[3], func(x, y float64) {
		p.line(stroke{x, y - 6, x + 24, y - 6, arrowColor, 1.8, false})
		p.line(stroke{x + 24, y - 6, x + 24, y + 6, arrowColor, 1.8, false})
		p.line(stroke{x + 24, y + 6, x + 8, y + 6, arrowColor, 1.8, false})
		p.polygon([]float64{x + 1, y + 6, x + 10, y + 1.5, x + 10, y + 10.5}, arrowColor)
	})
}
