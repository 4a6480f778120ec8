package diagram

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// rows is what scrolls: as high as all arrows together, with objects for the
// visible ones only.
type rows struct {
	widget.BaseWidget
	diagram    *Diagram
	first, end int // the rows that have objects
	whole      int // from here on to end, only headings have
}

var (
	_ fyne.Tappable      = (*rows)(nil)
	_ desktop.Hoverable  = (*rows)(nil)
	_ desktop.Cursorable = (*rows)(nil)
)

func newRows(d *Diagram) *rows {
	r := &rows{diagram: d}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is called by Fyne.
func (r *rows) CreateRenderer() fyne.WidgetRenderer {
	renderer := &rowsRenderer{rows: r}
	renderer.pen = newPen(colours(&r.BaseWidget))
	renderer.Refresh()
	return renderer
}

// Tapped gives the diagram the keyboard and chooses the arrow.
func (r *rows) Tapped(event *fyne.PointEvent) {
	takeFocus(r.diagram)
	if i := r.at(event.Position.Y); i >= 0 {
		r.diagram.selected(i)
	}
}

// MouseIn is part of [desktop.Hoverable].
func (r *rows) MouseIn(event *desktop.MouseEvent) { r.MouseMoved(event) }

// MouseMoved tells which arrow is under the pointer.
func (r *rows) MouseMoved(event *desktop.MouseEvent) {
	r.diagram.hover(r.at(event.Position.Y))
}

// at returns the row that is drawn at height y, or -1.
func (r *rows) at(y float32) int {
	if i := r.diagram.place.rowAt(y); i < r.whole || i == r.diagram.current {
		return i
	}
	return -1
}

// MouseOut tells that none is.
func (r *rows) MouseOut() { r.diagram.hover(-1) }

// Cursor shows that an arrow can be tapped.
func (r *rows) Cursor() desktop.Cursor {
	if r.diagram.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// scrolled draws again only when other rows came into view.
func (r *rows) scrolled() {
	if first, whole, end := r.seen(); first != r.first || whole != r.whole || end != r.end {
		r.Refresh()
	}
	r.diagram.scrolledAway()
}

// seen returns the rows in view; what begins at whole is cut at the bottom.
func (r *rows) seen() (first, whole, end int) {
	d := r.diagram
	top, height := d.scroll.Offset.Y, d.scroll.Size().Height
	first, end = d.place.visible(top, height)
	return first, max(first+1, d.place.whole(top+height)), end
}

type rowsRenderer struct {
	rows *rows
	pen  *pen
}

func (r *rowsRenderer) Layout(fyne.Size) {}

func (r *rowsRenderer) MinSize() fyne.Size { return fyne.NewSize(0, r.rows.diagram.place.total) }

func (r *rowsRenderer) Objects() []fyne.CanvasObject { return r.pen.objects }

func (r *rowsRenderer) Destroy() { r.rows.diagram.journey.stop() }

func (r *rowsRenderer) Refresh() {
	r.pen.start()
	draw := drawing{pen: r.pen, diagram: r.rows.diagram}
	r.rows.first, r.rows.whole, r.rows.end = r.rows.seen()
	for i := r.rows.first; i < r.rows.end; i++ {
		draw.heading(i)
		if i < r.rows.whole || i == r.rows.diagram.current {
			draw.row(i)
		}
	}
	r.pen.finish()
}
