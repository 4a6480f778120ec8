//go:build !ci && !wasm

package app

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// screen is what there is to draw on beside the desktop's bars, in the units of
// a window of that scale. The toolkit, which has begun, does not say it.
func screen(scale float32) fyne.Size {
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return fyne.Size{}
	}
	_, _, width, height := monitor.GetWorkarea()
	scale = cmp.Or(scale, 1)
	return fyne.NewSize(float32(width)/scale, float32(height)/scale)
}

// screens is how many there are.
func screens() int { return len(glfw.GetMonitors()) }

// fillSecond fills the screen beside the first with a window, and the first
// where there is no other. Some window managers fill the screen on which a window
// is, whatever it asks for, so it goes there before; and the toolkit tells
// screens apart by their names, of which projectors may share one.
func fillSecond(win fyne.Window) {
	first := glfw.GetPrimaryMonitor()
	if first == nil {
		return
	}
	movable, ok := win.(desktop.Window)
	for _, other := range glfw.GetMonitors() {
		if !ok || *other == *first {
			continue
		}
		if win.FullScreen() {
			win.SetFullScreen(false)
		}
		movable.RequestPosition(other.GetPos())
		if other.GetName() != first.GetName() {
			movable.RequestFullScreenSecondary()
			return
		}
		break
	}
	win.SetFullScreen(true)
}
