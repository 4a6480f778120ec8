package wire

import (
	"slices"
	"strings"
)

// Words splits a space-separated list and drops repetitions (RFC 6749 section
// 3.3: the order does not matter).
func Words(list string) []string {
	var out []string
	var seen map[string]bool // once there are many: a long list must not take the square of its length
	for word := range strings.SplitSeq(list, " ") {
		switch {
		case word == "", seen[word], seen == nil && slices.Contains(out, word):
			continue
		case seen == nil && len(out) == manyWords:
			seen = make(map[string]bool)
			for _, before := range out {
				seen[before] = true
			}
		}
		if seen != nil {
			seen[word] = true
		}
		out = append(out, word)
	}
	return out
}

// manyWords is more than anybody asks for.
const manyWords = 32

// Without returns list without the values of remove, in order.
func Without(list, remove []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(remove, s) })
}
