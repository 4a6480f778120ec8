package pen_test

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/pen"
)

const square = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#00ff00"/></svg>`

// scribble draws one of everything.
func scribble(p pen.Pen) {
	p.Open("a <group>")
	p.Rect(pen.Shape{W: 40, H: 40, Fill: 0x0000FF})
	p.Rect(pen.Shape{X: 2, Y: 2, W: 10, H: 10, Radius: 2, Fill: 0xFFFFFF, Stroke: 0xFF0000, Thick: 2})
	p.Disc(30, 10, 5, 0xFF0000)
	p.Line(pen.LineOf(0, 38, 40, 38, 0xFFFFFF, 2, true))
	p.Polygon([]float64{20, 0, 26, 6, 20, 6}, 0xFFFFFF)
	p.Text(pen.TextOf("a < b", 20, 30, 8, true, 0xFFFFFF, 1))
	p.Image(pen.Image{Name: "square", SVG: []byte(square), X: 0, Y: 16, W: 20, H: 10})
	p.Shut()
}

func fonts(t *testing.T) *pen.Fonts {
	t.Helper()
	f, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPixelsAreWhereTheShapesAre(t *testing.T) {
	p := pen.NewPixels(40, 40, 2, fonts(t))
	scribble(p)
	for sentence, c := range map[string]struct {
		x, y int
		want color.RGBA
	}{
		"the ground":                             {70, 50, color.RGBA{B: 255, A: 255}},
		"the disc":                               {60, 20, color.RGBA{R: 255, A: 255}},
		"inside the border":                      {14, 14, color.RGBA{R: 255, G: 255, B: 255, A: 255}},
		"the picture, in the middle of its box":  {20, 42, color.RGBA{G: 255, A: 255}},
		"beside the picture, which is no square": {4, 42, color.RGBA{B: 255, A: 255}},
	} {
		if got := p.Drawn().RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("%s is %v, want %v", sentence, got, c.want)
		}
	}
	p.Image(pen.Image{SVG: []byte("no picture"), W: 40, H: 40})
	if got := p.Drawn().RGBAAt(70, 50); got.B != 255 {
		t.Errorf("a picture that can't be read painted %v", got)
	}
}

func TestAnSVGCanBeReadWhateverItsWordsAre(t *testing.T) {
	var out bytes.Buffer
	buffered := bufio.NewWriter(&out)
	_, _ = buffered.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	scribble(&pen.SVG{Out: buffered})
	_, _ = buffered.WriteString("</svg>")
	if err := buffered.Flush(); err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(strings.NewReader(out.String()))
	elements := map[string]int{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			elements[start.Name.Local]++
		}
	}
	for element, n := range map[string]int{"rect": 2, "circle": 1, "line": 1, "polygon": 1, "text": 1, "image": 1, "g": 1} {
		if elements[element] != n {
			t.Errorf("there are %d elements %s, want %d", elements[element], element, n)
		}
	}
	if got := pen.EscapeXML("a\x00<&\"'"); got != "a\ufffd&lt;&amp;&#34;&#39;" {
		t.Errorf("escaped it is %q", got)
	}
}

func TestWordsAreCutToAWidth(t *testing.T) {
	f := fonts(t)
	if whole := f.Elide("short", 10, false, 200); whole != "short" {
		t.Errorf("what fits becomes %q", whole)
	}
	cut := f.Elide("far too long for that", 10, false, 50)
	if !strings.HasSuffix(cut, "…") || f.Width(cut, 10, false) > 50 {
		t.Errorf("cut it is %q, %.1f wide", cut, f.Width(cut, 10, false))
	}
	lines := f.Fit("one two three four five six", 10, 40, 2)
	if len(lines) != 2 || !strings.HasSuffix(lines[1], "…") {
		t.Errorf("in two lines it is %q", lines)
	}
}
