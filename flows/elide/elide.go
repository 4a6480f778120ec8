// Package elide shortens a text that has too little room, and marks with an
// ellipsis where something is missing.
//
// How much room there is, whoever writes the text says: it may count letters,
// cells of a terminal or points of a font. The package measures nothing itself.
package elide

import (
	"strings"
	"unicode/utf8"
)

// mark stands for what is missing. It is in every font that we write in.
const mark = "…"

// End keeps the beginning of a text: as many letters as fit with the mark behind
// them. It is "" where not even the mark fits.
func End(text string, fits func(string) bool) string {
	return most(text, fits, func(letters []rune, keep int) string {
		return strings.TrimRight(string(letters[:keep]), " ") + mark
	})
}

// Middle keeps the beginning of a text and a third of the room for its end,
// which often tells it from its neighbours.
func Middle(text string, fits func(string) bool) string {
	return most(text, fits, func(letters []rune, keep int) string {
		tail := min((keep+1)/3, keep)
		return strings.TrimRight(string(letters[:keep-tail]), " ") + mark + strings.TrimLeft(string(letters[len(letters)-tail:]), " ")
	})
}

// Letters fits texts of so many letters.
func Letters(n int) func(string) bool {
	return func(text string) bool { return len(text) <= n || utf8.RuneCountInString(text) <= n }
}

// most keeps as many letters as fit. What fits with more letters is taken to fit with fewer.
func most(text string, fits func(string) bool, shortened func(letters []rune, keep int) string) string {
	if fits(text) {
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters)-1
	for low < high {
		if keep := (low + high + 1) / 2; fits(shortened(letters, keep)) {
			low = keep
		} else {
			high = keep - 1
		}
	}
	if short := shortened(letters, max(low, 0)); fits(short) {
		return short
	}
	return ""
}
