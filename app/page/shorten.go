package page

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/elide"
)

// measure is the room of a text as it is drawn, with kerning.
func measure(f Face, text string) fyne.Size {
	if text == "" {
		return fyne.Size{}
	}
	return fyne.MeasureText(text, f.Size, f.style())
}

// Shorten cuts words at their end so that they fit a width, and marks the cut.
func Shorten(words string, f Face, width float32) string {
	return elide.End(words, func(s string) bool { return measure(f, s).Width <= width+0.5 })
}

// Elide shortens a text in the middle to at most that many letters.
func Elide(text string, columns int) string { return elide.Middle(text, elide.Letters(columns)) }
