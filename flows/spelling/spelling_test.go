package spelling_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/spelling"
)

func TestAWordIsAsFarAsItsSlips(t *testing.T) {
	for _, c := range []struct {
		a, b         string
		slips, edits int
	}{
		{"", "", 0, 0},
		{"", "code", 4, 4},
		{"token", "token", 0, 0},
		{"tokn", "token", 1, 1},
		{"tokken", "token", 1, 1},
		{"tolen", "token", 1, 1},
		{"toekn", "token", 1, 2},
		{"ab", "ba", 1, 2},
		{"größe", "große", 1, 1},
		{"implicit", "device", 6, 6},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := spelling.Slips(pair[0], pair[1]); got != c.slips {
				t.Errorf("from %q to %q are %d slips, want %d", pair[0], pair[1], got, c.slips)
			}
			if got := spelling.Edits(pair[0], pair[1]); got != c.edits {
				t.Errorf("from %q to %q are %d edits, want %d", pair[0], pair[1], got, c.edits)
			}
		}
	}
}
