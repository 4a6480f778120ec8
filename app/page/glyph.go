package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// Glyph is a small line drawing on a grid of 16, in an ink of the theme. Lines
// cost no picture to parse and stay crisp at every zoom.
type Glyph struct {
	Base
	name  string
	ink   fyne.ThemeColorName
	drawn string
	lines []*canvas.Line
	boxes []*canvas.Rectangle
}

const glyphSize = 16

// NewGlyph returns a glyph by its name.
func NewGlyph(name string, ink fyne.ThemeColorName) *Glyph {
	g := &Glyph{name: name, ink: ink}
	g.Extend(g)
	return g
}

// stroke is a line from (x1,y1) to (x2,y2); with a radius it is a box with those corners.
type stroke struct {
	x1, y1, x2, y2 float32
	box            bool
	radius         float32
	filled         bool
}

func glyphStrokes(name string) []stroke {
	line := func(x1, y1, x2, y2 float32) stroke { return stroke{x1: x1, y1: y1, x2: x2, y2: y2} }
	box := func(x1, y1, x2, y2, r float32) stroke {
		return stroke{x1: x1, y1: y1, x2: x2, y2: y2, box: true, radius: r}
	}
	solid := func(x1, y1, x2, y2, r float32) stroke {
		return stroke{x1: x1, y1: y1, x2: x2, y2: y2, box: true, radius: r, filled: true}
	}
	switch name {
	case "pass", look.IconCheck:
		return []stroke{line(3, 8.6, 6.4, 12), line(6.4, 12, 13, 4.6)}
	case "fail", look.IconCross:
		return []stroke{line(4, 4, 12, 12), line(12, 4, 4, 12)}
	case "skip":
		return []stroke{line(3.5, 8, 12.5, 8)}
	case "square":
		return []stroke{box(3.5, 3.5, 12.5, 12.5, 1)}
	case "copy":
		return []stroke{line(3, 10.5, 3, 2.5), line(3, 2.5, 9.5, 2.5), box(6, 5.5, 13.5, 14, 1.5)}
	case "pencil":
		return []stroke{line(3, 13, 4, 9.6), line(4, 9.6, 11, 2.6), line(11, 2.6, 13.4, 5), line(13.4, 5, 6.4, 12), line(6.4, 12, 3, 13)}
	case "lock":
		return []stroke{box(5, 2.5, 11, 10, 3), solid(3.5, 7, 12.5, 13.5, 1.5)}
	case look.IconShield:
		return []stroke{
			line(8, 1.6, 13.4, 3.6), line(13.4, 3.6, 13.4, 8), line(13.4, 8, 11.6, 11.6), line(11.6, 11.6, 8, 14.4),
			line(8, 14.4, 4.4, 11.6), line(4.4, 11.6, 2.6, 8), line(2.6, 8, 2.6, 3.6), line(2.6, 3.6, 8, 1.6),
			line(5.2, 7.8, 7.2, 9.8), line(7.2, 9.8, 10.8, 5.8),
		}
	case "warn":
		return []stroke{line(8, 2.5, 14, 13), line(14, 13, 2, 13), line(2, 13, 8, 2.5), line(8, 6, 8, 9.4), line(8, 10.8, 8, 11.6)}
	case "down":
		return []stroke{line(8, 2, 8, 13), line(8, 13, 4.4, 9.4), line(8, 13, 11.6, 9.4)}
	case "open":
		return []stroke{line(4, 6, 8, 10), line(8, 10, 12, 6)}
	case "closed":
		return []stroke{line(6, 4, 10, 8), line(10, 8, 6, 12)}
	case "eye-shut":
		return []stroke{
			line(1, 6, 4.2, 8.8), line(4.2, 8.8, 8, 9.8), line(8, 9.8, 11.8, 8.8), line(11.8, 8.8, 15, 6),
			line(4.2, 8.8, 2.8, 11.4), line(8, 9.8, 8, 12.8), line(11.8, 8.8, 13.2, 11.4),
		}
	case "follow":
		return []stroke{solid(1.5, 10, 5.5, 14, 2), line(5, 10.6, 11, 5.4), solid(10.5, 2, 14.5, 6, 2)}
	case "line-front":
		return []stroke{line(1, 8, 12.5, 8), line(15, 8, 11, 5.2), line(15, 8, 11, 10.8)}
	case "line-back":
		return []stroke{line(1, 6.4, 11.5, 6.4), line(1, 9.6, 11.5, 9.6), line(15, 8, 11, 4.4), line(15, 8, 11, 11.6)}
	case "line-local":
		return []stroke{solid(6, 6, 10, 10, 2)}
	case "clock":
		return []stroke{box(2, 2, 14, 14, 6), line(8, 4.6, 8, 8.2), line(8, 8.2, 10.6, 9.8)}
	case "eye":
		return []stroke{
			line(1, 8, 4.2, 4.6), line(4.2, 4.6, 8, 3.4), line(8, 3.4, 11.8, 4.6), line(11.8, 4.6, 15, 8),
			line(1, 8, 4.2, 11.4), line(4.2, 11.4, 8, 12.6), line(8, 12.6, 11.8, 11.4), line(11.8, 11.4, 15, 8),
			solid(5.6, 5.6, 10.4, 10.4, 2.4),
		}
	}
	return onDisk(name, line)
}

// onDisk are the glyphs of what lies on a disk.
func onDisk(name string, line func(x1, y1, x2, y2 float32) stroke) []stroke {
	switch name {
	case "folder":
		return []stroke{
			line(1.8, 13, 1.8, 3.4), line(1.8, 3.4, 6, 3.4), line(6, 3.4, 7.6, 5.2), line(7.6, 5.2, 14.2, 5.2), line(14.2, 5.2, 14.2, 13),
			line(14.2, 13, 1.8, 13),
		}
	case "file":
		return []stroke{
			line(3.4, 1.8, 9.4, 1.8), line(9.4, 1.8, 12.6, 5), line(12.6, 5, 12.6, 14.2), line(12.6, 14.2, 3.4, 14.2), line(3.4, 14.2, 3.4, 1.8),
			line(9.2, 2, 9.2, 5.2), line(9.2, 5.2, 12.4, 5.2),
		}
	}
	return nil
}

// LeastSize is part of [Part].
func (g *Glyph) LeastSize() fyne.Size { return fyne.NewSquareSize(glyphSize) }

// HeightFor is part of [Part].
func (g *Glyph) HeightFor(float32) float32 { return glyphSize }

// Set changes what is drawn, and its ink.
func (g *Glyph) Set(name string, ink fyne.ThemeColorName) { g.name, g.ink = name, ink }

// Arrange draws in the middle of the space.
func (g *Glyph) Arrange(size fyne.Size) {
	scale := min(size.Width, size.Height) / glyphSize
	dx, dy := (size.Width-glyphSize*scale)/2, (size.Height-glyphSize*scale)/2
	if g.drawn != g.name {
		g.drawn = g.name
		g.Shown, g.lines, g.boxes = nil, nil, nil
		for _, s := range glyphStrokes(g.name) {
			if s.box {
				g.boxes = append(g.boxes, &canvas.Rectangle{})
				g.Shown = append(g.Shown, g.boxes[len(g.boxes)-1])
				continue
			}
			g.lines = append(g.lines, &canvas.Line{})
			g.Shown = append(g.Shown, g.lines[len(g.lines)-1])
		}
	}
	lines, boxes := 0, 0
	for _, s := range glyphStrokes(g.name) {
		if s.box {
			b := g.boxes[boxes]
			boxes++
			b.CornerRadius = s.radius * scale
			if s.filled {
				Fill(b, g.ink, "", 0)
			} else {
				Fill(b, "", g.ink, 1.4*scale)
			}
			Put(b, dx+s.x1*scale, dy+s.y1*scale, (s.x2-s.x1)*scale, (s.y2-s.y1)*scale)
			continue
		}
		l := g.lines[lines]
		lines++
		l.StrokeColor, l.StrokeWidth = theme.Color(g.ink), 1.6*scale
		l.Position1 = fyne.NewPos(dx+s.x1*scale, dy+s.y1*scale)
		l.Position2 = fyne.NewPos(dx+s.x2*scale, dy+s.y2*scale)
		l.Refresh()
	}
}
