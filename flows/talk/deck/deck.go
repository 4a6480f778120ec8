// Package deck writes a talk as files that other programs open: a handout for
// paper, a slideshow for any browser, a picture for each scene, and a
// presentation for an office program. Each is made of the same slides as the
// stage; what a file says besides the talk comes from the catalog.
//
// Nothing in a file comes from elsewhere, and nothing in it calls home. The
// package plays nothing and knows no screen.
package deck

import (
	"fmt"
	"io"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// The measures of a slide, in points.
const (
	wide = 1280
	high = 720
)

// Options are what a file may need besides the talk.
type Options struct {
	Say *catalog.Catalog
	Web string // address of the web edition, for a code that phones can read; "": none
}

// Formats are those that [Write] knows, in the order in which they are offered.
func Formats() []string { return []string{"handout", "slideshow", "pptx", "png"} }

// Extension is how the name of a file ends.
func Extension(format string) string {
	return map[string]string{"handout": ".handout.html", "slideshow": ".slideshow.html", "pptx": ".pptx", "png": ".png.zip"}[format]
}

// Write writes a talk in a format; pictures come in one archive.
func Write(w io.Writer, format string, s *talk.Show, o Options) error {
	switch format {
	case "handout":
		return Handout(w, s, o)
	case "slideshow":
		return Slideshow(w, s, o)
	case "pptx":
		return PPTX(w, s, o)
	case "png":
		return PNG(w, s, o)
	}
	return fmt.Errorf("there is no format %q; there are %q", format, Formats())
}

// press draws slides.
type press struct {
	fonts *pen.Fonts
	say   *catalog.Catalog
	look  sheet.Look
}

func newPress(o Options, look sheet.Look) (*press, error) {
	fonts, err := pen.NewFonts()
	return &press{fonts: fonts, say: o.Say, look: look}, err
}

// draw draws a slide as it is looked at in a view.
func (p *press) draw(with pen.Pen, s *talk.Slide, v sheet.View) {
	stage := sheet.Stage{W: wide, H: high, Measure: p.fonts, Look: p.look, Words: sheet.Said{
		Hands: func(n int) string { return p.say.Count("present.hands", n) },
		Result: func(right, _, _ int) string {
			return p.say.Text("present.result-alone", "right", strconv.Itoa(right))
		},
	}}
	stage.Draw(with, with, s, v)
}

// view is how a slide is looked at where nobody presses a key.
func view(s *talk.Show, i int) sheet.View { return sheet.View{At: i, Of: len(s.Slides)} }

// text says something of the catalog.
func (p *press) text(id string, pairs ...string) string { return p.say.Text("present."+id, pairs...) }
