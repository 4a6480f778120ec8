package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// pen draws shapes, later ones over earlier ones.
type pen interface {
	rect(shape)
	disc(x, y, radius float64, fill uint32)
	line(stroke)
	polygon(points []float64, fill uint32) // x, y, x, y, …
	text(text)
	open(title string) // begins a group that has a name
	shut()
}

type shape struct {
	x, y, w, h, radius float64
	fill               uint32
	filled             bool
	stroke             uint32
	thick              float64 // of the border; 0 for none
}

type stroke struct {
	x1, y1, x2, y2 float64
	color          uint32
	thick          float64
	dashed         bool
}

type text struct {
	words  string
	x, y   float64 // y of the base line
	size   float64
	bold   bool
	color  uint32
	anchor int // what x is of the words: 0 the start, 1 the middle, 2 the end
}

// SVG writes the sequence diagram of the run as a picture of its own in SVG
// 1.1, without scripts, styles, links or anything from elsewhere.
func SVG(w io.Writer, t *trace.Trace, s telling.Story) error {
	c, err := newPicture(t, s)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n"); err != nil {
		return err
	}
	c.svg(out, c.rows(), true, true)
	return out.Flush()
}

// svg writes a picture with some of the rows.
func (c *picture) svg(out *bufio.Writer, rows []row, title, end bool) {
	height := c.height(rows, title, end)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" `+
		`font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif">`,
		number(c.width), number(height), number(c.width), number(height))
	fmt.Fprintf(out, "\n<title>%s</title>\n", escapeXML(c.teller.Title()))
	c.draw(&svgPen{out}, rows, title, end)
	_, _ = out.WriteString("</svg>\n") // a bufio.Writer keeps its first error for Flush
}

// svgPen writes each shape as an element. A bufio.Writer keeps its first error for Flush.
type svgPen struct{ out *bufio.Writer }

func (p *svgPen) rect(s shape) {
	fmt.Fprintf(p.out, `<rect x="%s" y="%s" width="%s" height="%s"`, number(s.x), number(s.y), number(s.w), number(s.h))
	if s.radius > 0 {
		fmt.Fprintf(p.out, ` rx="%s"`, number(s.radius))
	}
	fill := "none"
	if s.filled {
		fill = hexColor(s.fill)
	}
	fmt.Fprintf(p.out, ` fill="%s"`, fill)
	if s.thick > 0 {
		fmt.Fprintf(p.out, ` stroke="%s" stroke-width="%s"`, hexColor(s.stroke), number(s.thick))
	}
	_, _ = p.out.WriteString("/>\n")
}

func (p *svgPen) disc(x, y, radius float64, fill uint32) {
	fmt.Fprintf(p.out, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", number(x), number(y), number(radius), hexColor(fill))
}

func (p *svgPen) line(s stroke) {
	fmt.Fprintf(p.out, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"`,
		number(s.x1), number(s.y1), number(s.x2), number(s.y2), hexColor(s.color), number(s.thick))
	if s.dashed {
		_, _ = p.out.WriteString(` stroke-dasharray="2 4" stroke-linecap="round"`)
	}
	_, _ = p.out.WriteString("/>\n")
}

func (p *svgPen) polygon(points []float64, fill uint32) {
	all := make([]string, len(points))
	for i, v := range points {
		all[i] = number(v)
	}
	fmt.Fprintf(p.out, `<polygon points="%s" fill="%s"/>`+"\n", strings.Join(all, " "), hexColor(fill))
}

func (p *svgPen) text(t text) {
	fmt.Fprintf(p.out, `<text x="%s" y="%s" font-size="%s" fill="%s"`, number(t.x), number(t.y), number(t.size), hexColor(t.color))
	if t.bold {
		_, _ = p.out.WriteString(` font-weight="600"`)
	}
	if anchor := [...]string{"", "middle", "end"}[t.anchor]; anchor != "" {
		fmt.Fprintf(p.out, ` text-anchor="%s"`, anchor)
	}
	fmt.Fprintf(p.out, ">%s</text>\n", escapeXML(t.words))
}

func (p *svgPen) open(title string) {
	fmt.Fprintf(p.out, "<g>\n<title>%s</title>\n", escapeXML(title))
}

func (p *svgPen) shut() { _, _ = p.out.WriteString("</g>\n") }

// number writes a length with two digits at most.
func number(v float64) string {
	return strconv.FormatFloat(float64(int64(v*100+0.5*sign(v)))/100, 'f', -1, 64)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

func hexColor(c uint32) string { return fmt.Sprintf("#%06x", c) }

// escapeXML makes text of anything, for an element or an attribute in quotes
// of XML or HTML. What XML has no characters for becomes U+FFFD.
func escapeXML(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return strings.ContainsRune(`<>&"'`, r) || !inXML(r) }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '"':
			b.WriteString("&#34;")
		case '\'':
			b.WriteString("&#39;")
		default:
			if !inXML(r) {
				r = utf8.RuneError
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inXML reports whether a rune is a character of XML 1.0, section 2.2.
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff ||
		r >= 0xe000 && r <= 0xfffd && r != utf8.RuneError || r >= 0x10000 && r <= 0x10ffff
}
