// Package configfile reads and prints the file that says what a provider is:
// a [mockidp.Config] as TOML, with the names of RFC 7591 for clients.
//
// [Read] takes a file apart and refuses what it does not know, with the line
// and the nearest word that it does; [File.Explain] adds the line to what
// [mockidp.New] finds wrong with it; [Write] prints a config as a file with
// comments that reads back as the same.
//
// It knows nothing of sockets, flags and logs: how to serve is the business of
// whoever serves.
package configfile

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/grantwalk/grantwalk/mockidp"
)

// MaxSize is how long a file may be, in bytes.
const MaxSize = 16 << 20

// Error is a mistake in a file.
type Error struct {
	File string
	Line int // from 1; 0 when it is about no line in particular
	Err  error
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s: line %d: %v", e.File, e.Line, e.Err)
}

// Unwrap returns what is wrong, without the place.
func (e *Error) Unwrap() error { return e.Err }

// File is a file that was read.
type File struct {
	// Config is what the file says. What it leaves out is zero, and
	// mockidp.New knows what that means.
	Config mockidp.Config

	name string
	root *node
}

// Read takes the text of a file apart. The name is for errors, which are of
// type *[Error]. It does not ask whether the config makes sense: mockidp.New
// does, see [File.Explain].
func Read(name, text string) (*File, error) {
	f := &File{name: name}
	if len(text) > MaxSize {
		return nil, &Error{File: name, Err: fmt.Errorf("is longer than %d MiB, which is the most that a config may have", MaxSize>>20)}
	}
	root, deep := scan(text)
	if deep > 0 {
		return nil, &Error{File: name, Line: deep, Err: fmt.Errorf("more than %d lists and tables in each other", maxDepth)}
	}
	f.root = root
	values := map[string]any{}
	if _, err := toml.Decode(text, &values); err != nil {
		return nil, f.syntaxError(err)
	}
	f.root.attach(values)
	r := &reader{}
	top, _ := tableFor(reflect.TypeFor[mockidp.Config]())
	r.table(f.root, top.header, reflect.ValueOf(&f.Config).Elem())
	if len(r.wrong) > 0 {
		first := slices.MinFunc(r.wrong, func(a, b *Error) int { return a.Line - b.Line })
		first.File = name
		return nil, first
	}
	return f, nil
}

func (f *File) syntaxError(err error) error {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return &Error{File: f.name, Err: err}
	}
	words := parse.Message
	if words == "" {
		words = strings.TrimPrefix(parse.Error(), "toml: ")
	}
	words = strings.TrimRight(words, ".")
	err = fmt.Errorf("not TOML: %s; %s", words, inTOML(words))
	return &Error{File: f.name, Line: max(parse.Position.Line, 1), Err: err}
}

// Explain adds the line to an error of mockidp.New for the config of the file,
// and calls things as the file does. Another error it returns as it is.
func (f *File) Explain(err error) error {
	var at *mockidp.ConfigError
	if !errors.As(err, &at) {
		return err
	}
	return &Error{File: f.name, Line: f.find(at).line, Err: inFile{at}}
}

// inFile is an error in the words of a file.
type inFile struct{ at *mockidp.ConfigError }

func (e inFile) Error() string { return e.at.InFile() }

// Unwrap returns the error, in the words of Go.
func (e inFile) Unwrap() error { return e.at }

// find returns the place that an error is about: the key that breaks the rule
// or, where the file leaves that out, the table that it would stand in.
func (f *File) find(at *mockidp.ConfigError) *node {
	n := f.root
	for _, step := range []struct{ list, key, name string }{
		{"realm", "name", at.Realm},
		{"client", "client_id", at.Client},
		{"person", "username", at.Person},
		{"scope", "name", at.Scope},
		{"authorization_details_type", "type", at.DetailsType},
	} {
		if step.name != "" {
			n = n.named(step.list, step.key, step.name)
		}
	}
	if faults := n.keys["fault"]; at.Fault > 0 && faults != nil && at.Fault <= len(faults.items) {
		n = faults.items[at.Fault-1]
	}
	for name := range strings.SplitSeq(at.Key, ".") {
		inner := n.keys[name]
		for _, item := range n.items { // one of the tables of a list, by its name or because it has none
			switch called, empty := item.keys["name"], item.keys[name]; {
			case called != nil && called.value == name:
				inner = item
			case empty != nil && empty.value == "":
				inner = empty
			}
		}
		if inner == nil {
			break
		}
		n = inner
	}
	return n
}

// named returns the last table of a list that has that value under the key,
// because it is the second of two that is one too many; or n.
func (n *node) named(list, key, value string) *node {
	tables := n.keys[list]
	if tables == nil {
		return n
	}
	for _, item := range slices.Backward(tables.items) {
		if inner := item.keys[key]; inner != nil && inner.value == value {
			return item
		}
	}
	return n
}
