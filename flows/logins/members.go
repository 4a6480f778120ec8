package logins

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// jsonSpace is the white space of JSON (RFC 8259 section 2).
const jsonSpace = " \t\r\n"

// members reads the texts of a JSON object; nothing when it is none. Of a name that
// is there twice the last one counts. Every answer of a token endpoint is read, so
// what encoding/json has found to be valid is cut into pieces by hand.
func members(body []byte) []trace.Field {
	rest := bytes.TrimLeft(body, jsonSpace)
	if len(rest) == 0 || rest[0] != '{' || !json.Valid(rest) {
		return nil
	}
	var fields []trace.Field
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
