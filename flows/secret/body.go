package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// texts lists the texts and numbers inside JSON, with the nearest member's
// name; nothing when it is none.
func texts(body []byte) []Text {
	r := jsonReader{dec: json.NewDecoder(bytes.NewReader(body)), levels: []jsonLevel{{}}}
	r.dec.UseNumber()
	for {
		start := int(r.dec.InputOffset())
		token, err := r.dec.Token()
		if errors.Is(err, io.EOF) && len(r.levels) == 1 {
			return r.found
		}
		if err != nil {
			return nil
		}
		if !r.structure(token) {
			for start < len(body) && strings.IndexByte(" \t\r\n:,", body[start]) >= 0 {
				start++
			}
			r.text(token, start)
		}
	}
}

// jsonReader follows a decoder through objects and lists.
type jsonReader struct {
	dec    *json.Decoder
	levels []jsonLevel
	found  []Text
}

type jsonLevel struct {
	object, named bool // named: the next token is the value of name
	name          string
}

// structure takes brackets and the names of members.
func (r *jsonReader) structure(token json.Token) bool {
	top := &r.levels[len(r.levels)-1]
	if d, ok := token.(json.Delim); ok {
		if d == '{' || d == '[' {
			r.levels = append(r.levels, jsonLevel{object: d == '{', name: top.name})
		} else {
			r.levels = r.levels[:len(r.levels)-1]
			r.levels[len(r.levels)-1].named = false
		}
		return true
	}
	if top.object && !top.named {
		top.name, top.named = fmt.Sprint(token), true
		return true
	}
	return false
}

func (r *jsonReader) text(token json.Token, start int) {
	top := &r.levels[len(r.levels)-1]
	top.named = false
	t := Text{Name: top.name, from: start, to: int(r.dec.InputOffset())}
	switch v := token.(type) {
	case string:
		t.Value = v
	case json.Number:
		t.Value = v.String()
	default:
		return
	}
	r.found = append(r.found, t)
}

// InJSON lists the texts of JSON whose name says that they are secrets.
func InJSON(body []byte) []Text {
	return slices.DeleteFunc(texts(body), func(t Text) bool { return t.Value == "" || memberKind(t.Name) == "" })
}

// InPage finds the secrets in the fields of a page's forms and in its addresses.
func InPage(page []byte) []trace.Field {
	var found []trace.Field
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		var name, value string
		for _, a := range token.Attr {
			switch a.Key {
			case "name":
				name = a.Val
			case "value":
				value = a.Val
			case "href", "src", "action", "content":
				for _, f := range append(trace.QueryOf(a.Val), trace.FragmentOf(a.Val)...) {
					if Holds(f) {
						found = append(found, f)
					}
				}
			}
		}
		if token.Data == "input" || token.Data == "button" {
			if f := (trace.Field{Name: name, Value: value}); Holds(f) {
				found = append(found, f)
			}
		}
	}
	return found
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
