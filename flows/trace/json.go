package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// JSONPart is one piece of a JSON text: a value, or the bracket that begins or
// ends an object or a list.
type JSONPart struct {
	Token    json.Token // a string, a json.Number, a bool, nil or, of a bracket, a json.Delim
	Name     string     // of the nearest member: itself, or the list that it stands in
	Member   bool       // it is a member itself
	Depth    int        // how many objects and lists are around it; a bracket that ends one is as deep as the other
	Index    int        // how many values stand before it in the same object or list
	From, To int        // where it stands in the text
}

// Ends reports whether it is the bracket that ends an object or a list.
func (p JSONPart) Ends() bool { return p.Token == json.Delim('}') || p.Token == json.Delim(']') }

// JSONParts reads a JSON text in its order, to the first error and no further.
// Whoever shows a text or rewrites one walks through it with this.
func JSONParts(text []byte) iter.Seq2[JSONPart, error] {
	return func(yield func(JSONPart, error) bool) {
		r := jsonReader{text: text, dec: json.NewDecoder(bytes.NewReader(text)), levels: []jsonLevel{{}}}
		r.dec.UseNumber()
		for {
			part, err := r.next()
			if errors.Is(err, io.EOF) && len(r.levels) == 1 {
				return
			}
			if err != nil {
				yield(JSONPart{}, fmt.Errorf("read JSON: %w", err))
				return
			}
			if !yield(part, nil) {
				return
			}
		}
	}
}

// jsonReader follows a decoder through objects and lists.
type jsonReader struct {
	text   []byte
	dec    *json.Decoder
	levels []jsonLevel
}

type jsonLevel struct {
	object, named bool   // named: the next token is the value of name
	name          string // of the nearest member
	values        int    // that were read
	from          JSONPart
}

func (r *jsonReader) next() (JSONPart, error) {
	for {
		from := int(r.dec.InputOffset())
		token, err := r.dec.Token()
		if err != nil {
			return JSONPart{}, err
		}
		top := &r.levels[len(r.levels)-1]
		_, bracket := token.(json.Delim)
		if top.object && !top.named && !bracket {
			top.name, top.named = fmt.Sprint(token), true
			continue
		}
		for from < len(r.text) && strings.IndexByte(" \t\r\n:,", r.text[from]) >= 0 {
			from++
		}
		return r.part(token, from), nil
	}
}

// part takes a value or a bracket into account.
func (r *jsonReader) part(token json.Token, from int) JSONPart {
	top := &r.levels[len(r.levels)-1]
	p := JSONPart{
		Token: token, Name: top.name, Member: top.named, Depth: len(r.levels) - 1, Index: top.values,
		From: from, To: int(r.dec.InputOffset()),
	}
	if p.Ends() {
		begun := top.from
		r.levels = r.levels[:len(r.levels)-1]
		begun.Token, begun.From, begun.To = p.Token, p.From, p.To
		return begun
	}
	top.values++
	top.named = false
	if d, begins := token.(json.Delim); begins {
		r.levels = append(r.levels, jsonLevel{object: d == '{', name: top.name, from: p})
	}
	return p
}
