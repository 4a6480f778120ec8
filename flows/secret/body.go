package secret

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Text is a text or a number inside JSON: the nearest member that it belongs to, and where it stands.
type Text struct {
	Name, Value string
	from, to    int // of the text with its quotes
}

// texts lists the texts and numbers inside JSON; nothing when it is none.
func texts(body []byte) []Text {
	var found []Text
	for p, err := range trace.JSONParts(body) {
		if err != nil {
			return nil
		}
		t := Text{Name: p.Name, from: p.From, to: p.To}
		switch v := p.Token.(type) {
		case string:
			t.Value = v
		case json.Number:
			t.Value = v.String()
		default:
			continue
		}
		found = append(found, t)
	}
	return found
}

// InJSON lists the texts of JSON whose name says that they are secrets.
func InJSON(body []byte) []Text {
	return slices.DeleteFunc(texts(body), func(t Text) bool { return t.Value == "" || memberKind(t.Name) == "" })
}

// InPage finds the secrets in the fields of a page's forms and in its addresses.
func InPage(page []byte) []trace.Field {
	var found []trace.Field
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		for _, f := range fieldsOf(z.Token()) {
			if Holds(f) {
				found = append(found, f)
			}
		}
	}
	return found
}

// fieldsOf lists what a tag names: the parameters of its addresses, and the value of a field.
func fieldsOf(tag html.Token) []trace.Field {
	var fields []trace.Field
	var own trace.Field
	for _, a := range tag.Attr {
		switch a.Key {
		case "name":
			own.Name = a.Val
		case "value":
			own.Value = a.Val
		case "href", "src", "action", "content":
			fields = append(fields, append(trace.QueryOf(a.Val), trace.FragmentOf(a.Val)...)...)
		}
	}
	if tag.Data == "input" || tag.Data == "button" {
		fields = append(fields, own)
	}
	return fields
}

// rawPairs rewrites the values of raw name=value pairs; names and order stay.
func rawPairs(raw string, rewrite func(name, value string) (string, bool)) string {
	parts := strings.Split(raw, "&")
	for i, part := range parts {
		name, value, found := strings.Cut(part, "=")
		if !found {
			continue
		}
		plain := value
		if decoded, err := url.QueryUnescape(value); err == nil {
			plain = decoded
		}
		if decoded, err := url.QueryUnescape(name); err == nil {
			if changed, ok := rewrite(decoded, plain); ok {
				parts[i] = name + "=" + url.QueryEscape(changed)
			}
		}
	}
	return strings.Join(parts, "&")
}
