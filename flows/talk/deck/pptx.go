package deck

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/png"
	"io"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// A presentation as ISO/IEC 29500 (Office Open XML) describes it, in as few
// parts as programs open: a master with one empty layout, and for each scene a
// slide whose shapes can be edited, with what to say as its notes. ADR 32 says why
// no library writes them.

// emu is how many of the format's units a point of a slide has: 12192000 by 6858000 of them are a wide slide.
const emu = 9525

// PPTX writes a presentation for an office program.
func PPTX(w io.Writer, s *talk.Show, o Options) error {
	p, err := newPress(o, sheet.Dark())
	if err != nil {
		return err
	}
	f := &pptxFile{archive: zip.NewWriter(w), press: p, images: map[string]string{}}
	for i := range s.Slides {
		if err := f.slide(&s.Slides[i], view(s, i), i+1); err != nil {
			return err
		}
	}
	f.frame(len(s.Slides), s.Talk.Title)
	if f.err != nil {
		return fmt.Errorf("write the presentation: %w", f.err)
	}
	return f.archive.Close()
}

// pptxFile is the archive that is written. It keeps its first error.
type pptxFile struct {
	archive *zip.Writer
	press   *press
	images  map[string]string // the part that holds a picture, by its name
	err     error
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (f *pptxFile) part(name, content string) {
	if f.err != nil {
		return
	}
	file, err := f.archive.Create(name)
	if err == nil {
		_, err = io.WriteString(file, xmlHead+content)
	}
	f.err = err
}

// The namespaces of the parts, and of the relations between them.
const (
	spaces = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// relation leads from a part to another.
type relation struct{ kind, to string }

func (f *pptxFile) relations(of string, all []relation) {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range all {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i+1, office, r.kind, r.to)
	}
	b.WriteString("</Relationships>")
	f.part(of, b.String())
}

func (f *pptxFile) slide(s *talk.Slide, v sheet.View, n int) error {
	q := &pptxPen{file: f, related: []relation{
		{"slideLayout", "../slideLayouts/slideLayout1.xml"}, {"notesSlide", "../notesSlides/notesSlide" + strconv.Itoa(n) + ".xml"},
	}}
	l := &lines{Pen: q, fonts: f.press.fonts, write: q.line}
	f.press.draw(l, s, v)
	l.flush()
	f.part("ppt/slides/slide"+strconv.Itoa(n)+".xml", `<p:sld `+spaces+`><p:cSld name="`+pen.EscapeXML(s.Heading)+`">`+tree(q.b.String())+
		`</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`)
	f.relations("ppt/slides/_rels/slide"+strconv.Itoa(n)+".xml.rels", q.related)
	f.notes(s, n)
	return f.err
}

// notes are what to say, a paragraph each.
func (f *pptxFile) notes(s *talk.Slide, n int) {
	paragraphs := []string{s.Say()}
	if s.Ask != nil {
		paragraphs = append(paragraphs, s.Ask.Because[s.Ask.Right])
	}
	for _, r := range s.Scene.Asked {
		paragraphs = append(paragraphs, f.press.text("asks", "question", r.Question)+" "+markup.Plain(r.Answer))
	}
	var b strings.Builder
	for _, words := range paragraphs {
		b.WriteString(`<a:p><a:pPr marL="0" indent="0"><a:spcAft><a:spcPts val="600"/></a:spcAft></a:pPr><a:r><a:rPr lang="` +
			f.press.say.Language() + `" sz="1200"/><a:t>` + pen.EscapeXML(words) + `</a:t></a:r></a:p>`)
	}
	f.part("ppt/notesSlides/notesSlide"+strconv.Itoa(n)+".xml", `<p:notes `+spaces+`><p:cSld>`+
		tree(notesPicture("")+notesWords("", b.String()))+
		`</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`)
	f.relations("ppt/notesSlides/_rels/notesSlide"+strconv.Itoa(n)+".xml.rels", []relation{
		{"notesMaster", "../notesMasters/notesMaster1.xml"}, {"slide", "../slides/slide" + strconv.Itoa(n) + ".xml"},
	})
}

// tree is shapes in the group that every slide has.
func tree(shapes string) string {
	return `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>` +
		`<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>` + shapes + `</p:spTree>`
}

// image is the part that holds a picture, drawn at twice the size of its box.
func (f *pptxFile) image(i pen.Image) string {
	if part, known := f.images[i.Name]; known || f.err != nil {
		return part
	}
	pixels := pen.NewPixels(i.W, i.H, 2, f.press.fonts)
	i.X, i.Y = 0, 0
	pixels.Image(i)
	var picture bytes.Buffer
	f.err = png.Encode(&picture, pixels.Drawn())
	part := "image" + strconv.Itoa(len(f.images)+1) + ".png"
	f.images[i.Name] = part
	if f.err != nil {
		return part
	}
	file, err := f.archive.Create("ppt/media/" + part)
	if err == nil {
		_, err = file.Write(picture.Bytes())
	}
	f.err = err
	return part
}
