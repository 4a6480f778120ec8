package export

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// heads writes the first row of a table; each column may have a class.
func (p *htmlPen) heads(class string, heads, columns []string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	p.raw("<table" + class + ">\n<thead><tr>")
	for i, head := range heads {
		column := ""
		if columns[i] != "" {
			column = ` class="` + columns[i] + `"`
		}
		p.raw("<th" + column + ">" + esc(head) + "</th>")
	}
	p.raw("</tr></thead>\n<tbody>\n")
}

func (p *htmlPen) table(n telling.Table) {
	columns := make([]string, len(n.Head))
	if n.Of != "parties" {
		columns[0] = "name"
	}
	p.heads("", n.Head, columns)
	for _, row := range n.Rows {
		p.raw("<tr>")
		for i, c := range row {
			text := esc(c.Text)
			switch {
			case c.Wire:
				text = wireValue(c.Text)
			case i == 0 && n.Of == "parties":
				text = "<b>" + text + "</b>"
			}
			if c.Mark != "" {
				text += "<mark>" + esc(c.Mark) + "</mark>"
			}
			p.raw("<td>" + text + "</td>")
		}
		p.raw("</tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
	if n.Of == "parties" && p.teller.Developer() {
		mark := "<mark>" + esc(p.teller.Say("secret")) + "</mark>"
		before, after, _ := strings.Cut(p.teller.Say("handout.note"), "{secret}")
		p.raw(`<p class="note">` + esc(before) + mark + esc(after) + "</p>\n")
	}
}

// wireValue is a value as code.
func wireValue(value string) string {
	if value == "" {
		return ""
	}
	return "<code>" + esc(value) + "</code>"
}

func (p *htmlPen) token(n telling.Token) {
	if n.Again {
		p.raw("<p><code>" + esc(n.Name) + "</code> " + esc(n.Says) + ".</p>\n")
		return
	}
	p.raw("<h4><code>" + esc(n.Name) + "</code>, " + esc(n.Says) + "</h4>\n")
	p.heads("", n.Head, []string{"result", "name", ""})
	for _, part := range n.Parts {
		for _, m := range part.Members {
			p.raw("<tr><td>" + esc(part.Name) + "</td><td><code>" + esc(m.Name) + "</code></td><td>" + wireValue(m.Value))
			if m.Date != "" {
				p.raw(" (" + esc(m.Date) + ")")
			}
			p.raw("</td></tr>\n")
		}
	}
	p.raw("</tbody>\n</table>\n")
}

// checks writes the rules that ran: all of them in a table, or those that failed.
func (p *htmlPen) checks(n telling.Checks) {
	if n.All {
		p.raw("<h4>" + esc(n.Title) + "</h4>\n")
		p.heads("checks", n.Head, []string{"result", "rule", "spec", "", ""})
	}
	for _, v := range n.Verdicts {
		if !n.All {
			p.raw(`<p class="` + resultClass(v) + `">` + mark(v.Result) + " " + ruleToHTML(v) + "</p>\n")
			continue
		}
		p.raw(`<tr><td class="result ` + resultClass(v) + `">` + mark(v.Result) + " " + esc(v.Says) + "</td><td>" + ruleToHTML(v) +
			`</td><td class="spec">` + esc(v.Spec) + "</td>" + headed(n.Head[3], v.Expected) + headed(n.Head[4], v.Got) + "</tr>\n")
	}
	if n.All {
		p.raw("</tbody>\n</table>\n")
	}
	if n.Passed != "" {
		p.raw(`<p class="passed">✓ ` + esc(n.Passed) + "</p>\n")
	}
}

// headed is a cell that bears the head of its column, for a screen that is too narrow for columns.
func headed(head, value string) string {
	if value == "" {
		return "<td></td>"
	}
	return `<td data-head="` + esc(head) + `">` + wireValue(value) + "</td>"
}

func resultClass(v telling.Verdict) string {
	switch {
	case v.Result == trace.Pass || v.Stops:
		return "passed"
	case v.Result == trace.Fail:
		return "failed"
	}
	return "skipped"
}

// ruleToHTML is a rule and, where it did not pass, the reason.
func ruleToHTML(v telling.Verdict) string {
	out := spansToHTML(v.Rule)
	if v.Reason != "" {
		out += " (" + esc(v.Reason) + ")"
	}
	if v.Error != "" {
		out += " → <code>" + esc(v.Error) + "</code>"
	}
	return out
}
