package address

import "strings"

// Nearest returns the one of some names that somebody most likely meant:
// the name itself, then one that differs by its case, that begins with what was
// typed, that holds it, or that is a slip or two away from it.
func Nearest(typed string, names []string) (name string, ok bool) {
	lower := strings.ToLower(typed)
	if lower == "" {
		return "", false
	}
	for _, fits := range []func(name string) bool{
		func(n string) bool { return n == typed },
		func(n string) bool { return strings.ToLower(n) == lower },
		func(n string) bool { return len(lower) > 2 && strings.HasPrefix(strings.ToLower(n), lower) },
		func(n string) bool { return len(lower) > 2 && strings.Contains(strings.ToLower(n), lower) },
	} {
		for _, n := range names {
			if fits(n) {
				return n, true
			}
		}
	}
	best := 1 + max(1, len(lower)/3) // slips that are still one word
	for _, n := range names {
		if d := Slips(lower, strings.ToLower(n)); d < best {
			best, name, ok = d, n, true
		}
	}
	return name, ok
}

// Slips is how many letters have to be put in, left out, changed or swapped
// with their neighbour to make one word of another.
func Slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		now[0] = i + 1
		for j := range y {
			change := 1
			if x[i] == y[j] {
				change = 0
			}
			now[j+1] = min(last[j+1]+1, now[j]+1, last[j]+change)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}
