package trace

import (
	"net/url"
	"strings"
)

// ParsePairs reads name=value pairs of a query or a form body in their order,
// doubles included. What does not decode is kept as it stands, so that a
// hostile request can be shown too.
func ParsePairs(s string) []Field {
	if s == "" {
		return nil
	}
	fields := make([]Field, 0, 1+strings.Count(s, "&"))
	for part := range strings.SplitSeq(s, "&") {
		name, value, _ := strings.Cut(part, "=")
		fields = append(fields, Field{Name: unescape(name), Value: unescape(value)})
	}
	return fields
}

// EncodePairs writes pairs in application/x-www-form-urlencoded, in their order.
func EncodePairs(fields []Field) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(f.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(f.Value))
	}
	return b.String()
}

// ValueOf returns the first value under a name, or "".
func ValueOf(fields []Field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Query returns the query parameters of the message's URL in their order.
func (m *Message) Query() []Field { return QueryOf(m.URL) }

// Form returns the parameters of a form body in their order, or nil when the body is no form.
func (m *Message) Form() []Field {
	if !m.IsForm() {
		return nil
	}
	return ParsePairs(string(m.Body))
}

// IsForm reports whether the body is application/x-www-form-urlencoded.
func (m *Message) IsForm() bool {
	return strings.HasPrefix(strings.ToLower(m.HeaderValue("Content-Type")), "application/x-www-form-urlencoded")
}

// IsJSON reports whether the body is JSON.
func (m *Message) IsJSON() bool {
	mime, _, _ := strings.Cut(strings.ToLower(m.HeaderValue("Content-Type")), ";")
	mime = strings.TrimSpace(mime)
	return mime == "application/json" || strings.HasSuffix(mime, "+json")
}

// IsHTML reports whether the body is a web page.
func (m *Message) IsHTML() bool {
	return strings.HasPrefix(strings.ToLower(m.HeaderValue("Content-Type")), "text/html")
}

// QueryOf returns the query parameters of an address in their order.
func QueryOf(rawURL string) []Field {
	_, query, found := strings.Cut(rawURL, "?")
	if !found {
		return nil
	}
	query, _, _ = strings.Cut(query, "#")
	return ParsePairs(query)
}

// FragmentOf returns the parameters in the fragment of an address in their order;
// a fragment that has none is a place in a page.
func FragmentOf(rawURL string) []Field {
	_, fragment, found := strings.Cut(rawURL, "#")
	if !found || !strings.Contains(fragment, "=") {
		return nil
	}
	return ParsePairs(fragment)
}

func unescape(s string) string {
	if out, err := url.QueryUnescape(s); err == nil {
		return out
	}
	return s
}
