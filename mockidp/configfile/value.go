package configfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// value writes a field as TOML.
func (p *printer) value(v reflect.Value) string {
	switch of := v.Interface().(type) {
	case time.Duration:
		return quote(wire.Brief(of))
	case *time.Duration:
		return quote(wire.Brief(*of))
	}
	return p.plain(v.Interface())
}

func (p *printer) fail(err error) string {
	if p.err == nil {
		p.err = err
	}
	return `""`
}

// plain writes what JSON can hold as TOML in one line.
func (p *printer) plain(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return p.fail(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var parsed any
	if err := d.Decode(&parsed); err != nil {
		return p.fail(err)
	}
	return p.parsed(parsed)
}

func (p *printer) parsed(value any) string {
	switch v := value.(type) {
	case string:
		return quote(v)
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, p.parsed(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		var pairs []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, bareOrQuoted(k)+" = "+p.parsed(v[k]))
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	case nil:
		return p.fail(fmt.Errorf("null can't be written as TOML: leave it out"))
	}
	return fmt.Sprint(value) // true, false, and numbers as JSON writes them
}

// quote writes a basic string of TOML, which JSON's is too, save for one character.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be written
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}

// bareOrQuoted writes a key.
func bareOrQuoted(name string) string {
	const bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	if name != "" && strings.Trim(name, bare) == "" {
		return name
	}
	return quote(name)
}
