package logins

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// jsonSpace is the white space of JSON (RFC 8259 section 2).
const jsonSpace = " \t\r\n"

// usualMembers is room for what a token endpoint answers.
const usualMembers = 8

// members reads the texts of a JSON object; nothing when it is none. Of a name that
// is there twice the last one counts. Every answer of a token endpoint is read, so
// what is flat is read in one go, and what else encoding/json finds to be valid is
// cut into pieces by hand.
func members(body []byte) []trace.Field {
	rest := bytes.TrimLeft(body, jsonSpace)
	if len(rest) == 0 || rest[0] != '{' {
		return nil
	}
	if fields, ok := flat(string(rest)); ok {
		return fields
	}
	if !json.Valid(rest) {
		return nil
	}
	fields := make([]trace.Field, 0, usualMembers)
	for rest = bytes.TrimLeft(rest[1:], jsonSpace); rest[0] != '}'; rest = bytes.TrimLeft(rest, jsonSpace+",") {
		name := rest[:lengthOf(rest)]
		rest = bytes.TrimLeft(rest[len(name):], jsonSpace+":")
		value := rest[:lengthOf(rest)]
		rest = rest[len(value):]
		fields = append(fields, trace.Field{Name: trace.Unquote(string(name)), Value: trace.Unquote(string(value))})
	}
	slices.Reverse(fields) // the first of a name is what is found
	return fields
}

// flat is members of an object of nothing but texts that stand for themselves, whole
// numbers and words, as nearly every answer of a token endpoint is. It is not ok of
// any other, be it valid or not.
func flat(text string) (fields []trace.Field, ok bool) {
	fields = make([]trace.Field, 0, usualMembers)
	text = blank(text[1:])
	for more := text != "" && text[0] != '}'; more; {
		var f trace.Field
		if f.Name, text, ok = plainText(text); !ok {
			return nil, false
		}
		if text, ok = strings.CutPrefix(blank(text), ":"); !ok {
			return nil, false
		}
		if f.Value, text, ok = plainValue(blank(text)); !ok {
			return nil, false
		}
		fields = append(fields, f)
		if text, more = strings.CutPrefix(blank(text), ","); more {
			text = blank(text)
		}
	}
	if text, ok = strings.CutPrefix(text, "}"); !ok || blank(text) != "" {
		return nil, false
	}
	slices.Reverse(fields) // the first of a name is what is found
	return fields, true
}

func blank(text string) string { return strings.TrimLeft(text, jsonSpace) }

// plainValue reads a text, a whole number or a word.
func plainValue(text string) (value, rest string, ok bool) {
	if value, rest, ok = plainText(text); ok {
		return value, rest, true
	}
	if rest, ok = strings.CutPrefix(text, "null"); ok {
		return "", rest, true // as [trace.Unquote] has it
	}
	for _, word := range []string{"true", "false", "0"} {
		if rest, ok = strings.CutPrefix(text, word); ok {
			return word, rest, true // what may not follow is found by who goes on
		}
	}
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return text[:n], text[n:], n > 0
}

// plainText reads what stands between two quotation marks, without escapes and in ASCII.
func plainText(text string) (inner, rest string, ok bool) {
	if text == "" || text[0] != '"' {
		return "", text, false
	}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return text[1:i], text[i+1:], true
		case c < ' ', c == '\\', c >= utf8.RuneSelf:
			return "", text, false
		}
	}
	return "", text, false
}

// lengthOf measures the value that a text of valid JSON goes on with.
func lengthOf(text []byte) int {
	switch text[0] {
	case '"':
		return lengthOfString(text)
	case '{', '[':
		return lengthOfNested(text)
	}
	return bytes.IndexAny(text, ",}]"+jsonSpace)
}

func lengthOfString(text []byte) int {
	for i := 1; ; i++ {
		i += bytes.IndexByte(text[i:], '"')
		if escapes := i - len(bytes.TrimRight(text[:i], `\`)); escapes%2 == 0 { // each second one is escaped itself
			return i + 1
		}
	}
}

func lengthOfNested(text []byte) int {
	depth := 0
	for i := 0; ; i++ {
		switch text[i] {
		case '"':
			i += lengthOfString(text[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}
