package telling

import (
	"bytes"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// StatusLine returns "302 Found".
func StatusLine(status int) string {
	line := strconv.Itoa(status)
	if text := http.StatusText(status); text != "" {
		line += " " + text
	}
	return line
}

// StartLine returns "POST" and "https://idp.example/token", or "302" and
// "Found": the query is left to its section.
func StartLine(m *trace.Message) (keyword, rest string) {
	if m.Kind == trace.Response {
		keyword, rest, _ = strings.Cut(StatusLine(m.Status), " ")
		return keyword, rest
	}
	target, _, _ := strings.Cut(m.URL, "#")
	target, _, _ = strings.Cut(target, "?")
	return harmless.Line(m.Method), harmless.Line(target)
}

// labelOf names a message by what it is, for a step that has no words.
func labelOf(m *trace.Message) string {
	switch {
	case m.Kind == trace.Gesture && m.Act != nil:
		return m.Act.Verb + " " + m.Act.Object
	case m.Kind == trace.Request:
		if u, err := url.Parse(m.URL); err == nil {
			return m.Method + " " + u.Path
		}
		return m.Method
	case m.Kind == trace.Response:
		return StatusLine(m.Status)
	}
	return m.Step
}

// Section is one group of named values of a message, as they stand on the wire.
type Section struct {
	Name   string // "certificate", "query", "fragment", "header", "redirect" or "form"
	Fields []trace.Field
}

// Sections returns what a message carries by name, in the order of the wire.
// The parameters of a redirect are listed apart from its Location.
func Sections(m *trace.Message) []Section {
	all := []Section{{"certificate", Presented(m)}, {"query", m.Query()}, {"fragment", trace.FragmentOf(m.URL)}, {"header", m.Header}}
	if location := m.HeaderValue("Location"); location != "" {
		all = append(all, Section{"redirect", trace.QueryOf(location)}, Section{"fragment", trace.FragmentOf(location)})
	}
	all = append(all, Section{"form", m.Form()})
	filled := all[:0]
	for _, s := range all {
		if len(s.Fields) > 0 {
			filled = append(filled, s)
		}
	}
	return filled
}

// PageTitle returns the title of a web page, or "".
func PageTitle(m *trace.Message) string {
	_, rest, found := bytes.Cut(m.Body, []byte("<title>"))
	if !found || !m.IsHTML() {
		return ""
	}
	title, _, found := bytes.Cut(rest, []byte("</title>"))
	if !found {
		return ""
	}
	return strings.TrimSpace(html.UnescapeString(string(title)))
}

// Decoded is a token that a message carries by name, taken apart. Nobody verified it.
type Decoded struct {
	Name, Raw string
	JWT       trace.JWT
}

// Tokens finds the tokens that a message carries by name, each once.
func Tokens(m *trace.Message) []Decoded {
	var out []Decoded
	seen := map[string]bool{}
	add := func(name, raw string) {
		if strings.Count(raw, ".") != 2 || seen[raw] {
			return
		}
		if jwt, err := trace.DecodeJWT(raw); err == nil {
			seen[raw] = true
			out = append(out, Decoded{name, raw, jwt})
		}
	}
	for _, s := range Sections(m) {
		for _, f := range s.Fields {
			add(f.Name, credential(f))
		}
	}
	if !m.IsJSON() {
		return out
	}
	members, err := trace.Members(m.Body)
	if err != nil { // shown as it is, among the lines of the body
		return out
	}
	for _, f := range members {
		add(f.Name, trace.Unquote(f.Value))
	}
	return out
}

// credential returns a value without the scheme that an Authorization header begins with.
func credential(f trace.Field) string {
	if strings.EqualFold(f.Name, "Authorization") {
		_, value, _ := strings.Cut(f.Value, " ")
		return value
	}
	return f.Value
}

// Moment returns the date of a claim that is a NumericDate (RFC 7519 section 2), or "".
func Moment(claim trace.Field) string {
	switch claim.Name {
	case "exp", "iat", "nbf", "auth_time", "updated_at":
	default:
		return ""
	}
	seconds, err := strconv.ParseInt(claim.Value, 10, 64)
	if err != nil || seconds < 0 || seconds > 253402300799 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04:05 UTC")
}
