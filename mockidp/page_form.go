package mockidp

import (
	"html"
	"net/url"
	"regexp"
	"sync"
)

// pageForm is the first form of one of our pages, as a browser would send it if
// nobody touched it.
type pageForm struct {
	action string
	fields url.Values
}

// markup finds the tags of a form and what they say of themselves, in whatever
// order. Our own templates quote every value, so this much of HTML is enough.
var markup = sync.OnceValue(func() (m struct{ tag, attribute *regexp.Regexp }) { //nolint:gochecknoglobals // never changes
	m.tag = regexp.MustCompile(`<(form|input)\b([^>]*)>`)
	m.attribute = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
	return m
})

func readForm(page string) (form pageForm, found bool) {
	form.fields = url.Values{}
	for _, tag := range markup().tag.FindAllStringSubmatch(page, -1) {
		says := map[string]string{}
		for _, a := range markup().attribute.FindAllStringSubmatch(tag[2], -1) {
			says[a[1]] = html.UnescapeString(a[2])
		}
		switch _, checked := says["checked"]; {
		case tag[1] == "form" && found:
			return form, true
		case tag[1] == "form" && says["method"] == "post":
			form.action, found = says["action"], true
		case !found || says["name"] == "" || says["type"] == "checkbox" && !checked:
		default:
			form.fields.Add(says["name"], says["value"])
		}
	}
	return form, found
}
