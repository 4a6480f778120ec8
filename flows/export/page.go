package export

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

var (
	//go:embed page.css
	pageCSS string

	//go:embed page.js
	pageScript string
)

// Page writes the run as one page for a screen: the diagram, one arrow below
// the other, and under each arrow, in the browser's own manner of opening
// things, its words in the voice of the story, its bytes and its checks. It
// needs nothing else, takes the colours of the reader's system, and can be read
// without its script, which only opens everything at once.
func Page(w io.Writer, t *trace.Trace, s telling.Story) error {
	exact := s
	exact.Developer = true
	p := pagePen{
		htmlPen: htmlPen{out: bufio.NewWriter(w), teller: telling.Of(t, s)},
		exact:   htmlPen{teller: telling.Of(t, exact)}, say: s.Say,
	}
	p.exact.out = p.out
	p.lanes = chart.Lanes(p.teller)
	p.headWith(p.teller.Title(), "\n"+p.style(), "\n"+pageScript)
	p.opening()
	for _, row := range chart.Rows(p.teller) {
		p.row(&row)
	}
	p.raw("</section>\n")
	for _, noun := range p.teller.Ending() {
		p.put(noun)
	}
	p.raw("</main>\n<script>\n" + pageScript + "</script>\n</body>\n</html>\n")
	return p.out.Flush()
}

// pagePen writes the page. The wire is told by a second teller, who speaks to a
// developer: whoever opens an arrow wants to see it in any voice.
type pagePen struct {
	htmlPen
	exact htmlPen
	say   *catalog.Catalog
	lanes []telling.Party
}

// style is the style sheet. The lanes stand in it, because the policy of the
// page allows no style in its elements.
func (p *pagePen) style() string {
	var lanes, tones, dark strings.Builder
	n := float64(len(p.lanes))
	for a := range p.lanes {
		for b := range p.lanes {
			left, wide := min(a, b), max(a-b, b-a)
			fmt.Fprintf(&lanes, ".from-%d.to-%d { margin-left: %.3f%%; width: %.3f%%; }\n", a, b, (float64(left)+.5)/n*100, float64(wide)/n*100)
		}
	}
	fmt.Fprintf(&lanes, ".lanes { --lanes: %d; }\n", len(p.lanes))
	tone := func(b *strings.Builder, class string, t palette.Tone) {
		fmt.Fprintf(b, ".%s { background: %s; color: %s; border-color: %s; }\n", class, pen.Hex(t.Ground), pen.Hex(t.Ink), pen.Hex(t.Line))
	}
	for to, c := range map[*strings.Builder]palette.Palette{&tones: palette.Light(), &dark: palette.Dark()} { // in any order: each has its own
		for _, role := range palette.Roles() {
			tone(to, "role-"+role, c.Role(role))
		}
		for _, artefact := range telling.Artefacts() {
			tone(to, "chip-"+string(artefact), c.Artefact(string(artefact)))
		}
	}
	return nounsCSS + palette.Style(strings.NewReplacer(
		"$dark-tones", dark.String(), "$tones", tones.String(), "$lanes", lanes.String(),
	).Replace(pageCSS))
}

// opening is what the run is about, and the heads of the lanes.
func (p *pagePen) opening() {
	for _, noun := range p.teller.Opening() {
		switch n := noun.(type) {
		case telling.Title:
			p.htmlPen.opening(n)
		case telling.Passage:
			p.passage(n)
		}
	}
	p.raw("</header>\n<div class=\"bar\"><p>" + esc(p.words("hint")) + "</p><p id=\"all\" data-open=\"" + esc(p.words("open")) +
		"\" data-shut=\"" + esc(p.words("shut")) + "\"></p></div>\n<ul class=\"legend\">\n")
	for _, entry := range chart.Legend(p.teller) {
		p.raw(`<li><span class="arrow line-` + string(entry.Line) + `"><i></i></span>` + esc(entry.Words) + "</li>\n")
	}
	p.raw("</ul>\n<section class=\"run\">\n<div class=\"heads\"><div class=\"lanes\">\n")
	for _, lane := range p.lanes {
		also := ""
		if lane.Also != "" {
			also = "<small>" + esc(lane.Also) + "</small>"
		}
		p.raw(`<p class="role-` + string(lane.Role) + `"><b>` + esc(lane.Name) + "</b>" + also + "</p>\n")
	}
	p.raw("</div></div>\n")
}

func (p *pagePen) words(id string) string { return p.say.Text("export.page." + id) }

// row is one arrow, and what opens below it.
func (p *pagePen) row(r *chart.Row) {
	if r.Chapter != "" {
		p.raw("<h2>" + esc(r.Chapter) + "</h2>\n")
	}
	number := strconv.Itoa(r.Message + 1)
	open := ""
	if r.Message == p.teller.Failed() {
		open = " open"
	}
	p.raw(`<details class="row ` + classOfFate(r.Fate) + `" id="step-` + number + `"` + open + ">\n<summary><span class=\"number\">" + number +
		`</span><span class="title">` + esc(r.Title) + "</span>")
	p.arrow(r)
	p.raw("</summary>\n<div class=\"inside\">\n<div>\n")
	p.told(r.Message)
	p.raw("</div>\n<div>\n")
	p.sent(r.Message)
	p.raw("</div>\n</div>\n</details>\n")
}

func classOfFate(f telling.Fate) string {
	switch f {
	case telling.Stopped:
		return "stopped"
	case telling.Broke, telling.Lost:
		return "refused"
	case telling.Fine:
	}
	return "fine"
}

// lane is the place of a party among the lanes.
func (p *pagePen) lane(r trace.Role) int {
	return max(0, slices.IndexFunc(p.lanes, func(l telling.Party) bool { return l.Role == r }))
}

// arrow draws a message between its lanes: its label, its line, and what it carries.
func (p *pagePen) arrow(r *chart.Row) {
	from, to := p.lane(r.From), p.lane(r.To)
	at := fmt.Sprintf("from-%d to-%d", from, to)
	class := "arrow line-" + string(r.Line)
	switch {
	case r.Alone():
		class += " loop"
		at += " alone"
		if from == len(p.lanes)-1 {
			at += " last"
		}
	case to < from:
		class += " left"
	}
	if r.Reply {
		class += " reply"
	}
	p.raw(`<span class="lanes"><span class="label ` + at + `"><span>` + esc(r.Label) + `</span></span><span class="` + class + " " + at +
		`"><i></i></span>`)
	if len(r.Chips) > 0 {
		p.raw(`<span class="chips ` + at + `">`)
		for _, c := range r.Chips {
			p.raw(`<span class="chip chip-` + string(c.Artefact) + `">` + esc(c.Label) + "</span>")
		}
		p.raw("</span>")
	}
	p.raw("</span>")
}

// told are the words of message i, and what the learner changed.
func (p *pagePen) told(i int) {
	p.raw("<h3>" + esc(p.words("words")) + "</h3>\n")
	for _, noun := range p.teller.Step(i) {
		switch n := noun.(type) {
		case telling.Way, telling.Passage, telling.Fold:
			p.put(n)
		case telling.Table:
			if n.Of == "changed" {
				p.put(n)
			}
		}
	}
}

// sent are the bytes of message i, the tokens in them, and the checks.
func (p *pagePen) sent(i int) {
	head := map[trace.Kind]string{trace.Gesture: "done", trace.Note: "worked"}[p.teller.Run().Messages[i].Kind]
	head = "<h3>" + esc(p.words(cmp.Or(head, "wire"))) + "</h3>\n"
	for _, noun := range p.exact.teller.Step(i) {
		switch n := noun.(type) {
		case telling.Table:
			if n.Of == "changed" {
				continue
			}
		case telling.Line, telling.Quote, telling.Chips, telling.Token, telling.Checks:
		default:
			continue
		}
		p.raw(head) // above the first alone
		head = ""
		p.exact.put(noun)
	}
}
