package page

import (
	"fyne.io/fyne/v2"
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
	fits := func(s string) bool { return measure(f, s).Width <= width+0.5 }
	if fits(words) {
		return words
	}
	runes := []rune(words)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return ""
	}
	return string(runes[:low]) + "…"
}
