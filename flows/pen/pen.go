// Package pen draws shapes on a plane: as SVG, as pixels, or by whoever else
// brings a [Pen]. Whatever is a picture of a run or of a talk is laid out once,
// and each pen makes its own of it.
//
// Sizes are in points, from the upper left corner. The package measures words in
// a font of its own and knows neither a run nor a colour by its role.
package pen

// Pen draws shapes, later ones over earlier ones.
type Pen interface {
	Rect(s Shape)
	Disc(x, y, radius float64, fill uint32)
	Line(s Stroke)
	Polygon(points []float64, fill uint32) // x, y, x, y, …
	Text(t Text)
	Image(i Image)
	Open(title string) // begins a group that has a name
	Shut()
}

// Shape is a rectangle, which may be round at its corners.
type Shape struct {
	X, Y, W, H, Radius float64
	Fill               uint32
	Stroke             uint32
	Thick              float64 // of the border; 0 for none
}

// Stroke is a line.
type Stroke struct {
	X1, Y1, X2, Y2 float64
	Color          uint32
	Thick          float64
	Dashed         bool
}

// Text is a line of words.
type Text struct {
	Words  string
	X, Y   float64 // Y of the base line
	Size   float64
	Bold   bool
	Color  uint32
	Anchor int // what X is of the words: 0 the start, 1 the middle, 2 the end
}

// Image is an illustration, drawn as large as it fits into the middle of a box.
type Image struct {
	Name       string // goes by it, so that whoever draws it often can keep it
	SVG        []byte
	X, Y, W, H float64
}

// LineOf is a line from one point to another.
func LineOf(x1, y1, x2, y2 float64, color uint32, thick float64, dashed bool) Stroke {
	return Stroke{X1: x1, Y1: y1, X2: x2, Y2: y2, Color: color, Thick: thick, Dashed: dashed}
}

// TextOf is words at a point of their base line.
func TextOf(words string, x, y, size float64, bold bool, color uint32, anchor int) Text {
	return Text{Words: words, X: x, Y: y, Size: size, Bold: bold, Color: color, Anchor: anchor}
}
