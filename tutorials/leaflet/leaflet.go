// Package leaflet writes what is read from top to bottom as one page of HTML, or
// as text for a terminal: a course with its handout, a sheet for a board, the
// card of a lesson, a lesson.
//
// A page needs nothing else: no script and nothing from the network. It is light
// and made to be printed on A4. The package knows words alone, and no run.
package leaflet

import (
	_ "embed" // the styles
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

//go:embed leaflet.css
var styles string

//go:embed leaflet.html
var frame string

// Issuer is that of a provider which runs as `grantwalk serve` starts it.
const Issuer = "http://127.0.0.1:8180/realms/demo"

// Filled is code with the issuer of a provider in it.
func Filled(code, issuer string) string { return strings.ReplaceAll(code, "{issuer}", issuer) }

// sheet is what the page is made of.
type sheet struct {
	Language string
	Styles   template.CSS
	Title    string
	Line     template.HTML
	Half     bool // no longer than half a sheet of paper
	Bands    []band
	Cards    []card
	Handout  string // the heading over the cards
	Made     string // what made it
}

// part is a block, in the one manner that is not empty.
type part struct {
	Head    string
	Words   template.HTML
	Code    string
	Columns []string // of a table
	Rows    [][]template.HTML
}

// band is sections under each other, or short ones beside each other.
type band struct {
	Beside   bool
	Sections [][]part // each begins with its heading
}

// card is what somebody takes home from a lesson.
type card struct {
	Title string
	Keep  []template.HTML
	Next  template.HTML
}

// Paper writes a paper; a course with the card of each lesson that it names, in its voice.
func Paper(w io.Writer, words *tutorials.Library, p *tutorials.Paper) error {
	s := begin(words.Catalog(), p.Title)
	s.Line = Inline(p.Line)
	s.Half = p.Kind == tutorials.PaperBoard
	s.Bands = bandsOf(sectionsOf(p.Blocks), s.Half)
	if p.Kind == tutorials.PaperCourses {
		s.Handout = words.Catalog().Text("guide.handout")
		for _, l := range LessonsOf(words, p) {
			s.Cards = append(s.Cards, cardOf(&l, p.Voice()))
		}
	}
	return write(w, s)
}

// Card writes the card of a lesson.
func Card(w io.Writer, words *tutorials.Library, l *tutorials.Lesson, v tutorials.Voice) error {
	s := begin(words.Catalog(), l.Title)
	s.Cards = []card{cardOf(l, v)}
	return write(w, s)
}

// LessonsOf are the lessons that a paper leads to, each once, in its order.
func LessonsOf(words *tutorials.Library, p *tutorials.Paper) []tutorials.Lesson {
	all, _ := words.Lessons().All()
	var found []tutorials.Lesson
	seen := map[string]bool{}
	for _, b := range p.Blocks {
		for _, text := range append(cells(b.Table), b.Words) {
			for i := range all {
				if l := &all[i]; !seen[l.ID] && strings.Contains(text, "(at:lesson/"+l.ID) {
					seen[l.ID], found = true, append(found, *l)
				}
			}
		}
	}
	return found
}

func cells(t tutorials.Table) []string {
	var all []string
	for _, row := range t.Rows {
		all = append(all, row...)
	}
	return all
}

func begin(say *catalog.Catalog, title string) sheet {
	return sheet{
		Language: say.Language(), Styles: template.CSS(palette.Style(styles)), Title: title, Made: say.Text("guide.made"), //nolint:gosec // ours
	}
}

func write(w io.Writer, s sheet) error {
	t, err := template.New("leaflet").Parse(frame)
	if err != nil {
		return fmt.Errorf("read the frame of a page: %w", err)
	}
	if err := t.Execute(w, s); err != nil {
		return fmt.Errorf("write a page: %w", err)
	}
	return nil
}

// sectionsOf begins a section at each heading.
func sectionsOf(blocks []tutorials.Block) [][]part {
	var all [][]part
	for _, b := range blocks {
		if len(all) == 0 || b.Head != "" {
			all = append(all, nil)
		}
		last := &all[len(all)-1]
		*last = append(*last, partOf(b))
	}
	return all
}

// shortSection is the length of words below which a section may stand beside another one.
const shortSection = 320

// bandsOf puts short sections that follow each other side by side, where paper is to be saved.
func bandsOf(sections [][]part, save bool) []band {
	var all []band
	for _, s := range sections {
		long := 0
		for _, p := range s {
			if long += len(p.Words); len(p.Rows) > 0 || p.Code != "" {
				long += shortSection
			}
		}
		beside := save && long < shortSection
		if len(all) == 0 || all[len(all)-1].Beside != beside {
			all = append(all, band{Beside: beside})
		}
		last := &all[len(all)-1]
		last.Sections = append(last.Sections, s)
	}
	return all
}

func partOf(b tutorials.Block) part {
	p := part{Head: b.Head, Code: Filled(b.Code, Issuer), Columns: b.Table.Head}
	if b.Words != "" {
		p.Words = Blocks(b.Words)
	}
	for _, row := range b.Table.Rows {
		var cells []template.HTML
		for _, cell := range row {
			cells = append(cells, Inline(cell))
		}
		p.Rows = append(p.Rows, cells)
	}
	return p
}

func cardOf(l *tutorials.Lesson, v tutorials.Voice) card {
	end := l.End[v]
	c := card{Title: l.Title, Next: Inline(end.Next)}
	for _, keep := range end.Keep {
		c.Keep = append(c.Keep, Inline(keep))
	}
	return c
}

// Blocks are the paragraphs and lists of words.
func Blocks(words string) template.HTML {
	var b strings.Builder
	inList := false
	for _, block := range markup.Parse(words) {
		switch {
		case block.Item && !inList:
			b.WriteString("<ul>")
		case !block.Item && inList:
			b.WriteString("</ul>")
		}
		inList = block.Item
		tag := "p"
		if block.Item {
			tag = "li"
		}
		b.WriteString("<" + tag + ">" + string(spans(block.Spans)) + "</" + tag + ">")
	}
	if inList {
		b.WriteString("</ul>")
	}
	return template.HTML(b.String()) //nolint:gosec // every text of it went through spans
}

// Inline is a line of words, or what stands in a cell.
func Inline(words string) template.HTML {
	var b strings.Builder
	for _, block := range markup.Parse(words) {
		b.WriteString(string(spans(block.Spans)))
	}
	return template.HTML(b.String()) //nolint:gosec // every text of it went through spans
}

// spans escapes the text of each; paper leads nowhere, so an address is shown where it has one.
func spans(all []markup.Span) template.HTML {
	var b strings.Builder
	for _, s := range all {
		text := template.HTMLEscapeString(s.Text)
		if s.Code {
			text = "<code>" + text + "</code>"
		}
		if s.Bold {
			text = "<b>" + text + "</b>"
		}
		if to, ok := strings.CutPrefix(s.Link, "at:"); ok {
			text += " <code class=\"address\">" + template.HTMLEscapeString(to) + "</code>"
		}
		b.WriteString(text)
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above
}
