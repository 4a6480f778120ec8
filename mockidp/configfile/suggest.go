package configfile

import "github.com/grantwalk/grantwalk/flows/spelling"

// nearest returns which of the words is meant, or "" when none is near.
func nearest(word string, words []string) string {
	best, least := "", len(word)/3+2
	for _, w := range words {
		if d := spelling.Edits(word, w); d < least {
			best, least = w, d
		}
	}
	return best
}
