package deck

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

// frame writes the parts that every presentation has.
func (f *pptxFile) frame(slides int, title string) {
	f.contentTypes(slides)
	f.part("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
		`<Relationship Id="rId1" Type="`+office+`officeDocument" Target="ppt/presentation.xml"/>`+
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" `+
		`Target="docProps/core.xml"/></Relationships>`)
	f.part("docProps/core.xml", `<cp:coreProperties `+
		`xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" `+
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`+pen.EscapeXML(title)+`</dc:title></cp:coreProperties>`)
	related := []relation{{"slideMaster", "slideMasters/slideMaster1.xml"}, {"notesMaster", "notesMasters/notesMaster1.xml"}}
	var ids strings.Builder
	for n := range slides {
		related = append(related, relation{"slide", "slides/slide" + strconv.Itoa(n+1) + ".xml"})
		fmt.Fprintf(&ids, `<p:sldId id="%d" r:id="rId%d"/>`, 256+n, len(related))
	}
	f.part("ppt/presentation.xml", `<p:presentation `+spaces+`><p:sldMasterIdLst>`+
		`<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>`+
		`<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>`+ids.String()+`</p:sldIdLst>`+
		fmt.Sprintf(`<p:sldSz cx="%d" cy="%d"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`, units(wide), units(high)))
	f.relations("ppt/_rels/presentation.xml.rels", related)
	f.masters()
	f.part("ppt/theme/theme1.xml", theme())
	f.part("ppt/theme/theme2.xml", theme())
}

func (f *pptxFile) contentTypes(slides int) {
	const sort = "application/vnd.openxmlformats-officedocument."
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`)
	add := func(part, kind string) { fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, part, kind) }
	add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	add("ppt/presentation.xml", sort+"presentationml.presentation.main+xml")
	add("ppt/slideMasters/slideMaster1.xml", sort+"presentationml.slideMaster+xml")
	add("ppt/slideLayouts/slideLayout1.xml", sort+"presentationml.slideLayout+xml")
	add("ppt/notesMasters/notesMaster1.xml", sort+"presentationml.notesMaster+xml")
	add("ppt/theme/theme1.xml", sort+"theme+xml")
	add("ppt/theme/theme2.xml", sort+"theme+xml")
	for n := range slides {
		add("ppt/slides/slide"+strconv.Itoa(n+1)+".xml", sort+"presentationml.slide+xml")
		add("ppt/notesSlides/notesSlide"+strconv.Itoa(n+1)+".xml", sort+"presentationml.notesSlide+xml")
	}
	b.WriteString("</Types>")
	f.part("[Content_Types].xml", b.String())
}

// masters are those of slides and notes, and the one layout. They are empty: a slide draws all of itself.
func (f *pptxFile) masters() {
	const colours = `<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" ` +
		`accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`
	ground := `<p:bg><p:bgPr>` + fillOf(f.press.look.Ground) + `<a:effectLst/></p:bgPr></p:bg>`
	f.part("ppt/slideMasters/slideMaster1.xml", `<p:sldMaster `+spaces+`><p:cSld>`+ground+tree("")+`</p:cSld>`+colours+
		`<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`)
	f.relations("ppt/slideMasters/_rels/slideMaster1.xml.rels", []relation{
		{"slideLayout", "../slideLayouts/slideLayout1.xml"}, {"theme", "../theme/theme1.xml"},
	})
	f.part("ppt/slideLayouts/slideLayout1.xml", `<p:sldLayout `+spaces+` type="blank"><p:cSld name="Scene">`+tree("")+
		`</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`)
	f.relations("ppt/slideLayouts/_rels/slideLayout1.xml.rels", []relation{{"slideMaster", "../slideMasters/slideMaster1.xml"}})
	f.part("ppt/notesMasters/notesMaster1.xml", `<p:notesMaster `+spaces+`><p:cSld>`+
		tree(notesPicture(box(72, 120, 576, 324, ""))+notesWords(box(72, 462, 576, 450, ""), "<a:p/>"))+`</p:cSld>`+colours+`</p:notesMaster>`)
	f.relations("ppt/notesMasters/_rels/notesMaster1.xml.rels", []relation{{"theme", "../theme/theme2.xml"}})
}

// notesPicture is where a page of notes has its slide. Without a place it is where the master has it.
func notesPicture(place string) string {
	return `<p:sp><p:nvSpPr><p:cNvPr id="3" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>` +
		`<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>` + placed(place) + `</p:spPr></p:sp>`
}

// notesWords is where it has what to say.
func notesWords(place, paragraphs string) string {
	return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>` +
		`<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr>` + placed(place) + `</p:spPr>` +
		`<p:txBody><a:bodyPr/><a:lstStyle/>` + paragraphs + `</p:txBody></p:sp>`
}

func placed(place string) string {
	if place == "" {
		return ""
	}
	return place + preset("rect", "")
}

// theme is the least that a theme may hold.
func theme() string {
	light := palette.Light()
	var colours strings.Builder
	for _, c := range []struct {
		name   string
		colour uint32
	}{
		{"dk1", palette.Dark().Ground},
		{"lt1", light.Card},
		{"dk2", light.Ink},
		{"lt2", light.Ground},
		{"accent1", light.Primary},
		{"accent2", light.Artefact(palette.Code).Ground},
		{"accent3", light.Role(palette.ResourceServer).Ink},
		{"accent4", light.Role(palette.AuthorizationServer).Ink},
		{"accent5", light.Role(palette.Client).Ink},
		{"accent6", light.Role(palette.Attacker).Ink},
		{"hlink", light.Primary},
		{"folHlink", light.Role(palette.AuthorizationServer).Ink},
	} {
		fmt.Fprintf(&colours, `<a:%s><a:srgbClr val="%06X"/></a:%s>`, c.name, c.colour, c.name)
	}
	const font = `<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>`
	const plain = `<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`
	const line = `<a:ln w="9525">` + plain + `</a:ln>`
	const effect = `<a:effectStyle><a:effectLst/></a:effectStyle>`
	return `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Grantwalk"><a:themeElements>` +
		`<a:clrScheme name="Grantwalk">` + colours.String() + `</a:clrScheme>` +
		`<a:fontScheme name="Grantwalk"><a:majorFont>` + font + `</a:majorFont><a:minorFont>` + font + `</a:minorFont></a:fontScheme>` +
		`<a:fmtScheme name="Grantwalk"><a:fillStyleLst>` + strings.Repeat(plain, 3) + `</a:fillStyleLst><a:lnStyleLst>` +
		strings.Repeat(line, 3) + `</a:lnStyleLst><a:effectStyleLst>` + strings.Repeat(effect, 3) + `</a:effectStyleLst><a:bgFillStyleLst>` +
		strings.Repeat(plain, 3) + `</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
}
