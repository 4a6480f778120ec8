package page

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Face is a typeface at a size.
type Face struct {
	Size       float32
	Bold, Mono bool
}

func (f Face) style() fyne.TextStyle { return fyne.TextStyle{Bold: f.Bold, Monospace: f.Mono} }

// height is the height of a line of text in that face.
func (f Face) height() float32 {
	h := f.Size * 1.46
	return float32(int(h + 0.5))
}

// Ruler measures text by adding up its letters. Shaping each candidate line,
// as Fyne's own wrapping does, costs the square of an unbroken token's length;
// adding letters costs its length, and kerning is worth less than a pixel.
type Ruler struct {
	measure func(text string, size float32, style fyne.TextStyle) float32
	widths  map[Face]*faceWidths
	font    string // the font that the widths belong to

	last     *faceWidths // of the face that was asked for last: most often it is asked for again
	lastFace Face
}

// faceWidths are the widths of the letters of one face, as far as they were measured.
type faceWidths struct {
	ascii [utf8.RuneSelf]float32
	rest  map[rune]float32
}

func newRuler(measure func(string, float32, fyne.TextStyle) float32) *Ruler {
	r := &Ruler{measure: measure}
	r.Forget("")
	return r
}

func fyneMeasure(text string, size float32, style fyne.TextStyle) float32 {
	return fyne.MeasureText(text, size, style).Width
}

// Forget drops every width unless they belong to that font.
func (r *Ruler) Forget(font string) {
	if r.widths != nil && r.font == font {
		return
	}
	r.font, r.last = font, nil
	r.widths = map[Face]*faceWidths{}
}

func (r *Ruler) of(f Face) *faceWidths {
	if r.last != nil && r.lastFace == f {
		return r.last
	}
	known := r.widths[f]
	if known == nil {
		known = &faceWidths{rest: map[rune]float32{}}
		r.widths[f] = known
	}
	r.last, r.lastFace = known, f
	return known
}

// Letter is how wide a letter is.
func (r *Ruler) Letter(f Face, c rune) float32 {
	known := r.of(f)
	if f.Mono && c < utf8.RuneSelf {
		c = 'm'
	}
	if c < utf8.RuneSelf && c >= 0 {
		if known.ascii[c] == 0 {
			known.ascii[c] = r.measure(string(c), f.Size, f.style())
		}
		return known.ascii[c]
	}
	w, ok := known.rest[c]
	if !ok {
		w = r.measure(string(c), f.Size, f.style())
		known.rest[c] = w
	}
	return w
}

// Width is how wide a text is, without kerning.
func (r *Ruler) Width(f Face, text string) float32 {
	var w float32
	for _, c := range text {
		w += r.Letter(f, c)
	}
	return w
}

// Columns tells how many letters of a monospaced face fit.
func (r *Ruler) Columns(f Face, width float32) int {
	return max(8, int((width+0.5)/r.Letter(f, 'm')))
}
