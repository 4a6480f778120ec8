package mockidp

import (
	"strings"
	"unicode/utf8"
)

// sentence makes a reason into a sentence for people.
func sentence(reason string) string {
	if reason == "" {
		return ""
	}
	return sentenceCase(reason) + "."
}

// sentenceCase begins with a capital letter, unless the first word is a name
// of the protocol, such as redirect_uri: those are case-sensitive.
func sentenceCase(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(first, "_") {
		return s
	}
	_, size := utf8.DecodeRuneInString(s)
	return initial(s) + s[size:]
}

// initial returns the first letter, in upper case.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return ""
}
