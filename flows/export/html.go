package export

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/flows/trace"
)

//go:embed handout.css
var handoutCSS string

//go:embed nouns.css
var nounsCSS string

// sheetHeight is how much of the diagram stands in one picture of a page: what
// fits on A4 at the width of the paper.
const sheetHeight = 1120.0

// HTML writes the run as one page that needs nothing else: the diagram in it,
// no script, nothing from the network, and a policy that would stop both. It
// is light and made to be printed on A4.
func HTML(w io.Writer, t *trace.Trace, s telling.Story) error {
	c, err := newPicture(t, s)
	if err != nil {
		return err
	}
	p := htmlPen{out: bufio.NewWriter(w), teller: telling.Of(t, s), picture: c}
	for noun := range p.teller.Whole() {
		p.put(noun)
	}
	p.raw("</main>\n</body>\n</html>\n")
	return p.out.Flush()
}

// htmlPen writes HTML. Every text goes through esc; a bufio.Writer keeps its first error for Flush.
type htmlPen struct {
	out     *bufio.Writer
	teller  *telling.Teller
	picture *picture
	open    bool // an article is
}

func (p *htmlPen) raw(markup string) { _, _ = p.out.WriteString(markup) }

// esc makes text of anything from the wire or the words.
func esc(s string) string { return pen.EscapeXML(s) }

func (p *htmlPen) put(noun telling.Noun) {
	switch n := noun.(type) {
	case telling.Title:
		p.head(n.Words)
		p.opening(n)
	case telling.Figure:
		p.raw("</header>\n")
		p.diagram(n)
	case telling.Chapter:
		p.endStep()
		p.raw("<h2>" + esc(n.Title) + "</h2>\n")
	case telling.Step:
		p.endStep()
		p.step(n)
	case telling.Way:
		p.way(n)
	case telling.Passage:
		p.passage(n)
	case telling.Fold:
		p.raw("<details>\n<summary>" + esc(n.Summary) + "</summary>\n")
		for _, folded := range n.Nouns {
			p.put(folded)
		}
		p.raw("</details>\n")
	case telling.Table:
		p.table(n)
	case telling.Line:
		p.raw("<pre><code>" + esc(n.Keyword+" "+n.Rest) + "</code></pre>\n")
	case telling.Quote:
		p.raw("<h4>" + esc(n.Title) + "</h4>\n<pre><code>" + esc(strings.Join(n.Lines, "\n")) + "</code></pre>\n")
	case telling.Chips:
		p.raw("<p>" + esc(n.Title) + ":")
		for _, name := range n.Names {
			p.raw(" <code>" + esc(name) + "</code><mark>" + esc(n.Mark) + "</mark>")
		}
		p.raw("</p>\n")
	case telling.Token:
		p.token(n)
	case telling.Checks:
		p.checks(n)
	case telling.Ending:
		p.endStep()
		p.ending(n.Outcome)
	case telling.Closing:
		p.raw("</section>\n<footer>" + esc(p.teller.Say("handout.made", "summary", n.Summary)) + "</footer>\n")
	}
}

func (p *htmlPen) endStep() {
	if p.open {
		p.raw("</article>\n")
	}
	p.open = false
}

func (p *htmlPen) head(title string) { p.headWith(title, "\n"+handoutStyle(), "") }

// headWith begins a page that may have this style and, where it is not empty, this script, and nothing else.
func (p *htmlPen) headWith(title, style, script string) {
	policy := "default-src 'none'; style-src '" + hashOf(style) + "'; "
	if script != "" {
		policy += "script-src '" + hashOf(script) + "'; "
	}
	p.raw(`<!doctype html>
<html lang="` + esc(p.teller.Language()) + `">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="` + policy + `base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Grantwalk">
<title>` + esc(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
}

// hashOf is how a policy names what stands in the page itself (Content Security Policy section 2.3.1).
func hashOf(inline string) string {
	hash := sha256.Sum256([]byte(inline))
	return "sha256-" + base64.StdEncoding.EncodeToString(hash[:])
}

// handoutStyle is the style sheet with the colours of paper in it.
func handoutStyle() string { return nounsCSS + palette.Style(handoutCSS) }

func (p *htmlPen) opening(n telling.Title) {
	p.raw("<header class=\"summary\">\n<h1>" + esc(n.Words) + "</h1>\n")
	p.raw(`<p class="about"><span class="badge ` + classOf(n.Outcome) + `">` + esc(signed(n.Outcome)) + "</span> " +
		esc(n.Summary) + "</p>\n")
}

// classOf names the colour of an outcome.
func classOf(o telling.Outcome) string {
	switch {
	case o.State == trace.Running:
		return "open"
	case o.Fate.Good():
		return "pass"
	}
	return "fail"
}

// diagram draws the whole run, in as many pictures as pages need.
func (p *htmlPen) diagram(n telling.Figure) {
	p.raw("<h2>" + esc(n.Title) + "</h2>\n")
	rows := p.picture.rows()
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
		p.picture.svg(p.out, rows[from:to], false, to == len(rows))
		p.raw("</figure>\n")
		from = to
	}
}

func (p *htmlPen) step(n telling.Step) {
	class := ""
	switch n.Fate {
	case telling.Stopped:
		class = ` class="stopped"`
	case telling.Broke, telling.Lost:
		class = ` class="refused"`
	case telling.Fine:
	}
	p.raw("<article" + class + ">\n<h3><span class=\"number\">" + strconv.Itoa(n.Number) + "</span>" + esc(n.Title) + "</h3>\n")
	p.open = true
}

// way says who sends to whom, by which channel, and the words on the arrow.
func (p *htmlPen) way(n telling.Way) {
	p.raw(`<p class="way"><b>` + esc(n.From) + "</b>")
	if !n.Alone {
		p.raw(" → <b>" + esc(n.To) + "</b>")
	}
	p.raw(": " + esc(n.Label))
	if n.Channel != "" {
		class := "channel"
		if n.Back {
			class += " back"
		}
		p.raw(` <span class="` + class + `">` + esc(n.Channel) + "</span>")
	}
	p.raw("</p>\n")
}

// passage writes paragraphs and lists; the lead stands before the first.
func (p *htmlPen) passage(n telling.Passage) {
	list := false
	for i, b := range n.Blocks {
		if b.Item != list {
			p.raw(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[b.Item])
			list = b.Item
		}
		open, end := "<p>", "</p>\n"
		if b.Item {
			open, end = "<li>", "</li>\n"
		}
		p.raw(open)
		if i == 0 && n.Lead != "" {
			p.raw(`<span class="lead">` + esc(n.Lead) + "</span> ")
		}
		p.raw(spansToHTML(b.Spans) + end)
	}
	if list {
		p.raw("</ul>\n")
	}
}

func spansToHTML(spans []markup.Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch {
		case s.Code:
			b.WriteString("<code>" + esc(s.Text) + "</code>")
		case s.Bold:
			b.WriteString("<b>" + esc(s.Text) + "</b>")
		default:
			b.WriteString(esc(s.Text))
		}
	}
	return b.String()
}

func (p *htmlPen) ending(o telling.Outcome) {
	p.raw(`<section class="outcome ` + classOf(o) + "\">\n<h2>" + esc(signed(o)))
	if o.Error != "" {
		p.raw(": <code>" + esc(o.Error) + "</code>")
	}
	p.raw("</h2>\n")
}
