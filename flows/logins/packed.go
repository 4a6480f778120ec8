package logins

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// packed reads what Google puts into the address of its page of errors: a message of Protocol Buffers in base64, of
// which the first field is the error code and the second what the page says.
func packed(query []trace.Field) []trace.Field {
	raw, found := first(query, "authError")
	if !found {
		return nil
	}
	raw = strings.NewReplacer("+", "-", "/", "_", " ", "-").Replace(strings.TrimRight(raw, "="))
	message, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil {
		return nil
	}
	var fields []trace.Field
	for number, text := range texts(message) {
		switch number {
		case 1:
			fields = append(fields, trace.Field{Name: "error", Value: text})
		case 2:
			fields = append(fields, trace.Field{Name: "error_description", Value: strings.TrimSpace(text)})
		}
	}
	return fields
}

// texts yields the fields of a message that have a length, as far as they are text.
func texts(message []byte) func(yield func(uint64, string) bool) {
	return func(yield func(uint64, string) bool) {
		for len(message) > 0 {
			tag, n := binary.Uvarint(message)
			if n <= 0 {
				return
			}
			size, m := binary.Uvarint(message[n:])
			message = message[n+max(m, 0):]
			switch kind := tag & 7; {
			case m <= 0:
				return
			case kind == 0:
				continue // a number
			case kind != 2 || size > uint64(len(message)):
				return
			}
			text := message[:size]
			message = message[size:]
			if utf8.Valid(text) && !yield(tag>>3, string(text)) {
				return
			}
		}
	}
}
