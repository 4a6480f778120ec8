package diagnosis

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// said is the text of a refusal, in lower case.
type said struct {
	words     string
	unquoted  string // the same without quotation marks
	told      string // without parameters and their values, which say nothing of what is wrong
	spaced    string // the same with spaces for underscores: whoever logs an event writes either
	plain     string // the same without quotation marks
	described string // what an answer gives as the description of its error
	prose     string // the same without addresses, error codes and lines of a stack, which are no sentences
	grams     *grams // of words, told, spaced and plain
}

// said reads the text of a refusal once for all the rows that ask for it.
func (c *Case) said(e *logins.Exchange) said {
	text, read := c.texts[e]
	if !read {
		if c.texts == nil {
			c.texts = map[*logins.Exchange]said{}
		}
		text.words = standardCodes(e.Words())
		text.described = strings.ToLower(e.Description())
		text.unquoted = unquoted(text.words)
		text.told = told(text.words)
		text.spaced = spaced(text.told)
		text.prose = prose(text.told)
		text.plain = unquoted(text.told)
		text.grams = &grams{}
		for _, one := range []string{text.words, text.told, text.spaced, text.plain} {
			text.grams.add(one)
		}
		c.texts[e] = text
	}
	return text
}

// standard is a sentence of a standard that lists all that an error code can mean.
type standard struct {
	text *regexp.Regexp
	code string
}

// standards are the sentences of RFC 6749 section 5.2 and RFC 6750 section 3.1 that many programs say word by
// word, so that none of what they list has to be what is wrong.
//
//nolint:gochecknoglobals // never changes; compiled once
var standards = sync.OnceValue(func() []standard {
	return []standard{
		{regexp.MustCompile(`(?i)the request is missing a required parameter, includes [^.]{1,120}malformed`), "invalid_request"},
		{regexp.MustCompile(`(?i)client authentication failed.{1,20}unknown client, no client authentication included,? ` +
			`or unsupported authentication method\)?`), "invalid_client"},
		{
			regexp.MustCompile(`(?i)(provided )?authorization grant( \([^)]*\))?( or refresh token)? is invalid, expired, revoked` +
				`[^.]{0,120}another client`),
			"invalid_grant",
		},
		{regexp.MustCompile(`(?i)the requested scope is invalid, unknown,? or malformed`), "invalid_scope"},
		{regexp.MustCompile(`(?i)the access token( provided)? is expired, revoked, malformed,? or invalid for other reasons`), "invalid_token"},
		{regexp.MustCompile(`(?i)the authorization server encountered an unexpected condition`), "server_error"},
		{regexp.MustCompile(`(?i)the resource owner or authorization server denied the request`), "access_denied"},
	}
})

// standardCodes leaves of those sentences the code that they explain.
func standardCodes(words string) string {
	for _, s := range standards() {
		words = s.text.ReplaceAllString(words, s.code)
	}
	return words
}

// told leaves out what says nothing of what is wrong: parameters with their values,
// and examples in brackets of what may be.
func told(words string) string {
	words = patterns().called.ReplaceAllString(words, "$1")
	words = strings.ReplaceAll(patterns().errorURI.ReplaceAllString(words, ""), "something went wrong", "")
	return patterns().example.ReplaceAllString(patterns().parameter.ReplaceAllString(words, ""), "")
}

func unquoted(words string) string {
	return strings.NewReplacer(`"`, "", "'", "", "`", "", `\`, "").Replace(words)
}

// told returns the latest refusal whose words hold one of the phrases, and the longest that they hold.
func (c *Case) told(phrases ...string) (*logins.Exchange, string) {
	found := ""
	e := c.refused(func(e *logins.Exchange) bool {
		text := c.said(e)
		for _, phrase := range phrases {
			if len(phrase) > len(found) && text.has(phrase) {
				found = phrase
			}
		}
		return found != ""
	})
	return e, found
}

// has reports whether a text has a phrase, with underscores or spaces, with quotation marks or without.
func (s said) has(phrase string) bool {
	return !s.grams.lack(phrase) && (holds(s.told, phrase) || holds(s.spaced, phrase) || holds(s.plain, phrase))
}

// holds reports whether a text has a phrase that begins with a word. The number of
// an error is not the beginning of a longer one.
func holds(text, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		from += i + 1
		end := from - 1 + len(phrase)
		begins := !isLetter(phrase, 0) || !isLetter(text, from-2)
		if begins && (!isDigit(phrase[len(phrase)-1:]) || !isDigit(text[end:min(len(text), end+1)])) {
			return true
		}
	}
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
		saysAny(line, "missing", "must contain", "required", "lacks") && strings.HasSuffix(strings.TrimRight(line, ": s()[."), "parameter")
}

func saysAbsentAfter(after string) bool {
	for _, named := range []string{" parameter", " field", " value"} {
		after = strings.TrimPrefix(after, named)
	}
	for _, way := range waysToLack() {
		for _, verb := range way.verbs {
			for _, absent := range way.absent {
				if rest, found := strings.CutPrefix(after, verb+absent); found && !strings.HasPrefix(rest, " or ") {
					return true
				}
			}
		}
	}
	return false
}

// wayToLack is a kind of sentence that says of something that it did not come.
type wayToLack struct{ verbs, absent []string }

func waysToLack() []wayToLack {
	return []wayToLack{
		{[]string{"", " is", " was", " were"}, []string{
			" missing", " required", " not specified", " not provided", " not sent", " not present", " not set", " not supplied",
			" not included", " not given", " absent", " mandatory", " a required parameter", " a required field", " a mandatory parameter",
		}},
		{[]string{" must be", " has to be", " should be", " needs to be"}, []string{
			" provided", " specified", " set", " sent", " present", " included", " supplied", " given",
		}},
		{[]string{" is", " was", " cannot be", " can't be", " cant be", " may not be", " must not be", " should not be"}, []string{
			" empty", " blank", " null", " undefined", " nil", " none",
		}},
	}
}
