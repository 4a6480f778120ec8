// Package harmless keeps values that crossed the wire from acting on whoever
// shows them: it writes control characters, and what else does something
// instead of being read, as escapes.
//
// It does NOT quote the syntax of any format; whoever writes one does that.
package harmless

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Acts reports whether a rune could do something to a terminal or to the order
// of a line instead of being read: controls, invisible format characters and
// the separators that some programs take for a line end. Joiners stay, because
// names in several scripts need them.
func Acts(r rune) bool {
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

// Line writes every rune that acts, and every byte that is no UTF-8, as an
// escape, so that the text is one harmless line.
func Line(s string) string { return escape(s, "") }

// Text is [Line] for text of several lines: line feeds stay.
func Text(s string) string {
	return escape(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
}

func escape(s, keep string) string {
	if !Needed(s, keep) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case Acts(r) && !strings.ContainsRune(keep, r):
			b.WriteString(written(r))
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

// Needed reports whether a text holds what [Line] would write as an escape,
// apart from the runes of keep.
func Needed(s, keep string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return Acts(r) && !strings.ContainsRune(keep, r)
	})
}

func written(r rune) string {
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

// Octal writes bytes for the format of printf(1): letters and digits as they
// are, everything else as \ddd.
func Octal(body []byte) string {
	var b strings.Builder
	for _, c := range body {
		if c < utf8.RuneSelf && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '=' || c == ' ') {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\%03o`, c)
		}
	}
	return b.String()
}

// JSON writes the runes inside a JSON text that act as escapes. They can only
// stand inside strings, where an escape means the same.
func JSON(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && Acts(r) }) {
		return s
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r == '\n' || !Acts(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff: // as a surrogate pair, RFC 8259 section 7
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return string(out)
}
