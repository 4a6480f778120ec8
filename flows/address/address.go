// Package address names every place of the house with one line of text, as the
// address of a page names it in a browser:
//
//	home
//	walk/refresh-token/renew?thief=late
//	glossary/authorization-code
//	standards/rfc7636/4.6
//
// Search, lessons, talks, "go on where you were" and the command line use
// addresses, and the window keeps the one that it stands at. [Parse] reads one,
// [Address.String] writes it; [Walk] understands those that lead into a walk, and
// where something in one does not exist, leads to the nearest thing that does.
//
// The package knows flows and what can be chosen in them. It must not know the
// places: what stands behind an address is the business of whoever opens it.
package address

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Address is where something is.
type Address struct {
	Place string   // "walk"
	Path  []string // "refresh-token", "renew"
	With  []Choice // what is chosen there, each name once, in the order of their names
}

// Choice is "thief=late".
type Choice struct{ Name, Value string }

// Longest is how long an address may be, in bytes: one is written and read by people.
const Longest = 2000

// Parse reads an address. It says nothing about whether there is such a place.
func Parse(text string) (Address, error) {
	text = strings.Trim(strings.TrimSpace(text), "/")
	switch {
	case text == "":
		return Address{}, fmt.Errorf("the address is empty; the beginning of the house is %q", Home)
	case len(text) > Longest:
		return Address{}, fmt.Errorf("the address is %d bytes long; %d are the most", len(text), Longest)
	case strings.ContainsFunc(text, unicode.IsControl):
		return Address{}, fmt.Errorf("an address is one line of letters, and %q is not", text)
	}
	path, query, _ := strings.Cut(text, "?")
	var a Address
	for i, part := range strings.Split(path, "/") {
		part, err := url.PathUnescape(part)
		switch {
		case err != nil || part == "":
			return Address{}, fmt.Errorf("the address %q can't be read: it is a place, then names with a / between them, then ?name=value", text)
		case i == 0:
			a.Place = part
		default:
			a.Path = append(a.Path, part)
		}
	}
	with, err := url.ParseQuery(query)
	if err != nil {
		return Address{}, fmt.Errorf("what follows the ? in the address %q can't be read: it is name=value, with & between two of them", text)
	}
	for name, values := range with {
		a = a.Choose(name, values[len(values)-1])
	}
	return a, nil
}

// Home is the address of the beginning.
const Home = "home"

// At is the address of a place, without choices.
func At(place string, path ...string) Address { return Address{Place: place, Path: path} }

// Choose returns the address with a choice, instead of one of the same name; an empty value takes it away.
func (a Address) Choose(name, value string) Address {
	with := slices.DeleteFunc(slices.Clone(a.With), func(c Choice) bool { return c.Name == name })
	if value != "" {
		with = append(with, Choice{name, value})
		slices.SortFunc(with, func(x, y Choice) int { return strings.Compare(x.Name, y.Name) })
	}
	a.With = with
	return a
}

// Get returns what is chosen under a name, or "".
func (a Address) Get(name string) string {
	for _, c := range a.With {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Part returns the i-th name of the path, counted from 0, or "".
func (a Address) Part(i int) string {
	if i >= 0 && i < len(a.Path) {
		return a.Path[i]
	}
	return ""
}

// Shares reports whether both are in one place, and there in the same thing,
// such as two steps of one flow.
func (a Address) Shares(b Address) bool { return a.Place == b.Place && a.Part(0) == b.Part(0) }

// IsZero reports whether it is no address.
func (a Address) IsZero() bool { return a.Place == "" }

// Equal reports whether two addresses are the same.
func (a Address) Equal(b Address) bool { return a.String() == b.String() }

// String is the address as [Parse] reads it, one way for each.
func (a Address) String() string {
	var b strings.Builder
	b.WriteString(url.PathEscape(a.Place))
	for _, part := range a.Path {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(part))
	}
	for i, c := range a.With {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(url.QueryEscape(c.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(c.Value))
	}
	return b.String()
}
