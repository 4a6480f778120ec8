package deck

import (
	"fmt"
	"math"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
)

// pptxPen draws with the shapes of a presentation.
type pptxPen struct {
	file    *pptxFile
	b       strings.Builder
	ids     int
	related []relation
}

var _ pen.Pen = (*pptxPen)(nil)

func units(v float64) int { return int(math.Round(v * emu)) }

func fillOf(c uint32) string {
	return fmt.Sprintf(`<a:solidFill><a:srgbClr val="%06X"/></a:solidFill>`, c)
}

func box(x, y, w, h float64, flip string) string {
	return fmt.Sprintf(`<a:xfrm%s><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm>`, flip, units(x), units(y), units(w), units(h))
}

// shape writes one with its geometry, fill and border.
func (p *pptxPen) shape(place, geometry, fill, border string) {
	p.ids++
	fmt.Fprintf(&p.b, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Shape %d"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>%s%s%s%s</p:spPr></p:sp>`,
		p.ids+1, p.ids, place, geometry, fill, border)
}

func preset(name, adjust string) string {
	return `<a:prstGeom prst="` + name + `"><a:avLst>` + adjust + `</a:avLst></a:prstGeom>`
}

const noBorder = `<a:ln><a:noFill/></a:ln>`

func border(c uint32, thick float64) string {
	return fmt.Sprintf(`<a:ln w="%d">%s</a:ln>`, units(thick), fillOf(c))
}

// Rect is part of [pen.Pen].
func (p *pptxPen) Rect(s pen.Shape) {
	geometry := preset("rect", "")
	if s.Radius > 0 {
		share := min(50000, int(s.Radius/max(min(s.W, s.H), 1e-6)*100000))
		geometry = preset("roundRect", fmt.Sprintf(`<a:gd name="adj" fmla="val %d"/>`, share))
	}
	line := noBorder
	if s.Thick > 0 {
		line = border(s.Stroke, s.Thick)
	}
	p.shape(box(s.X, s.Y, s.W, s.H, ""), geometry, fillOf(s.Fill), line)
}

// Disc is part of [pen.Pen].
func (p *pptxPen) Disc(x, y, radius float64, fill uint32) {
	p.shape(box(x-radius, y-radius, 2*radius, 2*radius, ""), preset("ellipse", ""), fillOf(fill), noBorder)
}

// Line is part of [pen.Pen].
func (p *pptxPen) Line(s pen.Stroke) {
	flip := ""
	if (s.X2 < s.X1) != (s.Y2 < s.Y1) {
		flip = ` flipV="1"`
	}
	p.shape(box(min(s.X1, s.X2), min(s.Y1, s.Y2), math.Abs(s.X2-s.X1), math.Abs(s.Y2-s.Y1), flip),
		preset("line", ""), "", border(s.Color, s.Thick))
}

// Polygon is part of [pen.Pen].
func (p *pptxPen) Polygon(points []float64, fill uint32) {
	x1, y1, x2, y2 := points[0], points[1], points[0], points[1]
	for i := 0; i+1 < len(points); i += 2 {
		x1, x2 = min(x1, points[i]), max(x2, points[i])
		y1, y2 = min(y1, points[i+1]), max(y2, points[i+1])
	}
	var path strings.Builder
	fmt.Fprintf(&path, `<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>`+
		`<a:path w="%d" h="%d">`,
		units(x2-x1), units(y2-y1))
	for i := 0; i+1 < len(points); i += 2 {
		verb := "lnTo"
		if i == 0 {
			verb = "moveTo"
		}
		fmt.Fprintf(&path, `<a:%s><a:pt x="%d" y="%d"/></a:%s>`, verb, units(points[i]-x1), units(points[i+1]-y1), verb)
	}
	path.WriteString(`<a:close/></a:path></a:pathLst></a:custGeom>`)
	p.shape(box(x1, y1, x2-x1, y2-y1, ""), path.String(), fillOf(fill), noBorder)
}

// Text is part of [pen.Pen].
func (p *pptxPen) Text(t pen.Text) { p.line([]pen.Text{t}) }

// ascent is how far letters reach over their base line, in the fonts that office programs have.
const ascent = 0.93

// line writes a line of words as one box, so that it can be edited as one.
func (p *pptxPen) line(line []pen.Text) {
	first := line[0]
	wide := 0.0
	var runs strings.Builder
	for _, t := range line {
		wide += p.file.press.fonts.Width(t.Words, t.Size, t.Bold)
		bold := ""
		if t.Bold {
			bold = ` b="1"`
		}
		fmt.Fprintf(&runs, `<a:r><a:rPr lang="%s" sz="%d"%s>%s<a:latin typeface="Arial"/></a:rPr><a:t>%s</a:t></a:r>`,
			p.file.press.say.Language(), int(math.Round(t.Size*75)), bold, fillOf(t.Color), pen.EscapeXML(t.Words))
	}
	align := [...]string{"l", "ctr", "r"}[first.Anchor]
	p.ids++
	fmt.Fprintf(&p.b, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Text %d"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>`+
		`<p:spPr>%s%s<a:noFill/></p:spPr>`+
		`<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>`+
		`<a:p><a:pPr algn="%s"/>%s</a:p></p:txBody></p:sp>`,
		p.ids+1, p.ids, box(first.X-wide*float64(first.Anchor)/2, first.Y-ascent*first.Size, wide, first.Size*1.25, ""), preset("rect", ""),
		align, runs.String())
}

// Image is part of [pen.Pen].
func (p *pptxPen) Image(i pen.Image) {
	p.related = append(p.related, relation{"image", "../media/" + p.file.image(i)})
	p.ids++
	fmt.Fprintf(&p.b, `<p:pic><p:nvPicPr><p:cNvPr id="%d" name="Picture %d"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>`+
		`<a:blip r:embed="rId%d"/>`+
		`<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>%s%s</p:spPr></p:pic>`,
		p.ids+1, p.ids, len(p.related), box(i.X, i.Y, i.W, i.H, ""), preset("rect", ""))
}

// Open is part of [pen.Pen].
func (*pptxPen) Open(string) {}

// Shut is part of [pen.Pen].
func (*pptxPen) Shut() {}
