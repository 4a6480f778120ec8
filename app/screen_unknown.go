//go:build ci || wasm

package app

import "fyne.io/fyne/v2"

// screen is not known in tests and in a browser, which has a size of its own.
func screen(float32) fyne.Size { return fyne.Size{} }

// screens is one there.
func screens() int { return 1 }

// fillSecond fills the one.
func fillSecond(win fyne.Window) { win.SetFullScreen(true) }
