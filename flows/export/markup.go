package export

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// span is a piece of text in one style.
type span struct {
	text  string
	style style
}

// style says how a span differs from running text.
type style int

const (
	plain style = iota
	bold
	code
	link   // leads to the glossary
	quiet  // secondary text of a page
	good   // passed
	bad    // refused
	notice // changed by the learner
	party  // name of a party
	name   // name of a value on the wire
)

// block is a paragraph or one item of a list.
type block struct {
	item  bool
	spans []span
}

// parseMarkup reads words, and makes them harmless.
func parseMarkup(words string) []block {
	parsed := markup.Parse(words)
	blocks := make([]block, len(parsed))
	for i, b := range parsed {
		blocks[i] = block{item: b.Item, spans: make([]span, len(b.Spans))}
		for j, s := range b.Spans {
			blocks[i].spans[j] = span{harmless.Line(s.Text), styleOf(s)}
		}
	}
	return blocks
}

// styleOf picks one style: an export has no room for two.
func styleOf(s markup.Span) style {
	switch {
	case s.Code:
		return code
	case s.Bold:
		return bold
	case s.Link != "":
		return link
	}
	return plain
}

// plainSpans returns the text of spans without their styles.
func plainSpans(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}
