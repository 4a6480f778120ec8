package present

import (
	"math"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

// travelTime is how long something takes from its sender to where it rests.
const travelTime = 400 * time.Millisecond

// stage is what the room sees.
type stage struct {
	page.Base
	giving *giving
	words  *words
	name   screenName
	look   func() sheet.Look
	still  bool // nothing travels

	ground  *canvas.Rectangle
	rests   canvasPen
	travels canvasPen
	notes   canvasPen
	spot    *spot
	gallery *gallery

	motion *fyne.Animation
	moved  int             // which of the giving's travels was shown last
	from   float32         // how far beside its place what travels begins
	places []fyne.Position // where it rests
}

var (
	_ page.Part          = (*stage)(nil)
	_ desktop.Hoverable  = (*stage)(nil)
	_ desktop.Cursorable = (*stage)(nil)
)

func newStage(g *giving, w *words, look func() sheet.Look, still bool) *stage {
	s := &stage{giving: g, words: w, name: onStage, look: look, still: still, ground: &canvas.Rectangle{}, spot: newSpot()}
	s.gallery = newGallery(g, w, look)
	s.Extend(s)
	return s
}

// HeightFor is part of [page.Part].
func (s *stage) HeightFor(width float32) float32 { return width * 9 / 16 }

// LeastSize is that of the smallest window.
func (s *stage) LeastSize() fyne.Size { return fyne.NewSize(320, 180) }

// Arrange draws what is shown now.
func (s *stage) Arrange(size fyne.Size) {
	s.rest()
	g, colours := s.giving, s.look()
	fill(s.ground, colours.Ground, size)
	s.Shown = append(s.Shown[:0], s.ground)
	switch {
	case g.cover != uncovered:
		fill(s.ground, map[cover]uint32{black: 0x000000, white: palette.Light().Card}[g.cover], size)
		return
	case g.overview == s.name:
		page.Place(s.gallery, 0, 0, size.Width, size.Height)
		s.Shown = append(s.Shown, s.gallery)
		return
	}
	room := size
	if g.notes {
		room.Height *= 0.62
		s.drawNotes(size, room.Height)
	}
	travel := drawSlide(&s.rests, &s.travels, frame{size: room, zoom: zoomOf(g.zoom)}, s.words, colours, g.slide(), *g.view())
	s.Shown = append(append(s.Shown, s.rests.shown...), s.travels.shown...)
	if g.notes {
		s.Shown = append(s.Shown, s.notes.shown...)
	}
	s.from = float32(travel.DX * s.travels.zoom)
	if g.spot {
		s.spot.over(size)
		s.Shown = append(s.Shown, s.spot.veil)
	}
	s.prompt(room)
	s.journey()
}

func zoomOf(steps int) float64 { return math.Pow(1.25, float64(steps)) }

func fill(r *canvas.Rectangle, c uint32, size fyne.Size) {
	if r.FillColor != look.RGB(c) || r.Size() != size {
		r.FillColor = look.RGB(c)
		page.Put(r, 0, 0, size.Width, size.Height)
		r.Refresh()
	}
}

// frame is where a slide is drawn.
type frame struct {
	size fyne.Size
	zoom float64
}

// narrowest is the least width of a slide by its height; where there is less, it stands in the middle.
const narrowest = 1.25

// drawSlide lays a slide out in a frame.
func drawSlide(rests, travels *canvasPen, f frame, w *words, look sheet.Look, s *talk.Slide, v sheet.View) sheet.Travel {
	wide := float64(f.size.Width)
	high := min(float64(f.size.Height), wide/narrowest)
	dy := (float64(f.size.Height)-high)/2 - (f.zoom-1)*high*0.5
	dx := -(f.zoom - 1) * wide * 0.5
	rests.begin(f.zoom, dx, dy)
	travels.begin(f.zoom, dx, dy)
	g := sheet.Stage{W: wide, H: high, Measure: measure{}, Look: look, Words: w.said()}
	return g.Draw(rests, travels, s, v)
}

// journey lets what the message carries travel, once for each time that somebody goes somewhere.
func (s *stage) journey() {
	if s.moved == s.giving.travels {
		return
	}
	s.moved = s.giving.travels
	if s.still || s.from == 0 {
		return
	}
	s.places = s.places[:0]
	for _, o := range s.travels.shown {
		s.places = append(s.places, o.Position())
	}
	s.shift(1)
	s.motion = fyne.NewAnimation(travelTime, func(done float32) { s.shift(1 - done) })
	s.motion.Curve = fyne.AnimationEaseInOut
	s.motion.Start()
}

func (s *stage) shift(left float32) {
	for i, o := range s.travels.shown {
		if i < len(s.places) {
			o.Move(s.places[i].AddXY(s.from*left, 0))
		}
	}
}

// rest puts what travels where it belongs.
func (s *stage) rest() {
	if s.motion != nil {
		s.motion.Stop()
		s.motion = nil
		s.shift(0)
	}
}

// prompt is a line at the foot of the stage, while something is asked of its presenter.
func (s *stage) prompt(size fyne.Size) {
	g := s.giving
	words := ""
	switch {
	case g.goTo != "":
		words = s.words.text("go-to-number", "number", strings.TrimPrefix(g.goTo, "#")+"_", "of", strconv.Itoa(len(g.show.Slides)))
	case g.leaving:
		words = s.words.text("leave-again")
	default:
		return
	}
	h, colours := float64(size.Height), s.look()
	n := len(s.rests.shown)
	s.rests.zoom, s.rests.dx, s.rests.dy = 1, 0, 0
	wide := measure{}.Width(words, 0.034*h, true) + 0.06*h
	x := (float64(size.Width) - wide) / 2
	s.rests.Rect(pen.Shape{
		X: x, Y: 0.86 * h, W: wide, H: 0.075 * h, Radius: 0.018 * h, Fill: colours.Card, Stroke: colours.Line, Thick: 0.002 * h,
	})
	s.rests.Text(pen.TextOf(words, x+wide/2, 0.909*h, 0.034*h, true, colours.Ink, 1))
	s.Shown = append(s.Shown, s.rests.shown[n:]...)
}

// drawNotes are what to say, below the slide, where there is no second screen.
func (s *stage) drawNotes(size fyne.Size, from float32) {
	h, colours, w := float64(size.Height), s.look(), float64(size.Width)
	s.notes.begin(1, 0, float64(from))
	left, room := 0.068*h, h-float64(from)
	s.notes.Rect(pen.Shape{W: w, H: room, Fill: colours.Card})
	slide := s.giving.slide()
	status := s.words.status(s.giving)
	s.notes.Text(pen.TextOf(status, left, 0.055*h, 0.026*h, true, colours.Soft, 0))
	size2 := 0.028 * h
	y := 0.11 * h
	for _, line := range wrap(slide.Say()+" "+s.words.count(slide.Ask), size2, w-2*left) {
		if y > room-0.02*h {
			return
		}
		s.notes.Text(pen.TextOf(line, left, y, size2, false, colours.Ink, 0))
		y += size2 * 1.4
	}
}

// wrap breaks words into lines of a width.
func wrap(words string, size, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(words) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && (measure{}).Width(longer, size, false) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

// MouseIn is part of [desktop.Hoverable].
func (s *stage) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved takes the spotlight along.
func (s *stage) MouseMoved(e *desktop.MouseEvent) {
	if s.spot.at = e.Position; s.giving.spot {
		s.spot.over(s.Size())
	}
}

// MouseOut is part of [desktop.Hoverable].
func (s *stage) MouseOut() {}

// Cursor is hidden: nothing on the stage moves by accident.
func (s *stage) Cursor() desktop.Cursor {
	if s.giving.overview == s.name {
		return desktop.DefaultCursor
	}
	return desktop.HiddenCursor
}
