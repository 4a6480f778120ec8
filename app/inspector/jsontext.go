package inspector

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// jsonLines lays out a JSON text, a member a line, in the order of the text.
func jsonLines(body []byte) ([]wireLine, bool) {
	w := &jsonWriter{}
	for part, err := range trace.JSONParts(body) {
		if err != nil || part.Depth > maxDepth || part.Depth == 0 && part.Index > 0 {
			return nil, false
		}
		w.add(part)
	}
	return w.lines, len(w.lines) > 0
}

// maxDepth is how deep a JSON text may nest before it is shown as plain text.
const maxDepth = 64

// indentAt is how far a member of that depth stands in; a narrow pane has no room for more.
func indentAt(depth int) int { return min(2*depth, 16) }

type jsonWriter struct {
	lines []wireLine
	keys  []string // of the objects and lists that are open
	empty bool     // nothing stands in the last of them yet
}

// add writes one value, or a bracket.
func (w *jsonWriter) add(p trace.JSONPart) {
	if p.Ends() {
		w.end(p)
		return
	}
	if p.Index > 0 {
		last := &w.lines[len(w.lines)-1]
		last.bits = append(last.bits, bit{text: ",", tint: quiet})
	}
	w.empty = false
	line := wireLine{key: "json:", indent: indentAt(p.Depth)}
	if p.Depth > 0 {
		line.key = fmt.Sprintf("%s.%d", w.keys[p.Depth-1], p.Index)
	}
	if p.Member {
		line.key += "." + p.Name
		line.kind, line.name = "member", p.Name
		line.bits = append(line.bits, bit{text: quoteJSON(p.Name), tint: named}, bit{text: ": ", tint: quiet})
	}
	if open, ok := p.Token.(json.Delim); ok {
		line.bits = append(line.bits, bit{text: open.String(), tint: quiet})
		line.kind = groupKind(line)
		w.keys, w.empty = append(w.keys, line.key), true
		w.lines = append(w.lines, line)
		return
	}
	text, t := scalar(p.Token)
	line.value, line.kind = trace.Unquote(text), "member"
	if s, ok := p.Token.(string); ok {
		line.bits = append(
			line.bits, bit{text: `"`, tint: stringed}, bit{text: escapeJSON(s), tint: stringed, elastic: true},
			bit{text: `"`, tint: stringed},
		)
	} else {
		line.bits = append(line.bits, bit{text: text, tint: t, elastic: true})
	}
	w.lines = append(w.lines, line)
}

// end writes a bracket that ends something: on the line that began it where nothing is between.
func (w *jsonWriter) end(p trace.JSONPart) {
	bracket := fmt.Sprint(p.Token)
	key := w.keys[len(w.keys)-1]
	w.keys = w.keys[:len(w.keys)-1]
	if w.empty {
		bits := w.lines[len(w.lines)-1].bits
		bits[len(bits)-1].text += bracket
	} else {
		w.lines = append(w.lines, wireLine{key: key + ".end", indent: indentAt(p.Depth), bits: []bit{{text: bracket, tint: quiet}}})
	}
	w.empty = false
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
