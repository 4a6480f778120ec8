package page

import (
	"bytes"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"github.com/grantwalk/grantwalk/flows/pen/outline"
)

// Easel draws pictures away from the window: one of a hundred shapes takes as
// long as two or three frames, for which nothing else would move. It remembers
// the last ones, and draws ahead what is likely to be shown next.
type Easel struct {
	// Beside does work that takes long, and then what follows on the goroutine of
	// the window. nil: beside the window where there is one on a screen, else at once.
	Beside func(work, then func())

	drawn  []drawing // the one that was shown last at the end
	orders []order   // one for each picture that shows
	next   *order    // of a picture that may be shown next
	busy   bool
}

// subject is a picture of a size in pixels.
type subject struct {
	name       string
	wide, high int
}

type drawing struct {
	subject
	image image.Image
}

type order struct {
	subject
	svg  []byte
	of   *Picture // that shows it
	then func()
}

// mostDrawn are those that are remembered: a megabyte each in a large window.
const mostDrawn = 6

// draw returns a picture, or nil and calls then when there is one.
func (e *Easel) draw(o order) image.Image {
	if d := e.find(o.subject); d != nil {
		return d
	}
	if i := slices.IndexFunc(e.orders, func(other order) bool { return other.of == o.of }); i >= 0 {
		e.orders[i] = o
	} else {
		e.orders = append(e.orders, o)
	}
	e.work()
	return e.find(o.subject)
}

// ahead draws a picture that may be shown next, once nothing else is to be
// drawn. Where all waits meanwhile there is nothing to gain.
func (e *Easel) ahead(o order) {
	if e.Beside == nil && !onScreen() || e.find(o.subject) != nil {
		return
	}
	e.next = &o
	e.work()
}

// find returns what was drawn already.
func (e *Easel) find(s subject) image.Image {
	i := slices.IndexFunc(e.drawn, func(d drawing) bool { return d.subject == s })
	if i < 0 {
		return nil
	}
	d := e.drawn[i]
	e.drawn = append(slices.Delete(e.drawn, i, i+1), d)
	return d.image
}

// work draws what is ordered, one after the other.
func (e *Easel) work() {
	var o order
	switch {
	case e.busy || len(e.orders) == 0 && e.next == nil:
		return
	case len(e.orders) > 0:
		o, e.orders = e.orders[0], e.orders[1:]
	default:
		o, e.next = *e.next, nil
	}
	e.busy = true
	var made image.Image
	e.beside(func() { made = rasterise(o.svg, o.wide, o.high) }, func() {
		e.busy = false
		if len(e.drawn) == mostDrawn {
			e.drawn = slices.Delete(e.drawn, 0, 1)
		}
		e.drawn = append(e.drawn, drawing{o.subject, made})
		if o.then != nil {
			o.then()
		}
		e.work()
	})
}

func (e *Easel) beside(work, then func()) {
	switch {
	case e.Beside != nil:
		e.Beside(work, then)
	case onScreen():
		go func() {
			work()
			fyne.Do(then)
		}()
	default:
		work()
		then()
	}
}

// onScreen reports whether a person sees what is drawn: then there is a goroutine to come back to.
func onScreen() bool {
	_, desk := fyne.CurrentApp().Driver().(desktop.Driver)
	return desk
}

// rasterise draws an SVG; one that can't be read is an empty picture.
func rasterise(svg []byte, wide, high int) image.Image {
	drawn := image.NewRGBA(image.Rect(0, 0, wide, high))
	icon, err := oksvg.ReadReplacingCurrentColor(bytes.NewReader(svg), "#000000")
	if err != nil {
		return drawn
	}
	icon.SetTarget(0, 0, float64(wide), float64(high))
	icon.Draw(rasterx.NewDasher(wide, high, outline.On(drawn, drawn.Rect)), 1)
	return drawn
}
