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

// fit gives the window a size, as far as the screen has room for it unless that
// size was asked for by name.
func (s *surface) fit(size fyne.Size, asked bool) {
	if !asked {
		size = fits(size, screen(s.win.Canvas().Scale()))
	}
	if size != s.Size() {
		s.win.Resize(size)
	}
}
