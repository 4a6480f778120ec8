package export

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// wire writes what crossed the network, was computed, or was typed.
func (p *webPage) wire(i int, m *trace.Message) {
	switch {
	case m.Act != nil:
		p.fields("Typed", "", m.Act.Fields)
	case m.Calc != nil:
		p.calculation(m.Calc)
	case m.Kind == trace.Request || m.Kind == trace.Response:
		p.http(i, m)
	}
}

func (p *webPage) http(i int, m *trace.Message) {
	keyword, rest := startLine(m)
	p.raw("<pre><code>" + esc(keyword+" "+rest) + "</code></pre>\n")
	for _, s := range sections(m) {
		p.fields(strings.ToUpper(s.name[:1])+s.name[1:], s.name, s.fields)
	}
	if lines := body(m); len(lines) > 0 {
		p.raw("<h4>Body</h4>\n<pre><code>" + escapeXML(harmless.Text(strings.Join(lines, "\n"))) + "</code></pre>\n")
		if names := secret.InBody(m); len(names) > 0 {
			p.raw("<p>In this body:")
			for _, n := range names {
				p.raw(" <code>" + esc(n) + "</code><mark>" + secretWord + "</mark>")
			}
			p.raw("</p>\n")
		}
	}
	for _, t := range tokens(m) {
		p.token(i, t)
	}
}

func (p *webPage) token(i int, t token) {
	if step, ok := p.told[t.raw]; ok {
		p.raw("<p><code>" + esc(t.name) + "</code> carries the token decoded in " + plainStep(step) + ".</p>\n")
		return
	}
	p.told[t.raw] = i + 1
	p.raw("<h4><code>" + esc(t.name) + "</code>, decoded, not verified here</h4>\n<table>\n<thead><tr><th class=\"result\">Part</th><th class=\"name\">Member</th><th>Value</th></tr></thead>\n<tbody>\n")
	p.members("header", t.jwt.Header)
	p.members("payload", t.jwt.Payload)
	p.raw("</tbody>\n</table>\n")
}

func plainStep(i int) string { return "step " + number(float64(i)) }

func (p *webPage) members(part string, fields []trace.Field) {
	for _, f := range fields {
		p.raw("<tr><td>" + part + "</td><td><code>" + esc(f.Name) + "</code></td><td>" + wireValue(f.Value, false))
		if date := moment(f); date != "" {
			p.raw(" (" + esc(date) + ")")
		}
		p.raw("</td></tr>\n")
	}
}

func (p *webPage) calculation(c *trace.Calc) {
	p.fields("Input", "", c.Inputs)
	if len(c.Steps) > 0 {
		p.raw("<table>\n<thead><tr><th class=\"name\">Step</th><th>Result</th></tr></thead>\n<tbody>\n")
		for _, s := range c.Steps {
			p.raw("<tr><td>" + wireValue(s.Does, false) + "</td><td>" + wireValue(s.Result, false) + "</td></tr>\n")
		}
		p.raw("</tbody>\n</table>\n")
	}
	p.fields("Output", "", c.Outputs)
	if c.Command != "" {
		p.raw("<h4>Try it</h4>\n<pre><code>" + escapeXML(harmless.Text(c.Command)) + "</code></pre>\n")
	}
}

func (p *webPage) fields(title, section string, fields []trace.Field) {
	if len(fields) == 0 {
		return
	}
	p.raw("<table>\n<thead><tr><th class=\"name\">" + esc(title) + "</th><th>Value</th></tr></thead>\n<tbody>\n")
	for _, f := range fields {
		p.raw("<tr><td><code>" + esc(f.Name) + "</code></td><td>" + wireValue(f.Value, secret.Marked(section, f)) + "</td></tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
}
