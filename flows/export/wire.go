package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// section is one group of named values of a message.
type section struct {
	name   string // "query", "header", "cookie", "form", "redirect"
	fields []trace.Field
}

// sections returns what a message carries by name, in the order of the wire.
// The parameters of a redirect are listed apart from its Location.
func sections(m *trace.Message) []section {
	out := []section{
		{"query", m.Query()},
		{"fragment", trace.FragmentOf(m.URL)},
		{"header", m.Header},
	}
	if location := m.HeaderValue("Location"); location != "" {
		out = append(out, section{"redirect", trace.QueryOf(location)}, section{"fragment", trace.FragmentOf(location)})
	}
	out = append(out, section{"form", m.Form()})
	filled := out[:0]
	for _, s := range out {
		if len(s.fields) > 0 {
			filled = append(filled, s)
		}
	}
	return filled
}

// startLine returns "POST https://idp.example/token" or "302 Found": the query is left to its section.
func startLine(m *trace.Message) (keyword, rest string) {
	if m.Kind == trace.Response {
		keyword, rest, _ = strings.Cut(statusLine(m.Status), " ")
		return keyword, rest
	}
	target, _, _ := strings.Cut(m.URL, "#")
	target, _, _ = strings.Cut(target, "?")
	return harmless.Line(m.Method), harmless.Line(target)
}

// body returns the lines of a body that is no form, made readable: JSON is
// indented, a page is named by its title, bytes that are no text are counted.
func body(m *trace.Message) []string {
	switch {
	case len(m.Body) == 0 || m.IsForm():
		return nil
	case !utf8.Valid(m.Body):
		return []string{fmt.Sprintf("%d bytes that are no text", len(m.Body))}
	case m.IsHTML():
		return []string{page(m)}
	}
	var pretty bytes.Buffer
	if m.IsJSON() && json.Indent(&pretty, m.Body, "", "  ") == nil {
		return strings.Split(strings.TrimSpace(harmless.Text(pretty.String())), "\n")
	}
	return strings.Split(strings.TrimRight(harmless.Text(string(m.Body)), "\n"), "\n")
}

// page returns `web page "Sign in", 2134 bytes`.
func page(m *trace.Message) string {
	out := "web page"
	if title := pageTitle(m); title != "" {
		out += " " + strconv.Quote(title)
	}
	return harmless.Line(out) + ", " + plural(len(m.Body), "byte")
}

func pageTitle(m *trace.Message) string {
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

// token is a token that a message carries, decoded for display. Nobody verified it here.
type token struct {
	name, raw string
	jwt       trace.JWT
}

// tokens finds the tokens that a message carries by name, each once.
func tokens(m *trace.Message) []token {
	var out []token
	seen := map[string]bool{}
	add := func(name, raw string) {
		if strings.Count(raw, ".") != 2 || seen[raw] {
			return
		}
		if jwt, err := trace.DecodeJWT(raw); err == nil {
			seen[raw] = true
			out = append(out, token{name, raw, jwt})
		}
	}
	for _, s := range sections(m) {
		for _, f := range s.fields {
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

// moment returns the date of a claim that is a NumericDate (RFC 7519 section 2), or "".
func moment(claim trace.Field) string {
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

// secretWord marks a value in running text.
const secretWord = "secret"
