package configfile

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// scanner finds the line of every key and list item. The TOML decoder knows
// them too, but does not tell. It refuses nothing, as the decoder does that: it
// looks for where things begin and end, and it ends with every text.
type scanner struct {
	src   string
	at    int
	line  int
	seen  int // keys so far
	depth int // of lists and tables in each other
	deep  int // the line where there were too many; 0 while there were not

	headers []heading // in the order of the text
}

// heading is the head of a table: where it begins, and what it is called.
type heading struct {
	at    int
	parts []string
}

// maxDepth is how many lists and tables may be in each other. The decoder takes
// minutes for some files with thousands.
const maxDepth = 32

const endOfFile = 0

// scan returns the tree of a TOML document, without values, and the line from
// which on it is nested too deep, or 0.
func scan(src string) (root *node, deep int) {
	s := &scanner{src: strings.TrimPrefix(src, "\ufeff"), line: 1}
	root = s.document()
	return root, s.deep
}

func (s *scanner) document() *node {
	root := &node{line: 1}
	table := root
	for s.space(); s.peek() != endOfFile && s.deep == 0; s.space() {
		if s.peek() == '[' {
			table = s.header(root)
		} else {
			s.pair(table)
		}
	}
	return root
}

func (s *scanner) peek() byte {
	if s.at >= len(s.src) {
		return endOfFile
	}
	return s.src[s.at]
}

// step goes on by n bytes and counts the lines.
func (s *scanner) step(n int) {
	n = min(n, len(s.src)-s.at)
	s.line += strings.Count(s.src[s.at:s.at+n], "\n")
	s.at += n
}

// took goes over text if it is next.
func (s *scanner) took(text string) bool {
	if !strings.HasPrefix(s.src[s.at:], text) {
		return false
	}
	s.step(len(text))
	return true
}

// space goes over blanks, ends of lines and comments.
func (s *scanner) space() {
	for {
		switch s.peek() {
		case ' ', '\t', '\r', '\n':
			s.step(1)
		case '#':
			s.until("\n")
		default:
			return
		}
	}
}

// until goes to the next of those bytes, or to the end.
func (s *scanner) until(stop string) {
	n := strings.IndexAny(s.src[s.at:], stop)
	if n < 0 {
		n = len(s.src) - s.at
	}
	s.step(n)
}

// place is here, for the next key.
func (s *scanner) place() node {
	s.seen++
	return node{line: s.line, order: s.seen}
}

// header reads [a.b] or [[a.b]] and returns the table that follows.
func (s *scanner) header(root *node) *node {
	at := s.place()
	begins := s.at
	list := s.took("[[")
	if !list {
		s.step(1)
	}
	table := root
	parts := s.key()
	s.headers = append(s.headers, heading{begins, parts})
	for i, part := range parts {
		table = table.child(part, at)
		if list && i == len(parts)-1 {
			item := at
			item.span.from = begins
			table.items = append(table.items, &item)
		}
		table = table.inside()
	}
	s.until("]")
	s.step(1)
	if list {
		s.step(1)
	}
	table.span.to = s.at
	return table
}

// pair reads a.b = value.
func (s *scanner) pair(table *node) {
	at := s.place()
	from := s.at
	for _, part := range s.key() {
		table = table.child(part, at)
	}
	s.space()
	s.step(1) // the equals sign
	s.space()
	value := s.at
	s.content(table)
	table.span = span{from, s.at, value}
}

// key reads a.b or "a"."b".
func (s *scanner) key() []string {
	var parts []string
	for {
		s.space()
		start := s.at
		switch s.peek() {
		case '"', '\'':
			s.text()
			parts = append(parts, unquote(s.src[start:s.at]))
		default:
			s.until(" \t\r\n.=]")
			parts = append(parts, s.src[start:s.at])
		}
		s.space()
		if !s.took(".") {
			return parts
		}
		if len(parts) > maxDepth {
			s.deep = s.line
			return parts
		}
	}
}

// unquote lets the decoder read a quoted key.
func unquote(quoted string) string {
	var read struct{ Key string }
	_, _ = toml.Decode("key = "+quoted, &read) // it was accepted once
	return read.Key
}

// text goes over a string of any of the four forms.
func (s *scanner) text() {
	for _, quote := range []string{`"""`, "'''", `"`, "'"} {
		if !s.took(quote) {
			continue
		}
		for s.peek() != endOfFile && !strings.HasPrefix(s.src[s.at:], quote) {
			if s.peek() == '\\' && quote[0] == '"' {
				s.step(1)
			}
			s.step(1)
		}
		s.step(len(quote))
		for more := 0; len(quote) == 3 && more < 2 && s.peek() == quote[0]; more++ {
			s.step(1) // up to two quotes may stand before the closing three
		}
		return
	}
}

// content goes over a value and notes what is inside of it.
func (s *scanner) content(n *node) {
	switch s.peek() {
	case '"', '\'':
		s.text()
	case '[':
		s.step(1)
		s.each(']', func() {
			item := s.place()
			n.items = append(n.items, &item)
			s.content(&item)
		})
	case '{':
		s.step(1)
		s.each('}', func() { s.pair(n) })
	default:
		s.until(" \t\r\n,]}#")
		if s.peek() == ' ' && s.at+1 < len(s.src) && s.src[s.at+1] >= '0' && s.src[s.at+1] <= '9' {
			s.step(1) // a date and its time may have a space between them
			s.until(" \t\r\n,]}#")
		}
	}
}

// each calls read for every element up to the end of a list or inline table.
func (s *scanner) each(end byte, read func()) {
	if s.depth++; s.depth > maxDepth && s.deep == 0 {
		s.deep = s.line
	}
	defer func() { s.depth-- }()
	for s.space(); s.peek() != end && s.peek() != endOfFile && s.deep == 0; s.space() {
		was := s.at
		read()
		s.space()
		if s.peek() == ',' || s.at == was { // never stand still
			s.step(1)
		}
	}
	s.step(1)
}
