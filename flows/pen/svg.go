package pen

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SVG writes each shape as an element. A bufio.Writer keeps its first error for Flush.
type SVG struct{ Out *bufio.Writer }

// Rect is part of [Pen].
func (p *SVG) Rect(s Shape) {
	fmt.Fprintf(p.Out, `<rect x="%s" y="%s" width="%s" height="%s"`, Number(s.X), Number(s.Y), Number(s.W), Number(s.H))
	if s.Radius > 0 {
		fmt.Fprintf(p.Out, ` rx="%s"`, Number(s.Radius))
	}
	fmt.Fprintf(p.Out, ` fill="%s"`, Hex(s.Fill))
	if s.Thick > 0 {
		fmt.Fprintf(p.Out, ` stroke="%s" stroke-width="%s"`, Hex(s.Stroke), Number(s.Thick))
	}
	_, _ = p.Out.WriteString("/>\n")
}

// Disc is part of [Pen].
func (p *SVG) Disc(x, y, radius float64, fill uint32) {
	fmt.Fprintf(p.Out, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", Number(x), Number(y), Number(radius), Hex(fill))
}

// Line is part of [Pen].
func (p *SVG) Line(s Stroke) {
	fmt.Fprintf(p.Out, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"`,
		Number(s.X1), Number(s.Y1), Number(s.X2), Number(s.Y2), Hex(s.Color), Number(s.Thick))
	if s.Dashed {
		_, _ = p.Out.WriteString(` stroke-dasharray="2 4" stroke-linecap="round"`)
	}
	_, _ = p.Out.WriteString("/>\n")
}

// Polygon is part of [Pen].
func (p *SVG) Polygon(points []float64, fill uint32) {
	all := make([]string, len(points))
	for i, v := range points {
		all[i] = Number(v)
	}
	fmt.Fprintf(p.Out, `<polygon points="%s" fill="%s"/>`+"\n", strings.Join(all, " "), Hex(fill))
}

// Text is part of [Pen].
func (p *SVG) Text(t Text) {
	fmt.Fprintf(p.Out, `<text x="%s" y="%s" font-size="%s" fill="%s"`, Number(t.X), Number(t.Y), Number(t.Size), Hex(t.Color))
	if t.Bold {
		_, _ = p.Out.WriteString(` font-weight="600"`)
	}
	if anchor := [...]string{"", "middle", "end"}[t.Anchor]; anchor != "" {
		fmt.Fprintf(p.Out, ` text-anchor="%s"`, anchor)
	}
	fmt.Fprintf(p.Out, ">%s</text>\n", EscapeXML(t.Words))
}

// Image is part of [Pen]. The picture is written into the file: nothing comes from elsewhere.
func (p *SVG) Image(i Image) {
	fmt.Fprintf(p.Out, `<image x="%s" y="%s" width="%s" height="%s" href="data:image/svg+xml;base64,%s"/>`+"\n",
		Number(i.X), Number(i.Y), Number(i.W), Number(i.H), base64.StdEncoding.EncodeToString(i.SVG))
}

// Open is part of [Pen].
func (p *SVG) Open(title string) {
	fmt.Fprintf(p.Out, "<g>\n<title>%s</title>\n", EscapeXML(title))
}

// Shut is part of [Pen].
func (p *SVG) Shut() { _, _ = p.Out.WriteString("</g>\n") }

// Number writes a length with two digits at most.
func Number(v float64) string {
	return strconv.FormatFloat(float64(int64(v*100+0.5*sign(v)))/100, 'f', -1, 64)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

// Hex is a colour as style sheets write it.
func Hex(c uint32) string { return fmt.Sprintf("#%06x", c) }

// EscapeXML makes text of anything, for an element or an attribute in quotes
// of XML or HTML. What XML has no characters for becomes U+FFFD.
func EscapeXML(s string) string {
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
