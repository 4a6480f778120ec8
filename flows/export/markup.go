package export

import "strings"

// The words for learners are Markdown of a small kind: paragraphs, lists,
// **bold**, `code` and [links](glossary:term). Anything else is plain text.

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

// parseMarkup reads words. Lines of a paragraph are joined.
func parseMarkup(words string) []block {
	var blocks []block
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(words, "\r\n", "\n"), "\n\n") {
		var text []string
		flush := func(item bool) {
			if len(text) > 0 {
				blocks = append(blocks, block{item: item, spans: parseSpans(clean(strings.Join(text, " ")))})
			}
			text = nil
		}
		item := false
		for line := range strings.SplitSeq(paragraph, "\n") {
			line = strings.TrimSpace(line)
			if rest, ok := strings.CutPrefix(line, "- "); ok {
				flush(item)
				item, line = true, rest
			}
			if line != "" {
				text = append(text, line)
			}
		}
		flush(item)
	}
	return blocks
}

func parseSpans(s string) []span {
	var spans []span
	from := 0
	for i := 0; i < len(s); {
		found, size := markAt(s[i:])
		if size == 0 {
			i++
			continue
		}
		if from < i {
			spans = append(spans, span{text: s[from:i]})
		}
		spans = append(spans, found)
		i += size
		from = i
	}
	if from < len(s) {
		spans = append(spans, span{text: s[from:]})
	}
	return spans
}

// markAt reads the mark that s begins with and says how long it is, or 0.
func markAt(s string) (span, int) {
	switch {
	case strings.HasPrefix(s, "**"):
		if end := strings.Index(s[2:], "**"); end > 0 {
			return span{s[2 : 2+end], bold}, end + 4
		}
	case s[0] == '`':
		if end := strings.IndexByte(s[1:], '`'); end > 0 {
			return span{s[1 : 1+end], code}, end + 2
		}
	case s[0] == '[':
		text, rest, found := strings.Cut(s[1:], "](glossary:")
		if !found || text == "" || strings.ContainsAny(text, "[]") {
			break
		}
		if end := strings.IndexByte(rest, ')'); end > 0 {
			if inside, size := markAt(text); size == len(text) { // `code` or **bold** that leads to the glossary
				return inside, 1 + len(text) + len("](glossary:") + end + 1
			}
			return span{text, link}, 1 + len(text) + len("](glossary:") + end + 1
		}
	}
	return span{}, 0
}

// plainSpans returns the text of spans without their styles.
func plainSpans(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}
