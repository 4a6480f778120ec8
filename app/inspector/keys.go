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

// typedKey takes the keys that the focused part had no use for: some scroll, the rest go on.
func (v *Inspector) typedKey(e *fyne.KeyEvent) {
	if v.scroll.Turn(e) {
		return
	}
	switch e.Name {
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

// reveal scrolls just so far that an object of the sheet can be seen.
func (v *Inspector) reveal(o fyne.CanvasObject) {
	v.scroll.Covered = gapIf(v.wantsFoot(v.Size().Height), stripTall-stripIdle)
	v.scroll.Reveal(o)
}
