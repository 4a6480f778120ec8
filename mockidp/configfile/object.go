package configfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// nodeOf reads a JSON object as if it were a table of a file, in its order.
func nodeOf(object []byte) (*node, error) {
	in := &objectReader{json.NewDecoder(bytes.NewReader(object)), 0}
	in.UseNumber()
	n, err := in.node(0)
	if err == nil {
		if _, more := in.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the object")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("it is not one JSON object: %w", err)
	}
	return n, nil
}

var errNull = errors.New("null says nothing; leave the key out")

type objectReader struct {
	*json.Decoder

	seen int // keys so far
}

func (in *objectReader) node(deep int) (*node, error) {
	if deep > maxDepth {
		return nil, fmt.Errorf("more than %d lists and tables in each other", maxDepth)
	}
	t, err := in.Token()
	if err != nil {
		return nil, err //nolint:wrapcheck // the decoder's words
	}
	in.seen++
	n := &node{order: in.seen}
	switch v := t.(type) {
	case nil:
		return nil, errNull
	case json.Number:
		n.value, err = number(v)
	case json.Delim:
		if v == '[' {
			err = in.items(n, deep)
		} else {
			err = in.members(n, deep)
		}
	default:
		n.value = v
	}
	return n, err
}

func (in *objectReader) items(n *node, deep int) error {
	values := []any{}
	for in.More() {
		item, err := in.node(deep + 1)
		if err != nil {
			return err
		}
		n.items, values = append(n.items, item), append(values, item.value)
	}
	n.value = values
	_, err := in.Token()
	return err //nolint:wrapcheck // the decoder's words
}

func (in *objectReader) members(n *node, deep int) error {
	values := map[string]any{}
	n.keys = map[string]*node{}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err //nolint:wrapcheck // the decoder's words
		}
		key, _ := name.(string) // the decoder sees to it
		if n.keys[key] != nil {
			return fmt.Errorf("%s is there twice", wire.Printable(key, 64))
		}
		if n.keys[key], err = in.node(deep + 1); err != nil {
			return fmt.Errorf("%s: %w", wire.Printable(key, 64), err)
		}
		values[key] = n.keys[key].value
	}
	n.value = values
	_, err := in.Token()
	return err //nolint:wrapcheck // the decoder's words
}

func number(v json.Number) (any, error) {
	if whole, err := v.Int64(); err == nil {
		return whole, nil
	}
	return v.Float64() //nolint:wrapcheck // says the number and what is wrong
}

// objects writes tables as JSON. The first error stays.
type objects struct {
	text bytes.Buffer
	err  error
}

func (w *objects) list(all reflect.Value) {
	w.text.WriteByte('[')
	for i := range all.Len() {
		if i > 0 {
			w.text.WriteByte(',')
		}
		w.table(all.Index(i))
	}
	w.text.WriteByte(']')
}

func (w *objects) table(v reflect.Value) {
	t, _ := tableFor(v.Type())
	comma := ""
	w.text.WriteByte('{')
	for _, k := range t.keys {
		field := v.FieldByName(k.field)
		if isUnset(field) {
			continue
		}
		w.text.WriteString(comma + quote(k.name) + ":")
		comma = ","
		w.value(field)
	}
	w.text.WriteByte('}')
}

func (w *objects) value(v reflect.Value) {
	switch of := v.Interface().(type) {
	case time.Duration:
		w.text.WriteString(quote(wire.Brief(of)))
		return
	case *time.Duration:
		w.text.WriteString(quote(wire.Brief(*of)))
		return
	case []mockidp.Claim:
		w.claims(of)
		return
	}
	if _, own := tableFor(v.Type()); own {
		w.table(v)
		return
	}
	w.plain(v.Interface())
}

func (w *objects) claims(all []mockidp.Claim) {
	for i, c := range all {
		w.text.WriteString([]string{"{", ","}[min(i, 1)] + quote(c.Name) + ":")
		w.plain(c.Value)
	}
	w.text.WriteByte('}')
}

func (w *objects) plain(value any) {
	b, err := json.Marshal(value)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.text.Write(b)
}
