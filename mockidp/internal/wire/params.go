package wire

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Params are form-encoded parameters in the order in which they were sent.
type Params struct {
	List      []trace.Field
	object    bool
	malformed string // what is wrong with the encoding; empty when nothing is
}

// ParseParams reads application/x-www-form-urlencoded (RFC 6749 appendix B).
// A parameter without a value counts as omitted (RFC 6749 section 3.1).
func ParseParams(encoded string) Params {
	p := Params{object: strings.HasPrefix(encoded, "{") || strings.HasPrefix(encoded, "%7B")}
	for part := range strings.SplitSeq(encoded, "&") {
		if part == "" {
			continue
		}
		rawName, rawValue, _ := strings.Cut(part, "=")
		name, err1 := url.QueryUnescape(rawName)
		value, err2 := url.QueryUnescape(rawValue)
		switch {
		case err1 != nil || err2 != nil:
			p.malformed = "a percent sign that is not followed by two hexadecimal digits"
		case !utf8.ValidString(name) || !utf8.ValidString(value):
			p.malformed = "bytes that are not UTF-8"
		case strings.ContainsRune(name, 0) || strings.ContainsRune(value, 0):
			p.malformed = "a zero byte"
		case value != "":
			// A copy, because what is remembered of a request must not keep
			// all of it alive.
			p.List = append(p.List, trace.Field{Name: name, Value: strings.Clone(value)})
		}
	}
	return p
}

// IsObject reports whether it begins like JSON, which is no form whatever its header says.
func (p Params) IsObject() bool { return p.object }

// Join returns the parameters of p followed by those of q.
func (p Params) Join(q Params) Params {
	joined := Params{List: slices.Concat(p.List, q.List), malformed: p.malformed}
	if joined.malformed == "" {
		joined.malformed = q.malformed
	}
	return joined
}

// Get returns the value that was sent first under name, or "".
func (p Params) Get(name string) string {
	for _, f := range p.List {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Has reports whether name was sent with a value.
func (p Params) Has(name string) bool { return p.Get(name) != "" }

// All returns the values under name, in order.
func (p Params) All(name string) []string {
	var values []string
	for _, f := range p.List {
		if f.Name == name {
			values = append(values, f.Value)
		}
	}
	return values
}

// Count returns how often name was sent with a value.
func (p Params) Count(name string) int {
	n := 0
	for _, f := range p.List {
		if f.Name == name {
			n++
		}
	}
	return n
}

// repeated returns the first parameter that was sent more than once though it
// is no exception, or "".
func (p Params) repeated(except ...string) string {
	seen := make(map[string]bool, len(p.List))
	for _, f := range p.List {
		if seen[f.Name] && !slices.Contains(except, f.Name) {
			return f.Name
		}
		seen[f.Name] = true
	}
	return ""
}

// longest returns the name and length of the longest value.
func (p Params) longest() (string, int) {
	name, size := "", 0
	for _, f := range p.List {
		if len(f.Value)+len(f.Name) > size {
			name, size = f.Name, len(f.Value)+len(f.Name)
		}
	}
	return name, size
}

// Size is how long the parameters are together.
func (p Params) Size() int {
	n := 0
	for _, f := range p.List {
		n += len(f.Name) + len(f.Value)
	}
	return n
}

// Without returns p without the parameters of these names.
func (p Params) Without(names ...string) Params {
	return Params{
		List:      slices.DeleteFunc(slices.Clone(p.List), func(f trace.Field) bool { return slices.Contains(names, f.Name) }),
		malformed: p.malformed,
	}
}
