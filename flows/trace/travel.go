package trace

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How tells in what part of a message a value travelled: who can read it follows from that.
type How string

// The ways a value travels.
const (
	InQuery            How = "query"             // of the address that is asked
	InFragment         How = "fragment"          // of the address; the browser keeps it to itself (RFC 9110 section 7.1)
	InRedirect         How = "redirect"          // in the query of the address that an answer sends the browser to
	InRedirectFragment How = "redirect-fragment" // in the fragment of it
	InForm             How = "form"              // body of a form
	InJSON             How = "json"              // body of JSON
	InPage             How = "page"              // text of a web page
	InCookie           How = "cookie"
	InOtherHeader      How = "header"
	InGesture          How = "gesture" // typed, or read on a screen
	InNote             How = "note"    // worked out or looked at by one party alone
)

// Hows lists them all.
func Hows() []How {
	return []How{
		InQuery, InFragment, InRedirect, InRedirectFragment, InForm, InJSON, InPage, InCookie, InOtherHeader, InGesture, InNote,
	}
}

// Travel is one way in which one message carried a value.
type Travel struct {
	Message int
	How     How
	Name    string // what the value is called there
}

// Travels lists how a value travelled, message by message. A claim travels
// with the token that it is in: tokens are signed, not encrypted. Where the
// value was merely compared it did not travel.
func (t *Trace) Travels(value string) []Travel {
	if value == "" {
		return nil
	}
	s := newSearch(value)
	var out []Travel
	for i := range t.Messages {
		m := &t.Messages[i]
		if !s.mayStandIn(m) {
			continue
		}
		for _, v := range m.travels(&s) {
			v.Message = i
			if !slices.ContainsFunc(out, v.same) {
				out = append(out, v)
			}
		}
	}
	return out
}

// travels lists how one message carries what is looked for. Message is left 0.
func (m *Message) travels(s *search) []Travel {
	var out []Travel
	for _, p := range m.places(s.decode) {
		if p.Value != s.value || p.Part == InCheck {
			continue
		}
		name, _, _ := strings.Cut(p.Name, inside)
		for _, how := range m.hows(p, name) {
			out = append(out, Travel{How: how, Name: p.Name})
		}
	}
	if m.Kind == Request && slices.ContainsFunc(QueryOf(m.HeaderValue("Referer")), func(f Field) bool { return f.Value == s.value }) {
		out = append(out, Travel{How: InOtherHeader, Name: "Referer"})
	}
	if m.Kind == Response && m.IsHTML() && showsText(m.Body, s.value) {
		out = append(out, Travel{How: InPage})
	}
	return out
}

func (t Travel) same(o Travel) bool { return t.Message == o.Message && t.How == o.How }

// inside stands between the name of a token and that of a claim in it.
const inside = " › "

// hows finds the carriers of a place: for a claim, those of its token.
func (m *Message) hows(p Place, carrier string) []How {
	switch p.Part {
	case InCalc:
		return []How{InNote}
	case InAct:
		return []How{InGesture}
	case InToken:
		return m.carriers(carrier)
	}
	return m.howsOf(p)
}

// carriers lists how the tokens of that name travel in the message.
func (m *Message) carriers(name string) []How {
	var out []How
	for _, p := range m.Places() {
		if p.Name == name && p.Part != InToken && p.Part != InCheck {
			out = append(out, m.hows(p, name)...)
		}
	}
	return out
}

// howsOf is for what crossed the wire.
func (m *Message) howsOf(p Place) []How {
	has := func(fields []Field) bool { return slices.Contains(fields, Field{Name: p.Name, Value: p.Value}) }
	var out []How
	switch p.Part {
	case InURL:
		if has(m.Query()) {
			out = append(out, InQuery)
		}
		if has(FragmentOf(m.URL)) {
			out = append(out, InFragment)
		}
	case InHeader:
		location := m.HeaderValue("Location")
		switch {
		case has(QueryOf(location)):
			out = append(out, InRedirect)
		case has(FragmentOf(location)):
			out = append(out, InRedirectFragment)
		case m.cookie(p.Name, p.Value):
			out = append(out, InCookie)
		default:
			out = append(out, InOtherHeader)
		}
	case InBody:
		out = append(out, InJSON)
		if m.IsForm() {
			out[0] = InForm
		}
	}
	return out
}

// cookie reports whether the message sets or brings that cookie.
func (m *Message) cookie(name, value string) bool {
	for _, h := range m.Header {
		if h.Name != "Cookie" && h.Name != "Set-Cookie" {
			continue
		}
		for pair := range strings.SplitSeq(h.Value, ";") {
			if strings.TrimSpace(pair) == name+"="+value {
				return true
			}
		}
	}
	return false
}

// showsText reports whether a page shows the value as words of their own: not
// in a tag, nor as a part of another word.
func showsText(page []byte, value string) bool {
	rest := string(page)
	for rest != "" {
		text, tag, _ := strings.Cut(rest, "<")
		if hasWord(html.UnescapeString(text), value) {
			return true
		}
		_, rest, _ = strings.Cut(tag, ">")
		for _, hidden := range []string{"script", "style"} {
			if len(tag) >= len(hidden) && strings.EqualFold(tag[:len(hidden)], hidden) {
				_, rest, _ = strings.Cut(rest, "</"+hidden)
				_, rest, _ = strings.Cut(rest, ">")
			}
		}
	}
	return false
}

func hasWord(text, word string) bool {
	partOfWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if !partOfWord(before) && !partOfWord(after) {
			return true
		}
		text = text[i+len(word):]
	}
}

// navigated reports whether the browser itself opens the address of request i,
// as opposed to a script that calls an API from a page.
func (t *Trace) navigated(i int) bool {
	m := &t.Messages[i]
	if m.Kind != Request || m.Channel != Front {
		return false
	}
	if strings.Contains(m.HeaderValue("Accept"), "text/html") {
		return true
	}
	answer := t.Response(i)
	return answer >= 0 && (t.Messages[answer].IsHTML() || t.Messages[answer].HeaderValue("Location") != "")
}

// reach is the address whose connection message i uses: for an answer, its request's.
func (t *Trace) reach(i int) *url.URL {
	if request := t.Request(i); request >= 0 {
		i = request
	}
	u, err := url.Parse(t.Messages[i].URL)
	if err != nil {
		return &url.URL{}
	}
	return u
}

func isLoopback(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}
