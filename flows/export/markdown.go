package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Markdown writes the run as a handout in CommonMark with the tables of GitHub
// Flavored Markdown, and its sequence diagram at the end. Values stand in full.
func Markdown(w io.Writer, t *trace.Trace, s telling.Story) error {
	p := markdownPen{w: w}
	var diagram telling.Figure
	for noun := range telling.Of(t, s).Whole() {
		if figure, ok := noun.(telling.Figure); ok {
			diagram = figure
		}
		p.write(noun)
		if p.b.Len() > flushAt {
			if err := p.flush(); err != nil {
				return err
			}
		}
	}
	p.put("## %s", escapeMarkdown(diagram.Title))
	p.b.WriteString("```mermaid\n") // the diagram holds no backtick
	if err := p.flush(); err != nil {
		return err
	}
	if err := Mermaid(w, t, s); err != nil {
		return err
	}
	p.b.WriteString("```\n")
	return p.flush()
}

type markdownPen struct {
	w io.Writer
	b strings.Builder
}

// flush hands on what was written so far, so that no run has to fit into memory twice.
func (p *markdownPen) flush() error {
	_, err := io.WriteString(p.w, p.b.String())
	p.b.Reset()
	return err
}

// put writes one block and the empty line after it.
func (p *markdownPen) put(format string, args ...any) {
	fmt.Fprintf(&p.b, format+"\n\n", args...)
}

func (p *markdownPen) write(noun telling.Noun) {
	switch n := noun.(type) {
	case telling.Title:
		p.put("# %s", escapeMarkdown(n.Words))
	case telling.Chapter:
		p.put("## %s", escapeMarkdown(n.Title))
	case telling.Step:
		p.put("### %d. %s", n.Number, escapeMarkdown(n.Title))
	case telling.Way:
		p.way(n)
	case telling.Passage:
		p.passage(n)
	case telling.Fold:
		p.put("*%s*", escapeMarkdown(n.Summary))
	case telling.Table:
		p.tableOf(n)
	case telling.Line:
		p.put("%s", codeSpan(n.Keyword+" "+n.Rest))
	case telling.Quote:
		if n.Of == "command" {
			p.put("%s:", escapeMarkdown(n.Title))
		}
		p.fence(n.Language, strings.Join(n.Lines, "\n"))
	case telling.Chips:
		names := make([]string, len(n.Names))
		for i := range n.Names {
			names[i] = codeSpan(n.Names[i])
		}
		p.put("%s, %s: %s", escapeMarkdown(n.Title), n.Mark, strings.Join(names, ", "))
	case telling.Token:
		p.token(n)
	case telling.Checks:
		p.checks(n)
	case telling.Ending:
		p.ending(n.Outcome)
	case telling.Closing:
		p.put("%s", escapeMarkdown(n.Summary))
	}
}

func (p *markdownPen) way(n telling.Way) {
	out := "**" + escapeMarkdown(n.From) + "**"
	if !n.Alone {
		line := " → "
		if n.Back {
			line = " ⇒ "
		}
		out += line + "**" + escapeMarkdown(n.To) + "**"
	}
	if n.Channel != "" {
		out += " (" + escapeMarkdown(n.Channel) + ")"
	}
	p.put("%s: %s", out, escapeMarkdown(n.Label))
}

// passage writes paragraphs and lists; the lead stands in bold before the first.
func (p *markdownPen) passage(n telling.Passage) {
	for i, b := range n.Blocks {
		text := spansToMarkdown(b.Spans)
		if i == 0 && n.Lead != "" {
			text = "**" + escapeMarkdown(n.Lead) + "** " + text
		}
		if !b.Item {
			p.put("%s", text)
			continue
		}
		p.b.WriteString("- " + text + "\n")
		if i+1 == len(n.Blocks) || !n.Blocks[i+1].Item {
			p.b.WriteByte('\n')
		}
	}
}

func spansToMarkdown(spans []markup.Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch {
		case s.Code:
			b.WriteString(codeSpan(s.Text))
		case s.Bold:
			b.WriteString("**" + escapeMarkdown(s.Text) + "**")
		default:
			b.WriteString(escapeMarkdown(s.Text))
		}
	}
	return b.String()
}

func (p *markdownPen) tableOf(n telling.Table) {
	rows := make([][]string, len(n.Rows))
	for i, row := range n.Rows {
		for _, c := range row {
			text := ""
			if c.Wire {
				text = cell(c.Text)
			} else {
				text = escapeMarkdown(c.Text)
			}
			if c.Mark != "" {
				text += " (" + escapeMarkdown(c.Mark) + ")"
			}
			rows[i] = append(rows[i], text)
		}
	}
	p.table(n.Head, rows)
}

func (p *markdownPen) token(n telling.Token) {
	if n.Again {
		p.put("%s %s.", codeSpan(n.Name), escapeMarkdown(n.Says))
		return
	}
	p.put("%s, %s:", codeSpan(n.Name), escapeMarkdown(n.Says))
	var rows [][]string
	for _, part := range n.Parts {
		for _, m := range part.Members {
			value := cell(m.Value)
			if m.Date != "" {
				value += " (" + m.Date + ")"
			}
			rows = append(rows, []string{escapeMarkdown(part.Name), cell(m.Name), value})
		}
	}
	p.table(n.Head, rows)
}

// checks writes the rules that ran: all of them in a table, or those that failed.
func (p *markdownPen) checks(n telling.Checks) {
	rows := make([][]string, 0, len(n.Verdicts))
	for _, v := range n.Verdicts {
		rule := spansToMarkdown(v.Rule)
		if v.Reason != "" {
			rule += " (" + escapeMarkdown(v.Reason) + ")"
		}
		if v.Error != "" {
			rule += " → " + codeSpan(v.Error)
		}
		if !n.All {
			p.put("%s %s", mark(v.Result), rule)
			continue
		}
		rows = append(rows, []string{mark(v.Result), rule, escapeMarkdown(v.Spec), cell(v.Expected), cell(v.Got)})
	}
	if n.Passed != "" {
		p.put("✓ %s", escapeMarkdown(n.Passed))
	}
	p.table(append([]string{""}, n.Head[1:]...), rows)
}

// mark is the sign of a result.
func mark(r trace.Result) string {
	switch r {
	case trace.Pass:
		return "✓"
	case trace.Fail:
		return "✗"
	case trace.Skip:
	}
	return "–"
}

func (p *markdownPen) ending(o telling.Outcome) {
	title := escapeMarkdown(o.Words)
	if sign := endSign(o); sign != "" {
		title = sign + " " + title
	}
	if o.Error != "" {
		title += ": " + codeSpan(o.Error)
	}
	p.put("## %s", title)
}
