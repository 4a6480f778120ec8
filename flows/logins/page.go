package logins

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

// leastSeal is how long a value is that a page gave to its form and that comes
// back from no other page, save from those of the same browser.
const leastSeal = 16

// reader reads the forms of pages.
type reader struct{ tags, attribute *regexp.Regexp }

func newReader() reader {
	return reader{
		tags:      regexp.MustCompile(`(?i)<(?:input|form)\b[^>]*>`),
		attribute: regexp.MustCompile(`(?i)\b([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`),
	}
}

// attributes finds name="value" in a tag (HTML Standard, 13.1.2.3).
func (r *reader) attributes(tag string) map[string]string {
	found := map[string]string{}
	for _, m := range r.attribute.FindAllStringSubmatch(tag, -1) {
		found[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4])
	}
	return found
}

// seals are the values by which the forms of a page are known when they come
// back: its hidden fields, and what stands in the query of its action. Page by
// page a provider keeps its place by them, as ours does, Keycloak and Spring.
func (r *reader) seals(e *Exchange) []string {
	if e.Answer == nil || !e.Answer.IsHTML() {
		return nil
	}
	var found []string
	add := func(value string) {
		if len(value) >= leastSeal {
			found = append(found, strings.Clone(value)) // a piece of a page keeps all of it alive
		}
	}
	for _, tag := range r.tags.FindAllString(string(e.Answer.Body), -1) {
		at := r.attributes(tag)
		if strings.EqualFold(at["type"], "hidden") {
			add(at["value"])
		}
		if u, err := url.Parse(at["action"]); err == nil {
			for _, values := range u.Query() {
				add(values[0])
			}
		}
	}
	return found
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
