package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// TextOptions says what the terminal can show.
type TextOptions struct {
	Width int  // cells in a line; 0 neither wraps nor shortens anything
	Color bool // ANSI colours; whether the person wants them is for the caller to know
}

// Text writes the run as a story for a terminal. It is at its best between 80
// and 100 cells; the command of a calculation is never shortened, so that it
// can be copied.
func Text(w io.Writer, t *trace.Trace, s telling.Story, o TextOptions) error {
	p := textPen{sheet: sheet{width: o.Width, color: o.Color}}
	for noun := range telling.Of(t, s).Whole() {
		p.put(noun)
		if p.b.Len() > flushAt {
			if _, err := io.WriteString(w, p.b.String()); err != nil {
				return err
			}
			p.b.Reset()
		}
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// textPen writes what is told on a sheet.
type textPen struct {
	sheet
	group string // of nouns that stand together, without an empty line between them
}

func (p *textPen) put(noun telling.Noun) {
	switch n := noun.(type) {
	case telling.Title:
		p.title(n)
	case telling.Chapter:
		p.chapter(n)
	case telling.Step:
		p.step(n)
	case telling.Way:
		p.text(4, way(n)...)
	case telling.Passage:
		p.passage(n)
	case telling.Fold:
		p.line()
		p.label(n.Label)
		p.text(0, span{n.Summary, quiet})
	case telling.Table:
		p.table(n)
	case telling.Line:
		p.begin("http")
		p.startLine(n)
	case telling.Quote:
		p.quote(n)
	case telling.Chips:
		p.label(n.Label)
		p.text(0, span{strings.Join(n.Names, ", "), notice})
	case telling.Token:
		p.token(n)
	case telling.Checks:
		p.checks(n)
	case telling.Ending:
		p.ending(n.Outcome)
	case telling.Closing:
		p.line()
		p.text(0, span{n.Summary, quiet})
	}
	p.noLabel()
}

// begin leaves a line empty where another group of nouns begins.
func (p *textPen) begin(group string) {
	if p.group != group {
		p.line()
	}
	p.group = group
}

func (p *textPen) title(n telling.Title) {
	p.margin = []span{{text: " "}}
	p.line()
	p.text(0, span{n.Words, bold})
	p.line(span{strings.Repeat("═", min(cells([]span{{text: n.Words}}), p.ruleWidth())), quiet})
}

// fit shortens a name that would break the layout.
func (p *textPen) fit(s string, width int) string {
	if p.width <= 0 {
		return s
	}
	return elided(s, min(width, max(p.width/2, 8)))
}

// ruleWidth is how long a rule across the sheet is.
func (p *textPen) ruleWidth() int {
	if p.width <= 0 {
		return 78
	}
	return max(p.width-2, 8)
}

func (p *textPen) chapter(n telling.Chapter) {
	p.margin = nil
	p.line()
	p.line()
	title := p.fit(n.Title, 60)
	rest := p.ruleWidth() - cells([]span{{text: title}}) - 4
	p.line(span{text: " "}, span{"── ", quiet}, span{title, bold}, span{" " + strings.Repeat("─", max(rest, 2)), quiet})
}

func (p *textPen) step(n telling.Step) {
	number := fmt.Sprintf("%3d  ", n.Number)
	guides := strings.Repeat("│ ", min(max(n.Depth, 0), 4))
	p.margin, p.group = nil, ""
	p.line()
	p.margin = []span{{number, quiet}, {guides, quiet}}
	style := bold
	switch n.Fate {
	case telling.Stopped:
		style = good
	case telling.Broke, telling.Lost:
		style = bad
	case telling.Fine:
	}
	p.split(0, []span{{n.Title, style}}, span{n.Channel, quiet})
	p.margin = []span{{text: strings.Repeat(" ", len(number))}, {guides, quiet}}
}

// way is "Travel app ⇒ Identity provider: POST /token". The back channel has
// the double line that it has in the diagram.
func way(n telling.Way) []span {
	if n.Alone {
		return []span{{n.From, party}, {": " + n.Label, plain}}
	}
	line := " → "
	if n.Back {
		line = " ⇒ "
	}
	return []span{{n.From, party}, {line, quiet}, {n.To, party}, {": " + n.Label, plain}}
}

func (p *textPen) passage(n telling.Passage) {
	p.line()
	p.group = ""
	if n.Label != "" {
		p.label(n.Label)
	}
	for i, b := range n.Blocks {
		switch {
		case b.Item:
			p.item(p.styled(b.Spans))
			continue
		case i > 0:
			p.line()
		}
		p.text(0, p.styled(b.Spans)...)
	}
}

func (p *textPen) item(spans []span) {
	mark := "- "
	for _, l := range wrap(spans, max(p.room()-2, 0), 0) {
		p.line(append([]span{{text: mark}}, l...)...)
		mark = "  "
	}
}

// styled gives each span of words one style, and code its quotes back where no
// colour sets it apart.
func (p *textPen) styled(words []markup.Span) []span {
	out := make([]span, len(words))
	for i, s := range words {
		out[i].text = s.Text
		switch {
		case s.Code:
			out[i].style = code
			if !p.color {
				out[i].text = "`" + s.Text + "`"
			}
		case s.Bold:
			out[i].style = bold
		case s.Link != "":
			out[i].style = link
		}
	}
	return out
}

func (p *textPen) checks(n telling.Checks) {
	p.begin("checks")
	p.label(n.Label)
	for _, v := range n.Verdicts {
		mark, style := "– ", quiet
		switch v.Result {
		case trace.Pass:
			mark, style = "✓ ", good
		case trace.Fail:
			mark, style = "✗ ", bad
			if v.Stops {
				style = good
			}
		case trace.Skip:
		}
		rule := append([]span{{mark, style}}, p.styled(v.Rule)...)
		if !n.All {
			p.text(2, rule...)
			p.reason(v)
			continue
		}
		p.split(2, rule, span{v.Spec, quiet})
		p.reason(v)
		p.compared(n.Marks, v)
	}
	if n.Passed != "" {
		p.text(2, span{"✓ ", good}, span{text: n.Passed})
	}
}

func (p *textPen) reason(v telling.Verdict) {
	if v.Reason == "" {
		return
	}
	text := v.Reason
	if v.Error != "" {
		text = v.Error + ": " + text
	}
	p.margin = append(p.margin, span{text: "  "})
	p.text(0, span{text, plain})
	p.margin = p.margin[:len(p.margin)-1]
}

// compared writes what a check expected and what it got; both once where they are the same.
func (p *textPen) compared(marks []string, v telling.Verdict) {
	column := 0
	for _, m := range marks {
		column = max(column, cells([]span{{text: m}}))
	}
	side := func(mark, value string) { p.side("  "+pad(mark, column)+"  ", value) }
	if v.Expected == v.Got {
		side(marks[0], v.Got)
		return
	}
	side(marks[1], v.Expected)
	side(marks[2], v.Got)
}

// side writes one side of a check. Words are wrapped; a value in one piece loses its middle.
func (p *textPen) side(label, value string) {
	if value == "" {
		return
	}
	if p.narrow() {
		p.line(span{strings.TrimRight(label, " "), name})
		p.value(value, "    ")
		return
	}
	taken := cells([]span{{text: label}})
	room := max(p.room()-taken, 0)
	lines := wrap([]span{{text: value}}, room, 0)
	if len(lines) > 3 || !strings.Contains(value, " ") {
		lines = [][]span{{{text: elided(value, room)}}}
	}
	for _, l := range lines {
		p.line(append([]span{{label, name}}, l...)...)
		label = strings.Repeat(" ", taken)
	}
}

func (p *textPen) ending(o telling.Outcome) {
	p.margin = nil
	p.line()
	p.line()
	p.line(span{" " + strings.Repeat("─", p.ruleWidth()), quiet})
	p.margin = []span{{text: " "}}
	style := bad
	if o.Fate.Good() {
		style = good
	}
	switch {
	case o.State == trace.Running:
		p.text(2, span{"– ", quiet}, span{o.Words, bold})
	case o.Fate == telling.Fine:
		p.text(2, span{"✓ ", good}, span{o.Words, bold})
	default:
		p.split(2, []span{{endSign(o) + " " + o.Words, style}}, span{o.Error, style})
	}
}
