package export

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

//go:embed handout.css
var handoutCSS string

// sheetHeight is how much of the diagram stands in one picture of a page: what
// fits on A4 at the width of the paper.
const sheetHeight = 1120.0

// HTML writes the run as one page that needs nothing else: the diagram in it,
// no script, nothing from the network, and a policy that would stop both. It
// is light and made to be printed on A4.
func HTML(w io.Writer, t *trace.Trace, s Story) error {
	c, err := newChart(t, s)
	if err != nil {
		return err
	}
	p := webPage{out: bufio.NewWriter(w), story: s, told: map[string]int{}}
	p.head(t)
	p.opening(t)
	p.diagram(c)
	chapter := ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Chapter != chapter {
			chapter = m.Chapter
			p.tag("h2", "", s.chapter(chapter))
		}
		p.message(i, m)
	}
	p.ending(t)
	p.raw("</main>\n</body>\n</html>\n")
	return p.out.Flush()
}

// webPage writes HTML. Every text goes through esc; a bufio.Writer keeps its first error for Flush.
type webPage struct {
	out   *bufio.Writer
	story Story
	told  map[string]int // tokens that were decoded already, and in which step
}

func (p *webPage) raw(markup string) { _, _ = p.out.WriteString(markup) }

// esc makes text of anything from the wire or the words.
func esc(s string) string { return escapeXML(harmless.Line(s)) }

// tag writes an element with text in it.
func (p *webPage) tag(name, class, words string) {
	p.raw("<" + name)
	if class != "" {
		p.raw(` class="` + class + `"`)
	}
	p.raw(">" + esc(words) + "</" + name + ">\n")
}

func (p *webPage) head(t *trace.Trace) {
	style := "\n" + handoutCSS
	hash := sha256.Sum256([]byte(style))
	p.raw(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-` + base64.StdEncoding.EncodeToString(hash[:]) +
		`'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Grantwalk">
`)
	p.tag("title", "", p.story.title(t))
	p.raw("<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
}

func (p *webPage) opening(t *trace.Trace) {
	p.raw("<header class=\"summary\">\n")
	p.tag("h1", "", p.story.title(t))
	class, words := "open", "Not finished"
	switch t.Outcome.State {
	case trace.Completed:
		class, words = "pass", "✓ Completed"
	case trace.Refused:
		class, words = "fail", "✗ Refused"
		if t.Outcome.By != "" {
			words += " by " + p.story.roleName(t.Outcome.By)
		}
	case trace.Running:
	}
	p.raw(`<p class="about"><span class="badge ` + class + `">` + esc(words) + "</span> " + esc(summary(t)) + "</p>\n")
	p.words("", parseMarkup(p.story.Intro))
	p.raw("<table>\n<thead><tr><th>Party</th><th>Also called</th></tr></thead>\n<tbody>\n")
	for _, r := range cast(t) {
		name, also := p.story.role(r)
		p.raw("<tr><td><b>" + esc(name) + "</b></td><td>" + esc(also) + "</td></tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
	if p.story.Developer {
		p.raw("<p class=\"note\">Values marked <mark>secret</mark> are good for something: whoever has them can act with them. Do not share such values of a system that others rely on.</p>\n")
	}
	p.raw("</header>\n")
}

// diagram draws the whole run, in as many pictures as pages need.
func (p *webPage) diagram(c *chart) {
	p.tag("h2", "", "The whole conversation")
	rows := c.rows(0, len(c.trace.Messages))
	for from, first := 0, true; first || from < len(rows); first = false {
		to, height := from, headHeight
		for to < len(rows) && (to == from || height+rows[to].height <= sheetHeight) {
			height += rows[to].height
			to++
		}
		if to < len(rows) && to-1 > from && rows[to-1].chapter != "" { // no title at the foot of a page
			to--
		}
		p.raw("<figure>\n")
		c.svg(p.out, rows[from:to], false, to == len(rows))
		p.raw("</figure>\n")
		from = to
	}
}

func (p *webPage) message(i int, m *trace.Message) {
	w := p.story.step(m)
	class := ""
	if m.Failed() {
		class = ` class="refused"`
	}
	p.raw("<article" + class + ">\n<h3><span class=\"number\">" + strconv.Itoa(i+1) + "</span>" + esc(w.Title) + "</h3>\n")
	p.way(m, w.Label)
	p.words("", parseMarkup(w.Happened))
	p.words("Think of it like this.", parseMarkup(w.Likeness))
	p.words("Why it matters.", parseMarkup(w.Why))
	p.words("What could go wrong?", parseMarkup(w.Risk))
	p.edits(m)
	if p.story.Developer {
		p.wire(i, m)
	}
	p.checks(m)
	p.raw("</article>\n")
}

// way says who sends to whom, by which channel, and the words on the arrow.
func (p *webPage) way(m *trace.Message, label string) {
	p.raw(`<p class="way"><b>` + esc(p.story.roleName(m.From)) + "</b>")
	if m.From != m.To {
		p.raw(" → <b>" + esc(p.story.roleName(m.To)) + "</b>")
	}
	p.raw(": " + esc(label))
	if channel := p.story.channel(m.Channel); channel != "" {
		class := "channel"
		if m.Channel == trace.Back {
			class += " back"
		}
		p.raw(` <span class="` + class + `">` + esc(channel) + "</span>")
	}
	p.raw("</p>\n")
}

// words writes paragraphs and lists; the lead stands before the first.
func (p *webPage) words(lead string, blocks []block) {
	list := false
	for i, b := range blocks {
		if b.item != list {
			p.raw(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[b.item])
			list = b.item
		}
		open, end := "<p>", "</p>\n"
		if b.item {
			open, end = "<li>", "</li>\n"
		}
		p.raw(open)
		if i == 0 && lead != "" {
			p.raw(`<span class="lead">` + esc(lead) + "</span> ")
		}
		p.raw(spansToHTML(b.spans) + end)
	}
	if list {
		p.raw("</ul>\n")
	}
}

func spansToHTML(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.style {
		case bold:
			b.WriteString("<b>" + esc(s.text) + "</b>")
		case code:
			b.WriteString("<code>" + esc(s.text) + "</code>")
		default:
			b.WriteString(esc(s.text))
		}
	}
	return b.String()
}

func (p *webPage) edits(m *trace.Message) {
	if len(m.Edited) == 0 {
		return
	}
	p.raw("<table>\n<thead><tr><th class=\"name\">Changed by hand</th><th>Before</th><th>After</th></tr></thead>\n<tbody>\n")
	for _, e := range m.Edited {
		kind, name, _ := strings.Cut(e.What, " ")
		marked := kind == "parameter" && secret.Kind(name) != ""
		p.raw("<tr><td>" + esc(e.What) + "</td><td>" + wireValue(e.Before, marked) + "</td><td>" + wireValue(e.After, marked) + "</td></tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
}

// wireValue is a value as code, with its mark.
func wireValue(value string, secret bool) string {
	if value == "" {
		return ""
	}
	out := "<code>" + esc(value) + "</code>"
	if secret {
		out += "<mark>" + secretWord + "</mark>"
	}
	return out
}

// checks writes the rules that ran: all of them for developers, otherwise those that failed.
func (p *webPage) checks(m *trace.Message) {
	if len(m.Checks) == 0 {
		return
	}
	if p.story.Developer {
		p.raw("<h4>What the receiver checked</h4>\n<table class=\"checks\">\n<thead><tr><th class=\"result\">Result</th><th class=\"rule\">Rule</th><th class=\"spec\">Section</th><th>Expected</th><th>Got</th></tr></thead>\n<tbody>\n")
		for _, c := range m.Checks {
			p.raw("<tr>" + resultCell(c.Result) + "<td>" + p.rule(c) + "</td><td class=\"spec\">" + esc(c.Spec.String()) + "</td><td>" +
				wireValue(c.Expected, false) + "</td><td>" + wireValue(c.Got, false) + "</td></tr>\n")
		}
		p.raw("</tbody>\n</table>\n")
		return
	}
	passed := 0
	for _, c := range m.Checks {
		switch c.Result {
		case trace.Pass:
			passed++
		case trace.Fail:
			p.raw("<p class=\"failed\">✗ " + p.rule(c) + "</p>\n")
		case trace.Skip:
		}
	}
	if passed > 0 {
		p.raw("<p class=\"passed\">✓ " + plural(passed, "check") + " passed</p>\n")
	}
}

func resultCell(r trace.Result) string {
	switch r {
	case trace.Pass:
		return `<td class="result passed">✓ pass</td>`
	case trace.Fail:
		return `<td class="result failed">✗ fail</td>`
	case trace.Skip:
	}
	return `<td class="result skipped">– skipped</td>`
}

func (p *webPage) rule(c trace.Check) string {
	out := spansToHTML(p.story.rule(c))
	if c.Reason != "" {
		out += " (" + esc(c.Reason) + ")"
	}
	if c.Error != "" {
		out += " → <code>" + esc(c.Error) + "</code>"
	}
	return out
}

func (p *webPage) ending(t *trace.Trace) {
	switch o := t.Outcome; o.State {
	case trace.Completed:
		p.raw("<section class=\"outcome pass\">\n<h2>✓ Completed</h2>\n")
		p.words("", parseMarkup(p.story.Done))
	case trace.Refused:
		p.raw("<section class=\"outcome fail\">\n<h2>✗ Refused")
		if o.By != "" {
			p.raw(" by " + esc(p.story.roleName(o.By)))
		}
		if o.Error != "" {
			p.raw(": <code>" + esc(o.Error) + "</code>")
		}
		p.raw("</h2>\n")
		p.words("", p.story.refused(o))
	default:
		p.raw("<section class=\"outcome open\">\n<h2>Not finished</h2>\n")
	}
	p.raw("</section>\n")
	p.raw(fmt.Sprintf("<footer>%s. Made with Grantwalk: every message on this page was really sent, every check really run.</footer>\n", esc(summary(t))))
}
