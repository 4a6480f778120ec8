package export

import (
	"math"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// A picture is the sequence diagram of a run as shapes on a plane: the lanes and
// rows of a chart, in measures that make it fit for paper. Who
// holds the pen decides whether it becomes SVG or pixels. Sizes are in points
// of a screen, from the upper left corner.
type picture struct {
	teller  *telling.Teller
	fonts   *pen.Fonts
	colours palette.Palette // of the light theme, which is that of paper
	lanes   []lane
	all     []chart.Row // of the run
	width   float64
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
	*chart.Row
	lines  []string // of the label
	chips  []chip
	height float64
}

// chip is something that a message carries.
type chip struct {
	label string
	tone  palette.Tone
	width float64
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

func newPicture(t *trace.Trace, s telling.Story) (*picture, error) {
	fonts, err := pen.NewFonts()
	if err != nil {
		return nil, err
	}
	c := &picture{teller: telling.Of(t, s), fonts: fonts, colours: palette.Light()}
	c.all = chart.Rows(c.teller)
	cast := chart.Lanes(c.teller)
	each := laneWidth
	if n := float64(len(cast)); n > 0 {
		each = max(laneWidth, (leastWidth-2*chartPad-numberWidth)/n)
	}
	c.width = max(leastWidth, 2*chartPad+numberWidth+each*float64(len(cast)))
	for i, p := range cast {
		c.lanes = append(c.lanes, lane{
			role: p.Role, name: c.fonts.Elide(p.Name, labelSize+1, true, each-36), also: c.fonts.Elide(p.Also, smallSize, false, each-36),
			x: chartPad + numberWidth + each*(float64(i)+0.5),
		})
	}
	return c, nil
}

// left and right bound what is written between the lanes.
func (c *picture) left() float64 { return chartPad + numberWidth }

func (c *picture) right() float64 { return c.width - chartPad }

func (c *picture) lane(r trace.Role) float64 {
	for _, l := range c.lanes {
		if l.role == r {
			return l.x
		}
	}
	return c.left()
}

// rows lays out every message, with the titles of the chapters that begin there.
func (c *picture) rows() []row {
	rows := make([]row, 0, len(c.all)+8)
	for i := range c.all {
		if title := c.all[i].Chapter; title != "" {
			rows = append(rows, row{chapter: title, height: chapterRow})
		}
		rows = append(rows, c.row(&c.all[i]))
	}
	return rows
}

func (c *picture) row(m *chart.Row) row {
	r := row{Row: m, lines: c.fonts.Fit(m.Label, labelSize, c.room(m), 2), chips: c.chips(m)}
	r.height = 10 + lineHeight*float64(len(r.lines)) + 16
	if m.Alone() {
		r.height = 12 + max(lineHeight*float64(len(r.lines)), loopHeight) + 12
	}
	if len(r.chips) > 0 {
		r.height += chipHeight + 4
	}
	return r
}

// room is how wide the label of a message may get.
func (c *picture) room(m *chart.Row) float64 {
	x1, x2 := c.lane(m.From), c.lane(m.To)
	if m.Alone() {
		return max(c.right()-x1, x1-c.left()) - loopWidth - 14
	}
	return min(max(math.Abs(x2-x1), 330)-12, c.right()-c.left())
}

// chips are what a message carries, and whether somebody changed it.
func (c *picture) chips(m *chart.Row) []chip {
	var out []chip
	add := func(label string, tone palette.Tone) {
		label = c.fonts.Elide(label, smallSize, true, 160)
		out = append(out, chip{label, tone, c.fonts.Width(label, smallSize, true) + 18})
	}
	for _, a := range m.Chips {
		add(a.Label, c.colours.Artefact(string(a.Artefact)))
	}
	if m.Edited {
		add(c.teller.Say("changed-by-hand"), palette.Tone{Ink: c.colours.Caution, Ground: c.colours.CautionGround, Line: palette.CautionLine})
	}
	return out
}

func (c *picture) height(rows []row, title, end bool) float64 {
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
