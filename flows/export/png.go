package export

import (
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// ErrTooTall means that a run has more messages than one picture of pixels can hold.
var ErrTooTall = errors.New("the run is too long for a PNG; use SVG")

const (
	pixels  = 2     // for each point, so that it is sharp on paper and on fine screens
	tallest = 32000 // pixels: no more than any program opens
)

// PNG writes the sequence diagram of the run as pixels, two for each point of
// [SVG]. A run that is too long for that gives [ErrTooTall].
func PNG(w io.Writer, t *trace.Trace, s telling.Story) error {
	c, err := newPicture(t, s)
	if err != nil {
		return err
	}
	rows := c.rows()
	if math.Ceil(c.height(rows, true, true)*pixels) > tallest {
		return fmt.Errorf("%w (%d steps)", ErrTooTall, len(t.Messages))
	}
	p := pen.NewPixels(c.width, c.height(rows, true, true), pixels, c.fonts)
	c.draw(p, rows, true, true)
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	return encoder.Encode(w, p.Drawn())
}
