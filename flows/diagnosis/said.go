package diagnosis

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// said is the text of a refusal, in lower case.
type said struct {
	words    string
	unquoted string // the same without quotation marks
	told     string // without parameters and their values, which say nothing of what is wrong
	spaced   string // the same with spaces for underscores: whoever logs an event writes either
	plain    string // the same without quotation marks
	prose    string // the same without addresses, error codes and lines of a stack, which are no sentences
}

// said reads the text of a refusal once for all the rows that ask for it.
func (c *Case) said(e *logins.Exchange) said {
	text, read := c.texts[e]
	if !read {
		if c.texts == nil {
			c.texts = map[*logins.Exchange]said{}
		}
		text.words = e.Words()
		text.unquoted = unquoted(text.words)
		text.told = told(text.words)
		text.spaced = spaced(text.told)
		text.prose = prose(text.told)
		text.plain = unquoted(text.told)
		c.texts[e] = text
	}
	return text
}

// told leaves out what says nothing of what is wrong: parameters with their values,
// and examples in brackets of what may be.
func told(words string) string {
	return patterns().example.ReplaceAllString(patterns().parameter.ReplaceAllString(words, ""), "")
}

func unquoted(words string) string {
	return strings.NewReplacer(`"`, "", "'", "", "`", "", `\`, "").Replace(words)
}

// told returns the latest refusal whose words hold one of the phrases, and which.
func (c *Case) told(phrases ...string) (*logins.Exchange, string) {
	found := ""
	e := c.refused(func(e *logins.Exchange) bool {
		text := c.said(e)
		i := slices.IndexFunc(phrases, func(p string) bool { return holds(text.told, p) || holds(text.spaced, p) || holds(text.plain, p) })
		if i >= 0 {
			found = phrases[i]
		}
		return i >= 0
	})
	return e, found
}

// holds reports whether a text has a phrase. The number of an error is not the
// beginning of a longer one.
func holds(text, phrase string) bool {
	for rest, found := text, true; found; {
		if _, rest, found = strings.Cut(rest, phrase); !found {
			continue
		}
		if !isDigit(phrase[len(phrase)-1:]) || !isDigit(rest[:min(len(rest), 1)]) {
			return true
		}
	}
	return false
}

func isDigit(letter string) bool { return letter != "" && strings.Contains("0123456789", letter) }

func spaced(words string) string { return strings.ReplaceAll(words, "_", " ") }

// saysAny reports whether a text in lower case holds one of the phrases.
func saysAny(words string, phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return contains(words, p) })
}

// lacks reports whether it says that a parameter did not come.
func (s said) lacks(name string) bool {
	return saysMissing(s.unquoted, name) || strings.Contains(name, "_") && saysMissing(s.unquoted, spaced(name))
}

// saysMissing looks at what stands around each mention of a parameter in words without quotation marks. A longer
// name that begins or ends like it is another one.
func saysMissing(words, name string) bool {
	for before := ""; ; {
		head, after, found := strings.Cut(words[len(before):], name)
		if !found {
			return false
		}
		before += head
		whole := strings.TrimRight(before, letters) == before && strings.TrimLeft(after, letters) == after
		if whole && (saysAbsentBefore(before, after) || saysAbsentAfter(after)) {
			return true
		}
		before += name
	}
}

// letters are those of which names of parameters are made.
const letters = "abcdefghijklmnopqrstuvwxyz0123456789_"

func saysAbsentBefore(before, after string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	ends := after == "" || strings.ContainsAny(after[:1], ".,;:)}\n") || strings.HasPrefix(after, " parameter")
	return ends && strings.HasSuffix(line, "missing ") ||
		saysAny(line, "missing", "must contain", "required", "lacks") && strings.HasSuffix(strings.TrimRight(line, ": s"), "parameter")
}

func saysAbsentAfter(after string) bool {
	for _, absent := range []string{" is missing", " is required", " missing", " must be provided", " must be specified", " not specified"} {
		for _, named := range []string{"", " parameter", " field"} {
			if rest, found := strings.CutPrefix(after, named+absent); found && !strings.HasPrefix(rest, " or ") {
				return true
			}
		}
	}
	return false
}
