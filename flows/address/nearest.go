package address

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/spelling"
)

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
		if d := spelling.Slips(lower, strings.ToLower(n)); d < best {
			best, name, ok = d, n, true
		}
	}
	return name, ok
}
