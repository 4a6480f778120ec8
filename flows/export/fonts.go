package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// fonts measure the words of a chart, and draw them where nobody else does. A
// picture in SVG is shown in the reader's own font, which is rarely wider.
type fonts struct {
	regular, bold *opentype.Font
	faces         map[faceKey]font.Face
}

type faceKey struct {
	size float64
	bold bool
}

func newFonts() (*fonts, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	return &fonts{regular: regular, bold: bold, faces: map[faceKey]font.Face{}}, nil
}

// face returns the font in a size; nil never.
func (f *fonts) face(size float64, bold bool) font.Face {
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

func (f *fonts) width(s string, size float64, bold bool) float64 {
	return float64(font.MeasureString(f.face(size, bold), s)) / 64
}

// elide shortens a text to a width.
func (f *fonts) elide(s string, size float64, bold bool, width float64) string {
	if len(s) > 400 { // nobody measures a text that no line can hold
		s = strings.ToValidUTF8(s[:400], "") + "…"
	}
	if f.width(s, size, bold) <= width {
		return s
	}
	for s != "" {
		_, last := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-last]
		if short := strings.TrimRight(s, " ") + "…"; f.width(short, size, bold) <= width {
			return short
		}
	}
	return "…"
}

// fit breaks a text into lines of a width; what is left over after the last is cut.
func (f *fonts) fit(s string, size, width float64, most int) []string {
	if f.width(s[:min(len(s), 400)], size, false) <= width && len(s) <= 400 {
		return []string{s}
	}
	var lines []string
	words := strings.Split(s, " ")
	for len(words) > 0 && len(lines) < most-1 {
		n := 1
		for n < len(words) && f.width(strings.Join(words[:n+1], " "), size, false) <= width {
			n++
		}
		lines = append(lines, f.elide(strings.Join(words[:n], " "), size, false, width))
		words = words[n:]
	}
	if len(words) > 0 {
		lines = append(lines, f.elide(strings.Join(words, " "), size, false, width))
	}
	return lines
}
