// Package spelling measures how far one word is from another, for whoever asks
// "did you mean". What is near enough, and in which letters, is for the asker.
package spelling

// Slips is how many letters have to be put in, left out, changed or swapped
// with their neighbour to make one word of another (Damerau and Levenshtein's,
// no letter being swapped twice).
func Slips(a, b string) int { return distance([]rune(a), []rune(b), true) }

// Edits is Slips without swapping: two letters in the wrong order are two
// changes (Levenshtein's).
func Edits(a, b string) int { return distance([]rune(a), []rune(b), false) }

// distance fills in a table of which three rows are enough.
func distance(a, b []rune, swaps bool) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		now[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			now[j+1] = min(last[j+1]+1, now[j]+1, last[j]+change)
			if swaps && i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
