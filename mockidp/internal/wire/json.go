package wire

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// maxJSONDepth is deeper than anything that a request has reason to send.
const maxJSONDepth = 16

var (
	errNotJSON  = errors.New("not JSON")
	errTwice    = errors.New("JSON that names a member twice")
	errTooDeep  = errors.New("JSON that is nested too deeply")
	errTrailing = errors.New("JSON with something after it")
)

// ReadJSON reads a JSON text into nil, bool, string, json.Number, []any and
// map[string]any. A member that is named twice is an error: of two readers one
// would believe the first and the other the second (RFC 8259 section 4), so a
// person could agree to something else than what an API is told.
func ReadJSON(text string) (any, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	v, err := readValue(dec, maxJSONDepth)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errTrailing
	}
	return v, nil
}

func readValue(dec *json.Decoder, depth int) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, errNotJSON
	}
	open, nested := token.(json.Delim)
	if !nested {
		return token, nil
	}
	if depth == 0 {
		return nil, errTooDeep
	}
	if open == '[' {
		return readList(dec, depth-1)
	}
	return readObject(dec, depth-1)
}

func readList(dec *json.Decoder, depth int) (any, error) {
	list := []any{}
	for dec.More() {
		v, err := readValue(dec, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, closeNested(dec)
}

func readObject(dec *json.Decoder, depth int) (any, error) {
	object := map[string]any{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, errNotJSON
		}
		name, _ := token.(string) // the decoder lets nothing else stand for a name
		if _, twice := object[name]; twice {
			return nil, errTwice
		}
		if object[name], err = readValue(dec, depth); err != nil {
			return nil, err
		}
	}
	return object, closeNested(dec)
}

func closeNested(dec *json.Decoder) error {
	if _, err := dec.Token(); err != nil {
		return errNotJSON
	}
	return nil
}

// CompactJSON writes a value that [ReadJSON] gave.
func CompactJSON(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}
