package page

import "strings"

// span is a stretch of text in one manner.
type span struct {
	text       string
	bold, code bool
	link       string // "glossary:term", or ""
}

// parseMarkup reads the small Markdown of the words: paragraphs apart by an
// empty line, **bold**, `code` and [text](link). What does not close is text.
func parseMarkup(text string) [][]span {
	var paragraphs [][]span
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n\n") {
		p = joinSpaces(p)
		if p != "" {
			paragraphs = append(paragraphs, parseSpans(p))
		}
	}
	return paragraphs
}

func joinSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

func parseSpans(p string) []span {
	var spans []span
	var plain strings.Builder
	bold := false
	flush := func() {
		if plain.Len() > 0 {
			spans = append(spans, span{text: plain.String(), bold: bold})
			plain.Reset()
		}
	}
	for p != "" {
		switch {
		case strings.HasPrefix(p, "**") && (bold || strings.Contains(p[2:], "**")):
			flush()
			bold = !bold
			p = p[2:]
			continue
		case p[0] == '`':
			if code, rest, ok := strings.Cut(p[1:], "`"); ok && code != "" {
				flush()
				spans = append(spans, span{text: code, code: true, bold: bold})
				p = rest
				continue
			}
		case p[0] == '[':
			if words, link, rest, ok := cutLink(p); ok {
				flush()
				spans = append(spans, linkSpan(words, link, bold))
				p = rest
				continue
			}
		}
		plain.WriteByte(p[0])
		p = p[1:]
	}
	flush()
	return spans
}

// linkSpan is the text of a link; one that is all code, as in [`iss`](glossary:issuer), is set as code.
func linkSpan(words, link string, bold bool) span {
	code := strings.Trim(words, "`")
	return span{text: code, link: link, bold: bold, code: code != words}
}

// cutLink reads "[words](link)rest".
func cutLink(p string) (words, link, rest string, ok bool) {
	words, after, found := strings.Cut(p[1:], "](")
	if !found || words == "" || strings.ContainsAny(words, "[]") {
		return "", "", "", false
	}
	link, rest, found = strings.Cut(after, ")")
	if !found || link == "" || !strings.Contains(link, ":") {
		return "", "", "", false
	}
	return words, link, rest, true
}
