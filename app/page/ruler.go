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
	ascii   map[Face]*[utf8.RuneSelf]float32
	rest    map[Face]map[rune]float32
	font    string // the font that the widths belong to
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
	if r.ascii != nil && r.font == font {
		return
	}
	r.font = font
	r.ascii = map[Face]*[utf8.RuneSelf]float32{}
	r.rest = map[Face]map[rune]float32{}
}

// Letter is how wide a letter is.
func (r *Ruler) Letter(f Face, c rune) float32 {
	if f.Mono && c < utf8.RuneSelf {
		c = 'm'
	}
	if c < utf8.RuneSelf && c >= 0 {
		table := r.ascii[f]
		if table == nil {
			table = new([utf8.RuneSelf]float32)
			r.ascii[f] = table
		}
		if table[c] == 0 {
			table[c] = r.measure(string(c), f.Size, f.style())
		}
		return table[c]
	}
	table := r.rest[f]
	if table == nil {
		table = map[rune]float32{}
		r.rest[f] = table
	}
	w, ok := table[c]
	if !ok {
		w = r.measure(string(c), f.Size, f.style())
		table[c] = w
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
