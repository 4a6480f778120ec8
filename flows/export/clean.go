package export

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// acts reports whether a rune could do something to a terminal or to the order
// of a line instead of being read: controls, invisible format characters and
// the separators that some programs take for a line end. Joiners stay, because
// names in several scripts need them.
func acts(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	switch r {
	case '\u200c', '\u200d':
		return false
	case '\u2028', '\u2029', '\ufeff':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// clean writes every rune that acts, and every byte that is no UTF-8, as an
// escape, so that the text is one harmless line.
func clean(s string) string { return cleanBut(s, "") }

// cleanText is clean for text of several lines: line feeds stay.
func cleanText(s string) string {
	return cleanBut(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
}

func cleanBut(s, keep string) string {
	if !needsCleaning(s, keep) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case acts(r) && !strings.ContainsRune(keep, r):
			b.WriteString(escaped(r))
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

func needsCleaning(s, keep string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return acts(r) && !strings.ContainsRune(keep, r)
	})
}

func escaped(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
