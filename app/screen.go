//go:build !ci && !wasm

package app

import (
	"cmp"

	"fyne.io/fyne/v2"
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
