package look

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Fyne reads all fonts anew for each theme that lies over a part of a window. So
// what has no shadows here is told so itself, and no text lies under it.

// Scroll is Fyne's, from top to bottom, without shadows.
type Scroll struct{ container.Scroll }

// NewScroll returns a scroll of some content.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{container.Scroll{Direction: container.ScrollVerticalOnly, Content: content}}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of [fyne.Widget].
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	return calm(s.Scroll.CreateRenderer(), s.Content)
}

// Split is Fyne's, of two panes side by side, without a shadow.
type Split struct{ container.Split }

// NewSplit returns a split with equal halves.
func NewSplit(left, right fyne.CanvasObject) *Split {
	s := &Split{container.Split{Offset: 0.5, Horizontal: true, Leading: left, Trailing: right}}
	s.ExtendBaseWidget(s) //nolint:staticcheck // there is no other way to the divider, and the version of Fyne is pinned
	return s
}

// CreateRenderer is part of [fyne.Widget].
func (s *Split) CreateRenderer() fyne.WidgetRenderer {
	return calm(s.Split.CreateRenderer(), s.Leading, s.Trailing)
}

// calm takes the shadows from what a renderer has beside its content.
func calm(r fyne.WidgetRenderer, content ...fyne.CanvasObject) fyne.WidgetRenderer {
	for _, o := range r.Objects() {
		if !slices.Contains(content, o) {
			container.NewThemeOverride(o, Flat())
		}
	}
	return r
}

// Calm takes the shadows from what scrolls in a renderer of Fyne's, such as the
// text of an entry, which is out of the way while that is told so.
func Calm(r fyne.WidgetRenderer) fyne.WidgetRenderer {
	for _, o := range r.Objects() {
		if s, scrolls := o.(*container.Scroll); scrolls && s.Content != nil {
			text := s.Content
			s.Content = canvas.NewRectangle(color.Transparent)
			container.NewThemeOverride(s, Flat())
			s.Content = text
			s.Refresh()
		}
	}
	return r
}
