package inspector

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// face is a typeface at a size.
type face struct {
	size       float32
	bold, mono bool
}

func (f face) style() fyne.TextStyle { return fyne.TextStyle{Bold: f.bold, Monospace: f.mono} }

// height is the height of a line of text in that face.
func (f face) height() float32 {
	h := f.size * 1.46
	return float32(int(h + 0.5))
}

// ruler measures text by adding up its letters. Shaping each candidate line,
// as Fyne's own wrapping does, costs the square of an unbroken token's length;
// adding letters costs its length, and kerning is worth less than a pixel.
type ruler struct {
	measure func(text string, size float32, style fyne.TextStyle) float32
	ascii   map[face]*[utf8.RuneSelf]float32
	rest    map[face]map[rune]float32
	font    string // the font that the widths belong to
}

func newRuler(measure func(string, float32, fyne.TextStyle) float32) *ruler {
	r := &ruler{measure: measure}
	r.forget("")
	return r
}

func fyneMeasure(text string, size float32, style fyne.TextStyle) float32 {
	return fyne.MeasureText(text, size, style).Width
}

// forget drops every width unless they belong to that font.
func (r *ruler) forget(font string) {
	if r.ascii != nil && r.font == font {
		return
	}
	r.font = font
	r.ascii = map[face]*[utf8.RuneSelf]float32{}
	r.rest = map[face]map[rune]float32{}
}

func (r *ruler) letter(f face, c rune) float32 {
	if f.mono && c < utf8.RuneSelf {
		c = 'm'
	}
	if c < utf8.RuneSelf && c >= 0 {
		table := r.ascii[f]
		if table == nil {
			table = new([utf8.RuneSelf]float32)
			r.ascii[f] = table
		}
		if table[c] == 0 {
			table[c] = r.measure(string(c), f.size, f.style())
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
		w = r.measure(string(c), f.size, f.style())
		table[c] = w
	}
	return w
}

func (r *ruler) width(f face, text string) float32 {
	var w float32
	for _, c := range text {
		w += r.letter(f, c)
	}
	return w
}

// columns tells how many letters of a monospaced face fit.
func (r *ruler) columns(f face, width float32) int {
	return max(8, int((width+0.5)/r.letter(f, 'm')))
}
