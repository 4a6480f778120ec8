package deck

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"rsc.io/qr"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

//go:embed handout.css
var handoutCSS string

//go:embed slideshow.css
var slideshowCSS string

//go:embed slideshow.js
var slideshowJS string

// begin is the head of a page. Its policy lets it fetch nothing.
func begin(b *bytes.Buffer, s *talk.Show, o Options, css, script string) {
	policy := "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
	if script != "" {
		policy += "; script-src 'unsafe-inline'"
	}
	fmt.Fprintf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n",
		o.Say.Language(), policy, esc(s.Talk.Title), palette.Style(css))
}

func esc(s string) string { return pen.EscapeXML(s) }

// Handout writes a page to read afterwards and to print, on A4 or Letter.
func Handout(w io.Writer, s *talk.Show, o Options) error {
	p, err := newPress(o, sheet.Light())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	begin(&b, s, o, handoutCSS, "")
	about := o.Say.Count("present.handout-line", s.Minutes, "for", s.Talk.For)
	b.WriteString("<header>\n")
	if err := code(&b, o.Web, p); err != nil { // it floats at the right of what follows
		return err
	}
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>%s</p>\n</header>\n", esc(s.Talk.Title), esc(about))
	for i := range s.Slides {
		slide := &s.Slides[i]
		v := view(s, i)
		v.Answered = slide.Ask != nil
		b.WriteString("<section>\n<figure>\n")
		if err := p.svg(&b, slide, v); err != nil {
			return err
		}
		b.WriteString("</figure>\n")
		p.words(&b, slide)
		b.WriteString("</section>\n")
	}
	b.WriteString("</body>\n</html>\n")
	_, err = w.Write(b.Bytes())
	return err
}

// words are what is said of a scene, and what people ask.
func (p *press) words(b *bytes.Buffer, s *talk.Slide) {
	fmt.Fprintf(b, "<div class=\"words\">\n<h2>%s</h2>\n<p>%s</p>\n", esc(s.Heading), spans(s.Scene.Say))
	if s.Ask != nil {
		fmt.Fprintf(b, "<p><strong>%s</strong> %s</p>\n", esc(p.text("label.answer")), esc(s.Ask.Because[s.Ask.Right]))
	}
	for _, r := range s.Scene.Asked {
		fmt.Fprintf(b, "<p class=\"asked\"><strong>%s</strong> %s</p>\n", esc(r.Question), spans(r.Answer))
	}
	b.WriteString("</div>\n")
}

// spans is words with what is bold in them.
func spans(text string) string {
	var b strings.Builder
	for i, block := range markup.Parse(text) {
		if i > 0 {
			b.WriteString(" ")
		}
		for _, s := range block.Spans {
			if s.Bold {
				b.WriteString("<strong>" + esc(s.Text) + "</strong>")
			} else {
				b.WriteString(esc(s.Text))
			}
		}
	}
	return b.String()
}

// code is an address as phones read it; nothing without one.
func code(b *bytes.Buffer, web string, p *press) error {
	if web == "" {
		return nil
	}
	q, err := qr.Encode(web, qr.M)
	if err != nil {
		return fmt.Errorf("make a code of the address %q: %w", web, err)
	}
	fmt.Fprintf(b, `<figure class="code"><svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 %d %d" role="img"><title>%s</title>`+
		`<rect x="-4" y="-4" width="100%%" height="100%%" fill="#fff"/><path d="`, q.Size+8, q.Size+8, esc(web))
	for y := range q.Size {
		for x := range q.Size {
			if q.Black(x, y) {
				fmt.Fprintf(b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	fmt.Fprintf(b, "\"/></svg><figcaption>%s %s</figcaption></figure>\n", esc(p.text("web")), esc(web))
	return nil
}

// Slideshow writes a page that shows the talk in any browser, with the keys of the stage.
func Slideshow(w io.Writer, s *talk.Show, o Options) error {
	p, err := newPress(o, sheet.Dark())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	begin(&b, s, o, slideshowCSS, slideshowJS)
	fmt.Fprintf(&b, "<main data-hands=\"%s\">\n", esc(p.text("hands-counted")))
	for i := range s.Slides {
		slide, v := &s.Slides[i], view(s, i)
		fmt.Fprintf(&b, "<section data-takes=\"%d\"", int(slide.Takes.Seconds()))
		if slide.Ask != nil {
			fmt.Fprintf(&b, " data-choices=\"%d\"", len(slide.Ask.Choices))
		}
		b.WriteString(">\n")
		views := map[string]sheet.View{"plain": v}
		order := []string{"plain"}
		add := func(name string, there bool, other sheet.View) {
			if there {
				views[name] = other
				order = append(order, name)
			}
		}
		opened, later, answered := v, v, v
		opened.Opened, later.Later, answered.Answered = true, true, true
		add("opened", slide.Token != nil, opened)
		add("later", slide.Later != nil, later)
		add("answered", slide.Ask != nil, answered)
		for _, name := range order {
			fmt.Fprintf(&b, "<div class=\"view %s\">\n", name)
			if err := p.svg(&b, slide, views[name]); err != nil {
				return err
			}
			b.WriteString("</div>\n")
		}
		b.WriteString("<aside>\n")
		p.words(&b, slide)
		b.WriteString("</aside>\n</section>\n")
	}
	fmt.Fprintf(&b, "</main>\n<div id=\"veil\"></div><div id=\"tally\"></div><div id=\"clock\"></div>\n"+
		"<noscript>%s</noscript>\n<script>\n%s</script>\n</body>\n</html>\n",
		esc(p.text("no-script")), slideshowJS)
	_, err = w.Write(b.Bytes())
	return err
}
