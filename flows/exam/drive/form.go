package drive

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// formOf reads the form of a page of the provider, filled in as somebody would
// who allows everything; the address is empty where there is nothing to send.
func formOf(l *look) (method, address string, fields url.Values) {
	doc, err := html.Parse(strings.NewReader(l.body))
	if err != nil {
		return "", "", nil
	}
	form := find(doc, "form")
	if form == nil {
		return "", "", nil
	}
	fields = url.Values{}
	for n := range form.Descendants() {
		name, value := attribute(n, "name"), attribute(n, "value")
		switch {
		case name == "" || n.Type != html.ElementNode:
		case n.Data == "button":
			if !fields.Has(name) { // the first one is the one that goes on
				fields.Set(name, value)
			}
		case n.Data != "input", attribute(n, "type") == "submit":
		case attribute(n, "type") == "password":
			return "", "", nil // there is nobody who knows it
		case attribute(n, "type") != "checkbox" && attribute(n, "type") != "radio" || has(n, "checked"):
			fields.Add(name, value)
		}
	}
	base, err := url.Parse(l.address)
	if err != nil {
		return "", "", nil
	}
	to, err := base.Parse(attribute(form, "action"))
	if err != nil {
		return "", "", nil
	}
	return http.MethodPost, to.String(), fields
}

func find(doc *html.Node, tag string) *html.Node {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			return n
		}
	}
	return nil
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// mostLinks is how many of them are named.
const mostLinks = 3

// links are addresses on a page by which a login may begin.
func links(l *look) []string {
	doc, err := html.Parse(strings.NewReader(l.body))
	base, wrong := url.Parse(l.address)
	if err != nil || wrong != nil {
		return nil
	}
	var found []string
	for n := range doc.Descendants() {
		to, err := base.Parse(attribute(n, "href"))
		if n.Type != html.ElementNode || n.Data != "a" || err != nil || len(found) == mostLinks {
			continue
		}
		for _, word := range []string{"login", "log-in", "signin", "sign-in", "auth", "oidc", "sso"} {
			if strings.Contains(strings.ToLower(to.Path), word) {
				found = append(found, to.String())
				break
			}
		}
	}
	return found
}

// mostSaid is how much of an error page is quoted.
const mostSaid = 140

// shownText is the beginning of what a page shows.
func shownText(page string) string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	var words []string
	for n := range doc.Descendants() {
		hidden := n.Parent != nil && (n.Parent.Data == "script" || n.Parent.Data == "style" || n.Parent.Data == "title")
		if n.Type == html.TextNode && !hidden {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	text := []rune(strings.Join(words, " "))
	if len(text) > mostSaid {
		return string(text[:mostSaid]) + "…"
	}
	return string(text)
}
