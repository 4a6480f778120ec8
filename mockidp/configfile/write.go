package configfile

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp"
)

const preface = `# What an identity provider of Grantwalk serves: grantwalk serve --config FILE
#
# A line that begins with "# " explains. A line that begins with # alone is
# something that could be said, with an example; take the # away to say it.
# The whole reference is docs/config.md.

`

// Write prints a config as a file that [Read] reads as the same. The first time
// that a table comes up it is explained, with all that it could say. It returns
// an error for a value that TOML can't hold, e.g. a claim that is null.
func Write(w io.Writer, cfg mockidp.Config) error {
	p := &printer{explained: map[string]bool{}}
	p.text.WriteString(preface)
	top, _ := tableFor(reflect.TypeFor[mockidp.Config]())
	p.body(top, top.header, reflect.ValueOf(cfg))
	if p.err != nil {
		return p.err
	}
	_, err := io.WriteString(w, p.text.String())
	return err //nolint:wrapcheck // the writer's own words
}

// printer writes the file. The first error stays.
type printer struct {
	text      strings.Builder
	explained map[string]bool // headers
	err       error
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.text, format+"\n", args...) }

// comment writes words in lines that fit a terminal.
func (p *printer) comment(words string) {
	const width = 88
	line := "#"
	for word := range strings.FieldsSeq(words) {
		if len(line)+1+len(word) > width {
			p.line("%s", line)
			line = "#"
		}
		line += " " + word
	}
	p.line("%s", line)
}

// body writes the keys of a table, plain ones first, because in TOML what
// follows a table within belongs to that.
func (p *printer) body(t *table, header string, v reflect.Value) {
	explain := !p.explained[t.header]
	p.explained[t.header] = true
	var inner []key
	for _, k := range t.keys {
		field := v.FieldByName(k.field)
		switch {
		case k.example == "" || k.field == "Claims" && field.Type() == reflect.TypeFor[[]mockidp.Claim]():
			inner = append(inner, k)
		case !isUnset(field):
			if explain {
				p.comment(k.words)
			}
			p.line("%s = %s", k.name, p.value(field))
		case explain:
			p.comment(k.words)
			p.line("#%s = %s", k.name, k.example)
		}
	}
	for _, k := range inner {
		p.inner(within(header, k.name), v.FieldByName(k.field))
	}
}

// isUnset reports whether leaving the field out says the same.
func isUnset(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.IsNil()
	}
	return v.IsZero()
}

// inner writes what has a header of its own.
func (p *printer) inner(name string, v reflect.Value) {
	if claims, ok := v.Interface().([]mockidp.Claim); ok {
		p.claims(name, claims)
		return
	}
	if v.Kind() != reflect.Slice {
		p.single(name, v)
		return
	}
	t, _ := tableFor(v.Type().Elem())
	header := "[[" + name + "]]"
	if !p.explained[t.header] && t.header != realmTable().header {
		p.template(t)
	}
	for i := range v.Len() {
		p.line("\n%s", header)
		p.body(t, header, v.Index(i))
	}
}

// single writes a table of which there is one: as a comment when it says nothing.
func (p *printer) single(name string, v reflect.Value) {
	t, _ := tableFor(elementOf(v.Type()))
	if v.IsZero() {
		if !p.explained[t.header] {
			p.template(t)
		}
		return
	}
	if !p.explained[t.header] {
		p.line("")
		p.comment(t.words)
	} else {
		p.line("")
	}
	p.line("[%s]", name)
	p.body(t, name, reflect.Indirect(v))
}

// template writes a table as a comment, with everything that it could say.
func (p *printer) template(t *table) {
	p.explained[t.header] = true
	p.line("")
	p.comment(t.words)
	p.line("#%s", t.header)
	for _, k := range t.keys {
		if k.example != "" {
			p.comment(k.words)
			p.line("#%s = %s", k.name, k.example)
		}
	}
	for _, k := range t.keys {
		field, _ := t.of.FieldByName(k.field)
		if within, own := tableFor(elementOf(field.Type)); own && !p.explained[within.header] {
			p.template(within)
		}
	}
}

func elementOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func (p *printer) claims(name string, claims []mockidp.Claim) {
	if len(claims) == 0 {
		return
	}
	p.line("[%s]", name)
	for _, c := range claims {
		p.line("%s = %s", bareOrQuoted(c.Name), p.plain(c.Value))
	}
}
