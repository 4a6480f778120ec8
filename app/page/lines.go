package page

import (
	"strings"
	"unicode/utf8"
)

// MaxLines caps how much of a text is split into lines: more than that nobody reads on a screen.
const MaxLines = 64 << 10

// Lines splits text into lines of at most that many letters. It stops at the cap.
func Lines(text string, columns int) []string {
	if len(text) > MaxLines {
		cut := MaxLines
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    ")
		lines = append(lines, SplitColumns(line, columns)...)
	}
	return lines
}

// SplitColumns cuts a text into stretches of at most that many letters.
func SplitColumns(text string, columns int) []string {
	columns = max(1, columns)
	if len(text) <= columns {
		return []string{text}
	}
	lines := make([]string, 0, len(text)/columns+1)
	for text != "" {
		end := Prefix(text, columns)
		lines = append(lines, text[:end])
		text = text[end:]
	}
	return lines
}

// Prefix returns how many bytes the first n letters of a text take.
func Prefix(text string, n int) int {
	end := 0
	for ; end < len(text) && n > 0; n-- {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return end
}
