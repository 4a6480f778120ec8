package intake

import (
	"net/http"
	"regexp"
	"strconv"
	"sync"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// blanks puts a mark where somebody blacked a value out or let a shell fill it in:
// $TOKEN, <code>, {{secret}}, ****, eyJ…. Each mark is another, since nobody knows
// which of the values were the same.
type blanks struct{ n int }

func (b *blanks) out(text string) string {
	return grammar().blank.ReplaceAllStringFunc(text, func(string) string {
		b.n++
		return diagnosis.LeftOut + strconv.Itoa(b.n)
	})
}

// blackedOut are whole values that somebody, or a program that makes a recording harmless, put in the place of others.
//
//nolint:gochecknoglobals // never changes; compiled once
var blackedOut = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`((?:^|[?&#;=,\s]|":)\s*(?:\w+=)?"?)` +
		`(?i:(?:\[|<|%5b|%3c)?(?:redacted|removed|filtered|masked|hidden|sanitized)(?:\]|>|%5d|%3e)?|` +
		`\*{3,}|(?:%2a){3,}|x{5,}|•{3,})("|&|#|;|,|\s|$)`)
})

// unhide puts a mark in the place of each value of a message that was blacked out, and reports whether there was one. Two
// that look the same need not have been the same.
func (b *blanks) unhide(m *trace.Message) bool {
	before := b.n
	m.URL = b.unhidden(m.URL)
	for i, f := range m.Header {
		switch http.CanonicalHeaderKey(f.Name) {
		case "Authorization", "Cookie", "Set-Cookie", "Location", "Dpop":
			m.Header[i].Value = b.unhidden(f.Value)
		}
	}
	if !m.IsHTML() {
		m.Body = []byte(b.unhidden(string(m.Body)))
	}
	return b.n > before
}

func (b *blanks) unhidden(text string) string {
	found := blackedOut()
	for range 2 { // the end of one value is the beginning of the next
		text = found.ReplaceAllStringFunc(text, func(part string) string {
			b.n++
			around := found.FindStringSubmatch(part)
			return around[1] + diagnosis.LeftOut + strconv.Itoa(b.n) + around[2]
		})
	}
	return text
}
