package tutorials

import (
	"fmt"
	"strings"
)

// The files of words are Markdown of a small kind, so that they read well in
// any editor and on any code host:
//
//	+++                       front matter in TOML, optional
//	title = "…"
//	+++
//	Anything here is a note to the next writer and is skipped.
//
//	## token                  a section, named by the id of what it is about
//	Picture: scene-trade      a field: one capitalised word and a colon
//
//	### Everyone              a part: a voice, or a lens
//	Label: Trades the code
//	Why: A text may go on
//	over several lines.
//
// A line that starts with one capitalised word and a colon starts a field.
// Text that stands before the first field of a part belongs to the part. Space
// at the start and the end of a line means nothing.

// document is one file, taken apart but not yet understood.
type document struct {
	front     string // the TOML between the +++ lines
	frontLine int    // line number of the first line of front, 0 without front matter
	sections  []section
}

// section is one ("## name") or a part of one ("### name").
type section struct {
	name   string
	line   int
	text   string
	fields []field
	parts  []section // of a section only
}

// field is "Key: text".
type field struct {
	key  string
	text string
	line int
}

// fence stands around the front matter, byteOrderMark at the start of what some editors save.
const (
	fence         = "+++"
	byteOrderMark = "\ufeff"
)

// parseMarkdown takes a file apart. It knows no field and no section by name.
func parseMarkdown(file, src string) (*document, error) {
	src = strings.TrimPrefix(strings.ReplaceAll(src, "\r\n", "\n"), byteOrderMark)
	lines := strings.Split(src, "\n")
	doc := new(document)
	first, err := doc.readFront(file, lines)
	if err != nil {
		return nil, err
	}
	r := reader{file: file, doc: doc}
	for i := first; i < len(lines); i++ {
		if err := r.line(i+1, strings.TrimSpace(lines[i])); err != nil {
			return nil, err
		}
	}
	r.endField()
	return doc, nil
}

// readFront reads the front matter and returns the index of the first line after it.
func (d *document) readFront(file string, lines []string) (int, error) {
	if strings.TrimSpace(lines[0]) != fence {
		return 0, nil
	}
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == fence {
			d.front, d.frontLine = strings.Join(lines[1:i], "\n"), 2
			return i + 1, nil
		}
	}
	return 0, fmt.Errorf("%s:1: the front matter has no closing %s", file, fence)
}

// reader is where the parser stands.
type reader struct {
	file    string
	doc     *document
	section *section // the section that is open, or nil before the first
	part    *section // the part of it that is open, or nil
	open    *field   // the field that is open, or nil
	text    []string // lines of the open field, or of the block
}

func (r *reader) line(n int, s string) error {
	if name, ok := strings.CutPrefix(s, "### "); ok {
		return r.startPart(n, strings.TrimSpace(name))
	}
	if name, ok := strings.CutPrefix(s, "## "); ok {
		return r.startSection(n, strings.TrimSpace(name))
	}
	if r.section == nil {
		return nil // a note to the next writer
	}
	if strings.HasPrefix(s, "#") {
		return fmt.Errorf("%s:%d: section %q: %q is no heading that is known here; use ## or ### and a space", r.file, n, r.section.name, s)
	}
	key, rest, ok := cutField(s)
	if !ok {
		r.text = append(r.text, s)
		return nil
	}
	r.endField()
	b := r.inner()
	for _, f := range b.fields {
		if f.key == key {
			return fmt.Errorf("%s:%d: section %q: %s stands twice (first on line %d)", r.file, n, r.place(), key, f.line)
		}
	}
	b.fields = append(b.fields, field{key: key, line: n})
	r.open, r.text = &b.fields[len(b.fields)-1], []string{rest}
	return nil
}

func (r *reader) startSection(n int, name string) error {
	r.endField()
	for _, s := range r.doc.sections {
		if s.name == name {
			return fmt.Errorf("%s:%d: section %q stands twice (first on line %d)", r.file, n, name, s.line)
		}
	}
	r.doc.sections = append(r.doc.sections, section{name: name, line: n})
	r.section, r.part = &r.doc.sections[len(r.doc.sections)-1], nil
	return nil
}

func (r *reader) startPart(n int, name string) error {
	r.endField()
	if r.section == nil {
		return fmt.Errorf("%s:%d: %q stands before the first section", r.file, n, name)
	}
	for _, p := range r.section.parts {
		if p.name == name {
			return fmt.Errorf("%s:%d: section %q: %q stands twice (first on line %d)", r.file, n, r.section.name, name, p.line)
		}
	}
	r.section.parts = append(r.section.parts, section{name: name, line: n})
	r.part = &r.section.parts[len(r.section.parts)-1]
	return nil
}

// endField gives the lines gathered so far to whatever is open.
func (r *reader) endField() {
	text := joinLines(r.text)
	r.text = nil
	switch {
	case r.open != nil:
		r.open.text = text
		r.open = nil
	case r.section != nil:
		r.inner().text = text
	}
}

func (r *reader) inner() *section {
	if r.part != nil {
		return r.part
	}
	return r.section
}

func (r *reader) place() string {
	if r.part != nil {
		return r.section.name + ", " + r.part.name
	}
	return r.section.name
}

// cutField splits "Key: text". A key is one capitalised word of ASCII letters.
func cutField(s string) (key, rest string, ok bool) {
	key, rest, ok = strings.Cut(s, ":")
	if !ok || len(key) < 2 || key[0] < 'A' || key[0] > 'Z' {
		return "", "", false
	}
	for _, c := range key[1:] {
		if c < 'a' || c > 'z' {
			return "", "", false
		}
	}
	if rest != "" && rest[0] != ' ' {
		return "", "", false
	}
	return key, strings.TrimSpace(rest), true
}

// joinLines makes paragraphs and lists: lines are joined by a space, a blank
// line parts paragraphs; a dash begins an item and a bar a row of a table, each
// on a line of its own.
func joinLines(lines []string) string {
	var b strings.Builder
	gap := ""
	for _, s := range lines {
		if s == "" {
			gap = "\n\n"
			continue
		}
		if (strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "|")) && gap == " " {
			gap = "\n"
		}
		if b.Len() > 0 {
			b.WriteString(gap)
		}
		b.WriteString(s)
		gap = " "
	}
	return b.String()
}

// get returns the field of that key, or an empty one.
func (b *section) get(key string) field {
	for _, f := range b.fields {
		if f.key == key {
			return f
		}
	}
	return field{key: key, line: b.line}
}
