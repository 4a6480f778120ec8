package logins

import (
	"bytes"
	"html"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// leastSeal is how long a value is that a page gave to its form and that comes
// back from no other page, save from those of the same browser.
const leastSeal = 16

// attribute finds name="value" in a tag (HTML Standard, 13.1.2.3), and returns
// what follows it; the name is empty where there is none.
func attribute(tag string) (name, value, rest string) {
	for name == "" {
		before, after, found := strings.Cut(tag, "=")
		if !found {
			return "", "", ""
		}
		before = strings.TrimRight(before, space)
		name = before[strings.LastIndexAny(before, space+quotes+"/")+1:]
		tag = strings.TrimLeft(after, space)
	}
	if tag != "" && strings.Contains(quotes, tag[:1]) {
		value, rest, _ = strings.Cut(tag[1:], tag[:1])
		return name, value, rest
	}
	end := strings.IndexAny(tag, space+quotes)
	if end < 0 {
		end = len(tag)
	}
	return name, tag[:end], tag[end:]
}

const (
	space  = " \t\r\n\f"
	quotes = `"'`
)

// seals are the values by which the forms of a page are known when they come
// back: its hidden fields, and what stands in the query of its action. Page by
// page a provider keeps its place by them, as ours does, Keycloak and Spring.
func seals(e *Exchange) []string {
	if e.Answer == nil || !e.Answer.IsHTML() {
		return nil
	}
	var found []string
	add := func(value string) {
		if len(value) >= leastSeal {
			found = append(found, strings.Clone(value)) // a piece of a tag keeps all of it alive
		}
	}
	for tag := range formTags(e.Answer.Body) {
		at := formTag(tag)
		if strings.EqualFold(at.kind, "hidden") {
			add(html.UnescapeString(at.value))
		}
		if u, err := url.Parse(html.UnescapeString(at.action)); err == nil {
			for _, values := range u.Query() {
				add(values[0])
			}
		}
	}
	return found
}

// posted is what a page has the browser carry to the app in a form of its own (OAuth 2.0 Form Post Response Mode,
// section 2): hidden fields of a form that goes elsewhere.
func (e *Exchange) posted() []trace.Field {
	if e.Answer.Status != http.StatusOK || !e.Answer.IsHTML() || !bytes.Contains(e.Answer.Body, []byte("state")) {
		return nil
	}
	var found []trace.Field
	elsewhere := false
	for tag := range formTags(e.Answer.Body) {
		at := formTag(tag)
		if begins([]byte(tag), "form") {
			u, err := url.Parse(html.UnescapeString(at.action))
			elsewhere = err == nil && u.Host != "" && !strings.EqualFold(u.Host, e.host)
		} else if elsewhere && strings.EqualFold(at.kind, "hidden") && slices.Contains(carried(), at.name) {
			found = append(found, trace.Field{Name: at.name, Value: html.UnescapeString(at.value)})
		}
	}
	return found
}

// carried are the parameters of an answer to an authorization request.
func carried() []string {
	return []string{"code", "id_token", "access_token", "state", "iss", "session_state", "response", "error", "error_description"}
}

// formTag reads the attributes of a tag that a form keeps its place by.
func formTag(tag string) (at struct{ kind, name, value, action string }) {
	for name, value, rest := attribute(tag); name != ""; name, value, rest = attribute(rest) {
		switch strings.ToLower(name) {
		case "type":
			at.kind = value
		case "name":
			at.name = value
		case "value":
			at.value = value
		case "action":
			at.action = value
		}
	}
	return at
}

// formTags yields the tags of a page that begin a form or a field. Each page is
// looked through, most of them for nothing, so this is done without an expression.
func formTags(page []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			at := bytes.IndexByte(page, '<')
			if at < 0 {
				return
			}
			rest := page[at+1:]
			if page = rest; !begins(rest, "input") && !begins(rest, "form") {
				continue
			}
			tag, after, closed := bytes.Cut(rest, []byte(">"))
			if !closed || !yield(string(tag)) {
				return
			}
			page = after
		}
	}
}

// begins reports whether a tag has a name, in letters of either case.
func begins(tag []byte, name string) bool {
	if len(tag) < len(name) || tag[0]|0x20 != name[0] || !strings.EqualFold(string(tag[:len(name)]), name) {
		return false
	}
	if len(tag) == len(name) {
		return true
	}
	next := tag[len(name)]
	return next != '_' && (next < '0' || next > '9') && (next|0x20 < 'a' || next|0x20 > 'z')
}

// sealedBy returns the login whose page gave a form the longest of the values
// that came back with it: the others may be the same on each page of a browser.
func (j *Joiner) sealedBy(e *Exchange) *Login {
	var longest string
	var found *Login
	for _, field := range append(append(e.form[:len(e.form):len(e.form)], e.query...), e.json...) {
		if l := j.pages[field.Value]; l != nil && len(field.Value) > len(longest) {
			longest, found = field.Value, l
		}
	}
	return found
}
