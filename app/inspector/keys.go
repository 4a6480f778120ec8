package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/page"
)

// owns reports whether what has the focus is one of the pane's, seen or not;
// closed says that details have just gone.
func (v *Inspector) owns(f fyne.Focusable, closed bool) bool {
	switch part := f.(type) {
	case interface{ IsOf(k *page.Kit) bool }:
		return part.IsOf(v.kit.Kit)
	case *widget.Entry:
		screen, ok := v.views[tabPage].(*pageView)
		return ok && screen.has(part)
	}
	// text that was being selected in the details must not keep the keys
	_, selecting := f.(interface{ SelectedText() string })
	_, typing := f.(interface{ SetText(string) })
	return selecting && !typing && closed
}

// contains reports whether the object is among the objects or inside one of them.
func contains(objects []fyne.CanvasObject, what fyne.Focusable) bool {
	for _, o := range objects {
		if f, ok := o.(fyne.Focusable); ok && f == what {
			return true
		}
		if in, ok := o.(page.Drawn); ok && contains(in.Objects(), what) {
			return true
		}
	}
	return false
}

// typedKey takes the keys that the focused part had no use for: some scroll, the rest go on.
func (v *Inspector) typedKey(e *fyne.KeyEvent) {
	turn := v.scroll.Size().Height * 0.9
	switch e.Name {
	case fyne.KeyPageDown:
		v.scrollTo(v.scroll.Offset.Y + turn)
	case fyne.KeyPageUp:
		v.scrollTo(v.scroll.Offset.Y - turn)
	case fyne.KeyHome:
		v.scrollTo(0)
	case fyne.KeyEnd:
		v.scrollTo(v.scroll.Content.Size().Height)
	case fyne.KeyDown:
		v.moveFocus(true)
	case fyne.KeyUp:
		v.moveFocus(false)
	default:
		if v.OnKey != nil {
			v.OnKey(e)
		}
	}
}

func (v *Inspector) moveFocus(next bool) {
	c := page.CanvasOf(v)
	switch {
	case c == nil:
	case next:
		c.FocusNext()
	default:
		c.FocusPrevious()
	}
}

func (v *Inspector) scrollTo(y float32) {
	most := max(0, v.scroll.Content.Size().Height-v.scroll.Size().Height)
	v.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(y, most))))
	v.tellSeen()
}

// reveal scrolls just so far that an object of the sheet can be seen.
func (v *Inspector) reveal(o fyne.CanvasObject) {
	y, found := offsetIn(v.view().sheetOf().root, o)
	if !found {
		return
	}
	const margin = 8
	tall := v.scroll.Size().Height - gapIf(v.wantsFoot(v.Size().Height), stripTall-stripIdle)
	switch top, bottom := y-margin, y+o.Size().Height+margin; {
	case top < v.scroll.Offset.Y:
		v.scrollTo(top)
	case bottom > v.scroll.Offset.Y+tall:
		v.scrollTo(min(top, bottom-tall))
	}
}

// offsetIn returns how far down in the outer part an object stands.
func offsetIn(outer page.Drawn, what fyne.CanvasObject) (float32, bool) {
	for _, o := range outer.Objects() {
		if o == what {
			return o.Position().Y, true
		}
		if inner, ok := o.(page.Drawn); ok {
			if y, found := offsetIn(inner, what); found {
				return y + o.Position().Y, true
			}
		}
	}
	return 0, false
}
