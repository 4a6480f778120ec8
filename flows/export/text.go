package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
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
func Text(w io.Writer, t *trace.Trace, s Story, o TextOptions) error {
	n := narrator{sheet: sheet{width: o.Width, color: o.Color}, story: s, trace: t, told: map[string]int{}}
	n.opening()
	chapter := ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Chapter != chapter {
			chapter = m.Chapter
			n.heading(s.chapter(chapter))
		}
		n.message(i, m)
		if n.b.Len() > flushAt {
			if _, err := io.WriteString(w, n.b.String()); err != nil {
				return err
			}
			n.b.Reset()
		}
	}
	n.ending()
	_, err := io.WriteString(w, n.b.String())
	return err
}

// narrator tells a trace on a sheet.
type narrator struct {
	sheet
	story Story
	trace *trace.Trace
	told  map[string]int // tokens that were decoded already, and in which step
}

func (n *narrator) opening() {
	title := n.story.title(n.trace)
	n.margin = []span{{text: " "}}
	n.line()
	n.text(0, span{title, bold})
	n.line(span{strings.Repeat("═", min(cells([]span{{text: title}}), n.ruleWidth())), quiet})
	if n.story.Intro != "" {
		n.line()
		n.words(parseMarkup(n.story.Intro))
	}
	n.line()
	column := 0
	for _, r := range cast(n.trace) {
		column = max(column, min(cells([]span{{text: n.story.roleName(r)}}), 30))
	}
	for _, r := range cast(n.trace) {
		name, also := n.story.role(r)
		name, also = n.fit(name, 30), n.fit(also, 40)
		if also == "" {
			n.line(span{name, party})
			continue
		}
		n.line(span{pad(name, column), party}, span{text: "  "}, span{also, quiet})
	}
	n.margin = nil
}

// fit shortens a name that would break the layout.
func (n *narrator) fit(s string, width int) string {
	if n.width <= 0 {
		return s
	}
	return elide(s, min(width, max(n.width/2, 8)))
}

// ruleWidth is how long a rule across the sheet is.
func (n *narrator) ruleWidth() int {
	if n.width <= 0 {
		return 78
	}
	return max(n.width-2, 8)
}

func (n *narrator) heading(title string) {
	n.line()
	n.line()
	title = n.fit(title, 60)
	rest := n.ruleWidth() - cells([]span{{text: title}}) - 4
	n.line(span{text: " "}, span{"── ", quiet}, span{title, bold}, span{" " + strings.Repeat("─", max(rest, 2)), quiet})
}

func (n *narrator) message(i int, m *trace.Message) {
	w := n.story.step(m)
	number := fmt.Sprintf("%3d  ", i+1)
	guides := strings.Repeat("│ ", min(max(m.Depth, 0), 4))
	blank := []span{{text: strings.Repeat(" ", len(number))}, {guides, quiet}}
	n.line()
	n.margin = []span{{number, quiet}, {guides, quiet}}
	style := bold
	if m.Failed() {
		style = bad
	}
	n.split(0, []span{{w.Title, style}}, span{n.story.channel(m.Channel), quiet})
	n.margin = blank
	n.text(4, n.arrow(m, w.Label)...)
	n.telling(w)
	n.edits(m)
	if n.story.Developer {
		n.wire(i, m)
	}
	n.checks(m)
	n.margin = nil
}

// arrow returns "Travel app ⇒ Identity provider: POST /token". The back
// channel has the double line that it has in the diagram.
func (n *narrator) arrow(m *trace.Message, label string) []span {
	from, to := n.story.roleName(m.From), n.story.roleName(m.To)
	if m.Kind == trace.Note || m.From == m.To {
		return []span{{from, party}, {": " + label, plain}}
	}
	line := " → "
	if m.Channel == trace.Back {
		line = " ⇒ "
	}
	return []span{{from, party}, {line, quiet}, {to, party}, {": " + label, plain}}
}

// telling writes the words of a step: what happened in full width, the rest beside its label.
func (n *narrator) telling(w Words) {
	if w.Happened != "" {
		n.line()
		n.words(parseMarkup(w.Happened))
	}
	for _, part := range []struct{ label, words string }{{"like", w.Likeness}, {"why", w.Why}, {"risk", w.Risk}} {
		if strings.TrimSpace(part.words) == "" {
			continue
		}
		n.line()
		n.label(part.label)
		n.words(parseMarkup(part.words))
		n.noLabel()
	}
}

func (n *narrator) edits(m *trace.Message) {
	for i, e := range m.Edited {
		if i == 0 {
			n.line()
		}
		n.label("changed")
		n.text(2, span{harmless.Line(e.What), notice})
		for _, f := range []trace.Field{{Name: "before", Value: e.Before}, {Name: "after", Value: e.After}} {
			if f.Value != "" {
				n.rows([]trace.Field{{Name: pad(f.Name, 6), Value: f.Value}})
			}
		}
		n.noLabel()
	}
}

// checks writes the rules that ran. Outside the developer's voice those that
// passed are counted, and those that failed are told.
func (n *narrator) checks(m *trace.Message) {
	if len(m.Checks) == 0 {
		return
	}
	n.line()
	n.label("checks")
	passed := 0
	for _, c := range m.Checks {
		switch {
		case n.story.Developer:
			n.check(c)
		case c.Result == trace.Pass:
			passed++
		case c.Result == trace.Fail:
			n.text(2, n.verdict(c, "✗ ", bad)...)
			n.reason(c)
		}
	}
	if passed > 0 {
		n.text(2, span{"✓ ", good}, span{text: plural(passed, "check") + " passed"})
	}
	n.noLabel()
}

func (n *narrator) check(c trace.Check) {
	mark, style := "– ", quiet
	switch c.Result {
	case trace.Pass:
		mark, style = "✓ ", good
	case trace.Fail:
		mark, style = "✗ ", bad
	case trace.Skip:
	}
	n.split(2, n.verdict(c, mark, style), span{harmless.Line(c.Spec.String()), quiet})
	n.reason(c)
	if c.Expected == c.Got {
		n.compared("  equal     ", c.Got)
		return
	}
	n.compared("  expected  ", c.Expected)
	n.compared("  got       ", c.Got)
}

// compared writes one side of a check. Words are wrapped; a value in one piece loses its middle.
func (n *narrator) compared(label, value string) {
	if value == "" {
		return
	}
	value = harmless.Line(value)
	room := max(n.room()-len(label), 0)
	lines := wrap([]span{{text: value}}, room, 0)
	if len(lines) > 3 || !strings.Contains(value, " ") {
		lines = [][]span{{{text: elide(value, room)}}}
	}
	for _, l := range lines {
		n.line(append([]span{{label, name}}, l...)...)
		label = strings.Repeat(" ", len(label))
	}
}

func (n *narrator) verdict(c trace.Check, mark string, markStyle style) []span {
	return append([]span{{mark, markStyle}}, n.quoted(n.story.rule(c))...)
}

func (n *narrator) reason(c trace.Check) {
	if c.Reason == "" {
		return
	}
	text := harmless.Line(c.Reason)
	if c.Error != "" {
		text = harmless.Line(c.Error) + ": " + text
	}
	n.margin = append(n.margin, span{text: "  "})
	n.text(0, span{text, plain})
	n.margin = n.margin[:len(n.margin)-1]
}

func (n *narrator) ending() {
	o := n.trace.Outcome
	n.line()
	n.line()
	n.line(span{" " + strings.Repeat("─", n.ruleWidth()), quiet})
	n.margin = []span{{text: " "}}
	switch o.State {
	case trace.Completed:
		n.text(2, span{"✓ ", good}, span{"Completed", bold})
		n.closing(parseMarkup(n.story.Done))
	case trace.Refused:
		title := "✗ Refused"
		if o.By != "" {
			title += " by " + n.story.roleName(o.By)
		}
		n.split(2, []span{{title, bad}}, span{harmless.Line(o.Error), bad})
		n.closing(n.story.refused(o))
	default:
		n.text(2, span{"– ", quiet}, span{"Not finished", bold})
	}
	n.line()
	n.text(0, span{summary(n.trace), quiet})
	n.margin = nil
}

func (n *narrator) closing(words []block) {
	if len(words) > 0 {
		n.line()
		n.words(words)
	}
}
