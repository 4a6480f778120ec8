package pen

import (
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"

	"github.com/grantwalk/grantwalk/flows/elide"
)

// Fonts measure the words of a chart, and draw them where nobody else does. A
// picture in SVG is shown in the reader's own font, which is rarely wider.
type Fonts struct {
	regular, bold *opentype.Font
	faces         map[faceKey]font.Face
}

type faceKey struct {
	size float64
	bold bool
}

// NewFonts reads the font.
func NewFonts() (*Fonts, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	return &Fonts{regular: regular, bold: bold, faces: map[faceKey]font.Face{}}, nil
}

// Face returns the font in a size; nil never.
func (f *Fonts) Face(size float64, bold bool) font.Face {
	key := faceKey{size, bold}
	if face, ok := f.faces[key]; ok {
		return face
	}
	family := f.regular
	if bold {
		family = f.bold
	}
	face, err := opentype.NewFace(family, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil { // never for a size above zero
		return nil
	}
	f.faces[key] = face
	return face
}

// Width is how wide words are.
func (f *Fonts) Width(s string, size float64, bold bool) float64 {
	return float64(font.MeasureString(f.Face(size, bold), s)) / 64
}

// Elide shortens a text to a width.
func (f *Fonts) Elide(s string, size float64, bold bool, width float64) string {
	s = elide.End(s, elide.Letters(400)) // nobody measures a text that no line can hold
	return elide.End(s, func(s string) bool { return f.Width(s, size, bold) <= width })
}

// Fit breaks a text into lines of a width; what is left over after the last is cut.
func (f *Fonts) Fit(s string, size, width float64, most int) []string {
	if f.Width(s[:min(len(s), 400)], size, false) <= width && len(s) <= 400 {
		return []string{s}
	}
	var lines []string
	words := strings.Split(s, " ")
	for len(words) > 0 && len(lines) < most-1 {
		n := 1
		for n < len(words) && f.Width(strings.Join(words[:n+1], " "), size, false) <= width {
			n++
		}
		lines = append(lines, f.Elide(strings.Join(words[:n], " "), size, false, width))
		words = words[n:]
	}
	if len(words) > 0 {
		lines = append(lines, f.Elide(strings.Join(words, " "), size, false, width))
	}
	return lines
}
