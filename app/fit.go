package app

import "fyne.io/fyne/v2"

// titleBar is what a desktop may put above the window.
const titleBar = 40

// fits is the size that a window was wished to have, made to fit a screen with
// its title bar. A screen that nobody knows holds any window.
func fits(wish, screen fyne.Size) fyne.Size {
	if screen.IsZero() {
		return wish
	}
	return fyne.NewSize(min(wish.Width, screen.Width), min(wish.Height, screen.Height-titleBar))
}

// fit gives the window a size as far as the screen has room for it. One that was
// asked for by name it has in any case.
func (w *window) fit(size fyne.Size) {
	if w.options.Width == 0 {
		size = fits(size, screen(w.win.Canvas().Scale()))
	}
	if size != w.win.Canvas().Size() {
		w.win.Resize(size)
	}
}
