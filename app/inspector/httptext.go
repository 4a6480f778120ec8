package inspector

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// A structured body is capped; the raw view has it all.
const (
	maxLines   = 400
	maxLetters = 600 // of a line of plain text
)

// headLines turns the start line and the headers into lines.
func (v *httpView) headLines(m *trace.Message) []wireLine {
	edits := editsOf(m)
	var lines []wireLine
	if m.Kind == trace.Response {
		lines = append(lines, statusLine(m.Status))
	} else {
		lines = append(v.kit.handshakeLines(m), v.kit.requestLine(m, edits)...)
	}
	for _, h := range m.Header {
		lines = append(lines, headerLines(h, edits)...)
	}
	for _, e := range m.Edited {
		if name, ok := strings.CutPrefix(e.What, "header "); ok && e.After == "" {
			lines = append(lines, v.kit.removedLine("header", name, e))
		}
	}
	return lines
}

// bodyLines turns the body into lines; note says what is not shown.
func (v *httpView) bodyLines(m *trace.Message) (lines []wireLine, note string) {
	switch {
	case len(m.Body) == 0 && m.IsForm():
		return v.kit.removedParameters(m), ""
	case len(m.Body) == 0:
		return nil, "" // what was removed from a query stands with the query
	case m.IsForm():
		edits := editsOf(m)
		for i, f := range m.Form() {
			lines = append(lines, pairLine(fmt.Sprintf("form:%d:%s", i, f.Name), "", 0, f, edits))
		}
		return append(lines, v.kit.removedParameters(m)...), ""
	case m.IsJSON():
		if lines, ok := jsonLines(m.Body); ok {
			return v.kit.capLines(lines)
		}
	case m.IsHTML():
		return v.kit.sourceLines(string(m.Body))
	}
	for i, text := range strings.Split(string(m.Body), "\n") {
		lines = append(lines, v.kit.textLine(fmt.Sprintf("text:%d", i), text))
	}
	return v.kit.capLines(lines)
}

func (k *kit) capLines(lines []wireLine) ([]wireLine, string) {
	if len(lines) <= maxLines {
		return lines, ""
	}
	return lines[:maxLines], k.say.Count("inspector.http.more", len(lines)-maxLines)
}

func statusLine(status int) wireLine {
	t := keyword
	if status >= http.StatusBadRequest {
		t = bad
	}
	return wireLine{key: "status", bits: []bit{{text: "HTTP/1.1 ", tint: quiet}, {text: telling.StatusLine(status), tint: t}}}
}

// handshakeLines are what the sender showed of itself before the first byte of
// the request, in the TLS handshake: it stands in no header and in no log.
func (k *kit) handshakeLines(m *trace.Message) []wireLine {
	fields := telling.Presented(m)
	if len(fields) == 0 {
		return nil
	}
	title := wireLine{key: "certificate", bits: []bit{{text: k.say.Text("inspector.http.certificate"), tint: keyword}}, full: true}
	lines := []wireLine{title}
	for _, f := range fields {
		line := pairLine("certificate:"+f.Name, "", 2, f, nil)
		line.kind, line.full = "member", true
		lines = append(lines, line)
	}
	return lines
}

func (k *kit) requestLine(m *trace.Message, edits map[string]*trace.EditMark) []wireLine {
	host, path, query := splitURL(m.URL)
	start := wireLine{
		key: "start", value: m.URL, name: k.say.Text("inspector.what.address"), kind: "start", full: true, hang: len(m.Method) + 1,
		edited: edits["method"],
		bits:   []bit{{text: m.Method + " ", tint: keyword}, {text: path, tint: valued, elastic: true}},
	}
	if start.edited == nil {
		start.edited = edits["url"]
	}
	lines := queryLines([]wireLine{start}, "query", query, edits)
	if !m.IsForm() {
		lines = append(lines, k.removedParameters(m)...)
	}
	if m.HeaderValue("Host") == "" && host != "" {
		lines = append(lines, headerLines(trace.Field{Name: "Host", Value: host}, edits)...)
	}
	return lines
}

// queryLines adds a line for each parameter of a query.
func queryLines(lines []wireLine, prefix, query string, edits map[string]*trace.EditMark) []wireLine {
	for i, f := range trace.ParsePairs(query) {
		mark := "& "
		if i == 0 {
			mark = "? "
		}
		lines = append(lines, pairLine(fmt.Sprintf("%s:%d:%s", prefix, i, f.Name), mark, 2, f, edits))
	}
	return lines
}

func pairLine(key, mark string, indent int, f trace.Field, edits map[string]*trace.EditMark) wireLine {
	return wireLine{
		key: key, kind: "parameter", name: f.Name, value: f.Value, indent: indent, edited: edits["parameter "+f.Name],
		bits: []bit{
			{text: mark, tint: quiet},
			{text: f.Name, tint: named},
			{text: " = ", tint: quiet},
			{text: f.Value, tint: valued, elastic: true},
		},
	}
}

func (k *kit) textLine(key, text string) wireLine {
	text = strings.ReplaceAll(strings.TrimSuffix(text, "\r"), "\t", "    ")
	if len(text) > maxLetters {
		text = text[:page.Prefix(text, maxLetters)] + " " + k.say.Text("inspector.http.cut")
	}
	return wireLine{key: key, full: true, hang: flush, bits: []bit{{text: text, tint: valued, elastic: true}}}
}

// headerLines splits what is inside a header, so that each part can be pointed at.
func headerLines(h trace.Field, edits map[string]*trace.EditMark) []wireLine {
	line := wireLine{key: "header:" + h.Name, kind: "header", name: h.Name, value: h.Value, edited: edits["header "+h.Name]}
	shown := h.Value
	line.bits = []bit{{text: h.Name, tint: named}, {text: ": ", tint: quiet}}
	switch strings.ToLower(h.Name) {
	case "location", "referer":
		base, query, found := strings.Cut(h.Value, "?")
		if found {
			line.bits = append(line.bits, bit{text: base, tint: valued, elastic: true})
			return queryLines([]wireLine{line}, line.key, query, nil)
		}
	case "authorization":
		if scheme, token, found := strings.Cut(h.Value, " "); found {
			line.bits = append(line.bits, bit{text: scheme + " ", tint: keyword})
			line.follow, shown = token, token
		}
	case "cookie", "set-cookie":
		pair, _, _ := strings.Cut(h.Value, ";")
		if _, value, found := strings.Cut(pair, "="); found {
			line.follow = value
		}
	}
	line.bits = append(line.bits, bit{text: shown, tint: valued, elastic: true})
	return []wireLine{line}
}

func editsOf(m *trace.Message) map[string]*trace.EditMark {
	if len(m.Edited) == 0 {
		return nil
	}
	edits := make(map[string]*trace.EditMark, len(m.Edited))
	for i := range m.Edited {
		edits[m.Edited[i].What] = &m.Edited[i]
	}
	return edits
}

// removedParameters gives a line to each parameter that the learner took out.
func (k *kit) removedParameters(m *trace.Message) []wireLine {
	var lines []wireLine
	for _, e := range m.Edited {
		if name, ok := strings.CutPrefix(e.What, "parameter "); ok && e.After == "" {
			lines = append(lines, k.removedLine("parameter", name, e))
		}
	}
	return lines
}

func (k *kit) removedLine(kind, name string, e trace.EditMark) wireLine {
	return wireLine{
		key: "removed:" + name, kind: kind, name: name, value: e.Before, edited: &e,
		bits: []bit{{text: name, tint: gone}, {text: " " + k.say.Text("inspector.http.removed"), tint: quiet}},
	}
}

// splitURL cuts an absolute URL into host, path (with the fragment, if any) and query.
func splitURL(raw string) (host, path, query string) {
	rest := raw
	if _, after, found := strings.Cut(raw, "://"); found {
		rest = after
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			host, rest = rest[:i], rest[i:]
		} else {
			host, rest = rest, "/"
		}
	}
	path, query, _ = strings.Cut(rest, "?")
	if path == "" {
		path = "/"
	}
	return host, path, query
}

// sourceLines quotes the beginning of a page's source.
func (k *kit) sourceLines(source string) ([]wireLine, string) {
	const shown = 10
	var lines []wireLine
	for _, text := range strings.Split(source, "\n") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(lines) == shown {
			break
		}
		l := k.textLine(fmt.Sprintf("html:%d", len(lines)), strings.TrimRight(text, " \r"))
		l.bits[0].tint = quiet
		lines = append(lines, l)
	}
	return lines, k.say.Text("inspector.http.page", "size", k.bytes(len(source)))
}

func (k *kit) bytes(n int) string {
	if n < 1024 {
		return k.say.Count("inspector.http.bytes", n)
	}
	return k.say.Text("inspector.http.kilobytes", "n", strconv.FormatFloat(float64(n)/1024, 'f', 1, 64))
}
