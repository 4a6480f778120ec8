// Package markup reads the words. They are Markdown of a small kind, so that
// they read well in any editor and on any code host: paragraphs, lists with
// dashes, **bold**, `code` and [links](glossary:term). Everything else is text
// as it stands, even where it means something in the rest of CommonMark.
//
// [Parse] is for whoever sets type, [Plain] for whoever cannot. The package
// knows neither what the words say nor where a link leads.
package markup

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/text"
)

// Block is a paragraph, or one item of a list.
type Block struct {
	Item  bool
	Spans []Span
}

// Span is a stretch of words in one manner.
type Span struct {
	Text string
	Bold bool
	Code bool
	Link string // "glossary:token", or ""
}

// Parse reads words. The lines of a paragraph are one; what does not close is text.
func Parse(words string) []Block {
	if strings.TrimSpace(words) == "" { // most steps have no likeness, risk or the like
		return nil
	}
	if unmarked(words) {
		b := Block{Spans: []Span{{Text: words}}}
		b.trim()
		return []Block{b}
	}
	return marked(words)
}

func marked(words string) []Block {
	source := []byte(strings.ReplaceAll(words, "\r\n", "\n"))
	r := reader{source: source}
	r.blocks(grammar().Parse(text.NewReader(source)), false)
	return r.read
}

// unmarked reports whether words are one paragraph without a mark, which labels and most sentences are. To read
// the tree of one takes a hundred times as long.
func unmarked(words string) bool {
	return !strings.ContainsAny(words, "`*[]\\\n\r\t\v\f\x00") && words[0] != ' ' && words[0] != '-'
}

// Plain is the words without their marks: paragraphs are apart by an empty
// line, items by a line end.
func Plain(words string) string {
	var b strings.Builder
	for i, block := range Parse(words) {
		switch {
		case i > 0 && block.Item:
			b.WriteString("\n")
		case i > 0:
			b.WriteString("\n\n")
		}
		if block.Item {
			b.WriteString("• ")
		}
		b.WriteString(Words(block.Spans))
	}
	return b.String()
}

// Words is spans without the manner in which they are set.
func Words(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Escape makes words of a text that is none, such as a value from the wire:
// [Parse] gives it back as it stands, on one line.
func Escape(value string) string {
	var b strings.Builder
	for i, c := range []byte(value) {
		if strings.IndexByte("\\`*[]<", c) >= 0 || c == '-' && strings.TrimLeft(value[:i], " \n") == "" {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// add appends a span, and joins it to the one before where both are of one manner.
func (b *Block) add(s Span) {
	if n := len(b.Spans); n > 0 {
		last := &b.Spans[n-1]
		if last.Bold == s.Bold && last.Code == s.Code && last.Link == s.Link {
			last.Text += s.Text
			return
		}
	}
	if s.Text != "" {
		b.Spans = append(b.Spans, s)
	}
}

// trim takes the space away that stands around a block.
func (b *Block) trim() {
	for len(b.Spans) > 0 {
		first, last := &b.Spans[0], &b.Spans[len(b.Spans)-1]
		first.Text, last.Text = strings.TrimLeft(first.Text, " \t"), strings.TrimRight(last.Text, " \t")
		if first.Text != "" && last.Text != "" {
			return
		}
		b.Spans = slices.DeleteFunc(b.Spans, func(s Span) bool { return s.Text == "" })
	}
}
