package inspector

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// jsonLines lays out a JSON text, a member a line, in the order of the text.
func jsonLines(body []byte) ([]wireLine, bool) {
	w := &jsonWriter{dec: json.NewDecoder(bytes.NewReader(body))}
	w.dec.UseNumber()
	if err := w.value("json:", nil, 0); err != nil || w.dec.More() {
		return nil, false
	}
	return w.lines, true
}

// maxDepth is how deep a JSON text may nest before it is shown as plain text.
const maxDepth = 64

// indentAt is how far a member of that depth stands in; a narrow pane has no room for more.
func indentAt(depth int) int { return min(2*depth, 16) }

type jsonWriter struct {
	dec   *json.Decoder
	lines []wireLine
}

// value writes one value; name is nil inside an array and at the top.
func (w *jsonWriter) value(key string, name *string, depth int) error {
	if depth > maxDepth {
		return errors.New("read JSON: nested too deep to lay out")
	}
	token, err := w.dec.Token()
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	line := wireLine{key: key, indent: indentAt(depth)}
	if name != nil {
		line.kind, line.name = "member", *name
		line.bits = append(line.bits, bit{text: quoteJSON(*name), tint: named}, bit{text: ": ", tint: quiet})
	}
	if open, ok := token.(json.Delim); ok {
		return w.group(line, open, depth)
	}
	text, t := scalar(token)
	line.value, line.kind = trace.Unquote(text), "member"
	if s, ok := token.(string); ok {
		line.bits = append(
			line.bits, bit{text: `"`, tint: stringed}, bit{text: escapeJSON(s), tint: stringed, elastic: true},
			bit{text: `"`, tint: stringed},
		)
	} else {
		line.bits = append(line.bits, bit{text: text, tint: t, elastic: true})
	}
	w.lines = append(w.lines, line)
	return nil
}

// group writes an object or an array.
func (w *jsonWriter) group(line wireLine, open json.Delim, depth int) error {
	end := "}"
	if open == '[' {
		end = "]"
	}
	line.bits = append(line.bits, bit{text: open.String(), tint: quiet})
	line.kind = groupKind(line)
	if !w.dec.More() {
		line.bits[len(line.bits)-1].text += end
		w.lines = append(w.lines, line)
		return w.end()
	}
	w.lines = append(w.lines, line)
	for i := 0; w.dec.More(); i++ {
		var name *string
		inner := fmt.Sprintf("%s.%d", line.key, i)
		if open == '{' {
			token, err := w.dec.Token()
			if err != nil {
				return fmt.Errorf("read JSON name: %w", err)
			}
			text := fmt.Sprint(token)
			name, inner = &text, inner+"."+text
		}
		if err := w.value(inner, name, depth+1); err != nil {
			return err
		}
		if w.dec.More() {
			last := &w.lines[len(w.lines)-1]
			last.bits = append(last.bits, bit{text: ",", tint: quiet})
		}
	}
	w.lines = append(w.lines, wireLine{key: line.key + ".end", indent: indentAt(depth), bits: []bit{{text: end, tint: quiet}}})
	return w.end()
}

// end reads past a closing bracket.
func (w *jsonWriter) end() error {
	if _, err := w.dec.Token(); err != nil {
		return fmt.Errorf("read JSON end: %w", err)
	}
	return nil
}

// groupKind lets a named object or array be pointed at too.
func groupKind(line wireLine) string {
	if line.name == "" {
		return ""
	}
	return "member"
}

func scalar(token json.Token) (string, tint) {
	switch v := token.(type) {
	case string:
		return quoteJSON(v), stringed
	case json.Number:
		return v.String(), numbered
	case bool:
		return fmt.Sprint(v), numbered
	}
	return "null", numbered
}

func quoteJSON(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}

func escapeJSON(s string) string {
	q := quoteJSON(s)
	return q[1 : len(q)-1]
}
