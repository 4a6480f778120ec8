package configfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// reader puts the values of the file into the fields of a config.
type reader struct{ wrong []*Error }

func (r *reader) refuse(n *node, format string, args ...any) {
	r.wrong = append(r.wrong, &Error{Line: n.line, Err: fmt.Errorf(format, args...)})
}

// table fills a struct from the keys of n. The header is how the file calls it.
func (r *reader) table(n *node, header string, into reflect.Value) {
	if _, ok := n.value.(map[string]any); !ok {
		r.refuse(n, "%s must be a table, got %s", header, kind(n.value))
		return
	}
	t, _ := tableFor(into.Type())
	strange := false
	for _, name := range n.sorted() {
		k, ok := t.key(name)
		if !ok {
			strange = true
			r.refuse(n.keys[name], "%s", unknown(name, t, header))
			continue
		}
		r.value(n.keys[name], within(header, name), into.FieldByName(k.field))
		if n.keys[name].value == "" && !k.needed() { // of one that is needed, whoever needs it says what it is for
			r.refuse(n.keys[name], "%s must not be empty; write a value, or leave it out", within(header, name))
		}
	}
	for _, k := range t.keys {
		if k.needed() && n.keys[k.name] == nil && !strange { // which is rather a misspelling of it
			r.refuse(n, "%s needs %s, e.g. %s = %s", header, k.name, k.name, k.example)
		}
	}
}

func (t *table) key(name string) (*key, bool) {
	for i := range t.keys {
		if t.keys[i].name == name {
			return &t.keys[i], true
		}
	}
	return nil, false
}

// within is how the file calls a key of a table: [[realm]] and client are realm.client.
func within(header, name string) string {
	if outer := strings.Trim(header, "[]"); outer != "" {
		return outer + "." + name
	}
	return name
}

// value fills one field.
func (r *reader) value(n *node, name string, into reflect.Value) {
	var err error
	if into.Kind() == reflect.String { // which may go by a name of its own, as a FaultKind does
		into = into.Addr().Convert(reflect.TypeFor[*string]()).Elem()
	}
	switch field := into.Addr().Interface().(type) {
	case *string:
		err = take(n, field, "a text in quotes")
	case *bool:
		err = take(n, field, "true or false")
	case *int:
		var long int64
		err = take(n, &long, "a whole number")
		*field = int(long)
	case *[]string:
		r.texts(n, name, field)
	case *time.Duration:
		if *field, err = duration(n.value); err == nil && *field == 0 {
			err = errors.New("is 0, which is no length of time; write one from \"1s\" on, or leave it out")
		}
	case **time.Duration:
		var d time.Duration
		d, err = duration(n.value)
		*field = &d
	case **jose.JSONWebKeySet:
		*field, err = keySet(n.value)
	case *[]mockidp.Claim:
		r.claims(n, name, field)
	default:
		r.structs(n, name, into)
	}
	if err != nil {
		r.refuse(n, "%s %v", name, err)
	}
}

// structs fills a table, a table that may be missing, or a list of tables.
func (r *reader) structs(n *node, name string, into reflect.Value) {
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		r.table(n, "["+name+"]", into.Elem())
	case reflect.Slice:
		if !isList(n.value) {
			r.refuse(n, "%s must be a list of tables: write [[%s]], with two brackets, above what belongs to it", name, name)
			return
		}
		into.Set(reflect.MakeSlice(into.Type(), len(n.items), len(n.items)))
		for i, item := range n.items {
			r.table(item, "[["+name+"]]", into.Index(i))
		}
	default:
		r.table(n, "["+name+"]", into)
	}
}

func isList(value any) bool {
	switch value.(type) {
	case []any, []map[string]any:
		return true
	}
	return false
}

// take reads a plain value.
func take[T any](n *node, into *T, want string) error {
	v, ok := n.value.(T)
	if !ok {
		return fmt.Errorf("must be %s, got %s", want, kind(n.value))
	}
	*into = v
	return nil
}

func (r *reader) texts(n *node, name string, into *[]string) {
	if !isList(n.value) {
		r.refuse(n, "%s must be a list of texts, e.g. [\"…\"], got %s", name, kind(n.value))
		return
	}
	*into = make([]string, len(n.items))
	for i, item := range n.items {
		if err := take(item, &(*into)[i], "a list of texts in quotes"); err != nil {
			r.refuse(item, "%s %w", name, err)
		}
	}
}

// keySet reads a JWK Set, from a table or from JSON in a string.
func keySet(value any) (*jose.JSONWebKeySet, error) {
	text, ok := value.(string)
	if !ok {
		if _, ok := value.(map[string]any); !ok {
			return nil, fmt.Errorf("must be a JWK Set as a table or as JSON in a string, got %s", kind(value))
		}
		b, err := json.Marshal(value)
		if err != nil {
			return nil, errors.New("must be what JSON can hold")
		}
		text = string(b)
	}
	var shape struct {
		Keys *[]json.RawMessage `json:"keys"`
	}
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	if err := json.Unmarshal([]byte(text), &shape); err != nil || shape.Keys == nil {
		return nil, errors.New("is not a JWK Set; it needs to be an object with a list \"keys\" (RFC 7517 section 5)")
	}
	for i, raw := range *shape.Keys {
		var k jose.JSONWebKey
		if err := json.Unmarshal(raw, &k); err != nil || !k.Valid() {
			return nil, fmt.Errorf("key %d of the set is not a JWK that can be used; it needs kty and what a public key of that kind has (RFC "+
				"7517 section 4)", i+1)
		}
		set.Keys = append(set.Keys, k)
	}
	return &set, nil
}

// claims reads a table of any values, in the order of the file.
func (r *reader) claims(n *node, name string, into *[]mockidp.Claim) {
	if _, ok := n.value.(map[string]any); !ok {
		r.refuse(n, "%s must be a table, e.g. { name = \"Ann Lee\" }, got %s", name, kind(n.value))
		return
	}
	for _, claim := range n.sorted() {
		value, err := plain(n.keys[claim].value)
		if err != nil {
			r.refuse(n.keys[claim], "%s.%s %w", name, claim, err)
		}
		*into = append(*into, mockidp.Claim{Name: claim, Value: value})
	}
}

// plain is a value as JSON can write it: a date becomes the text that the file has.
func plain(value any) (any, error) {
	switch v := value.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("must be a number that JSON knows")
		}
	case time.Time:
		return v.Format(dateFormat(v)), nil
	case map[string]any:
		return plainTable(v)
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return plain(list)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			var err error
			if list[i], err = plain(v[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return value, nil
}

func plainTable(table map[string]any) (any, error) {
	out := make(map[string]any, len(table))
	for k := range table {
		var err error
		if out[k], err = plain(table[k]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// dateFormat tells by the name of the zone which of the four dates of TOML it was.
func dateFormat(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return time.DateOnly
	case "time-local":
		return time.TimeOnly
	case "datetime-local":
		return "2006-01-02T15:04:05"
	}
	return time.RFC3339
}

// kind names a value for people.
func kind(value any) string {
	switch value.(type) {
	case string:
		return "a text"
	case bool:
		return "true or false"
	case int64, float64:
		return "a number"
	case time.Time:
		return "a date"
	case []any, []map[string]any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprintf("%T", value)
}
