package deck

import (
	"bufio"
	"fmt"
	"io"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// svg draws a slide as an element of a page.
func (p *press) svg(w io.Writer, s *talk.Slide, v sheet.View) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" `+
		`font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif">`+"\n<title>%s</title>\n",
		wide, high, pen.EscapeXML(s.Heading))
	q := &svgPen{pen.SVG{Out: out}, p.fonts}
	l := &lines{Pen: q, fonts: p.fonts, write: q.line}
	p.draw(l, s, v)
	l.flush()
	_, _ = out.WriteString("</svg>\n") // a bufio.Writer keeps its first error for Flush
	return out.Flush()
}

// svgPen writes a line of words as one element.
type svgPen struct {
	pen.SVG

	fonts *pen.Fonts
}

// line writes the words as wide as they were measured: whoever opens the file
// has another font, and in a wider one they would run out of the picture.
func (p *svgPen) line(line []pen.Text) {
	first, wide := line[0], 0.0
	for _, t := range line {
		wide += p.fonts.Width(t.Words, t.Size, t.Bold)
	}
	fmt.Fprintf(p.Out, `<text x="%s" y="%s" font-size="%s" textLength="%s" lengthAdjust="spacingAndGlyphs" xml:space="preserve"`,
		pen.Number(first.X), pen.Number(first.Y), pen.Number(first.Size), pen.Number(wide))
	if anchor := [...]string{"", "middle", "end"}[first.Anchor]; anchor != "" {
		fmt.Fprintf(p.Out, ` text-anchor="%s"`, anchor)
	}
	_, _ = p.Out.WriteString(">")
	for _, t := range line {
		weight := ""
		if t.Bold {
			weight = ` font-weight="600"`
		}
		fmt.Fprintf(p.Out, `<tspan fill="%s"%s>%s</tspan>`, pen.Hex(t.Color), weight, pen.EscapeXML(t.Words))
	}
	_, _ = p.Out.WriteString("</text>\n")
}
