package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
)

// owns reports whether what has the focus is one of the pane's, seen or not;
// closed says that details have just gone.
func (v *Inspector) owns(f fyne.Focusable, closed bool) bool {
	switch part := f.(type) {
	case interface{ IsOf(k *page.Kit) bool }:
		return part.IsOf(v.kit.Kit)
	case *page.Field:
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
	case fyne.KeyDown, fyne.KeyUp:
		v.moveFocus(e)
	default:
		if v.OnKey != nil {
			v.OnKey(e)
		}
	}
}

// moveFocus goes to the next part of the pane, or the one before, and stays inside.
func (v *Inspector) moveFocus(k *fyne.KeyEvent) {
	page.Along(page.Stops(v), k, fyne.KeyUp, fyne.KeyDown)
}

// First is what has the keyboard when one comes to the pane: the tab that shows.
func (v *Inspector) First() fyne.Focusable {
	if stops := page.Stops(v.tabs.chosen()...); len(stops) > 0 {
		return stops[0]
	}
	return nil
}

// reveal scrolls just so far that an object of the sheet can be seen.
func (v *Inspector) reveal(o fyne.CanvasObject) {
	v.scroll.Covered = gapIf(v.wantsFoot(v.Size().Height), stripTall-stripIdle)
	v.scroll.Reveal(o)
}
