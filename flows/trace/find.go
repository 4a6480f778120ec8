package trace

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"
)

// Find returns every place in which the value stands, in the order of the
// trace: on the wire, inside tokens, where it was hashed and where it was
// compared. An empty value stands nowhere.
func (t *Trace) Find(value string) []Place {
	if value == "" {
		return nil
	}
	s := newSearch(value)
	var found []Place
	for i := range t.Messages {
		m := &t.Messages[i]
		if !s.mayStandIn(m) {
			continue
		}
		for _, p := range m.places(s.decode) {
			if p.Value == value {
				p.Message = i
				found = append(found, p)
			}
		}
	}
	return found
}

// search looks for one value in many messages. Taking a message apart costs
// much more than looking whether it could hold the value at all, and the same
// tokens stand in many messages.
type search struct {
	value   string
	plain   bool            // no encoding that a message uses changes it
	inside  map[string]bool // by token: the value stands in its text
	decoded map[string]decoded
}

type decoded struct {
	jwt JWT
	err error
}

func newSearch(value string) search {
	return search{value: value, plain: isPlain(value), inside: map[string]bool{}, decoded: map[string]decoded{}}
}

func (s *search) decode(raw string) (JWT, error) {
	d, known := s.decoded[raw]
	if !known {
		d.jwt, d.err = DecodeJWT(raw)
		s.decoded[raw] = d
	}
	return d.jwt, d.err
}

// isPlain reports whether a value looks the same in a URL, a form, JSON and a header.
func isPlain(value string) bool {
	for i := range len(value) {
		if c := value[i]; c != '~' && !isTokenByte(c) {
			return false
		}
	}
	return true
}

// mayStandIn is false only when the value surely does not stand in the message.
func (s *search) mayStandIn(m *Message) bool {
	if !s.plain || s.text(m.URL) || s.body(m.Body) {
		return true
	}
	for _, h := range m.Header {
		if s.text(h.Value) || strings.HasPrefix(h.Value, "Basic ") {
			return true
		}
	}
	for _, c := range m.Checks {
		if c.Expected == s.value || c.Got == s.value {
			return true
		}
	}
	if m.Act != nil && s.fields(m.Act.Fields) {
		return true
	}
	return m.Calc != nil && s.calc(m.Calc)
}

func (s *search) calc(c *Calc) bool {
	for _, step := range c.Steps {
		if s.text(step.Result) {
			return true
		}
	}
	return s.fields(c.Inputs) || s.fields(c.Outputs)
}

func (s *search) fields(fields []Field) bool {
	for _, f := range fields {
		if s.text(f.Value) {
			return true
		}
	}
	return false
}

func (s *search) body(text []byte) bool {
	return bytes.Contains(text, []byte(`\`)) || s.text(string(text)) // an escape of JSON can stand for any letter
}

// text looks at a text as it is, without its percent-encoding, and into the tokens in it.
func (s *search) text(text string) bool {
	if strings.Contains(text, s.value) {
		return true
	}
	if strings.Contains(text, "%") {
		if plain, err := url.QueryUnescape(text); err != nil || strings.Contains(plain, s.value) {
			return true
		}
	}
	for rest := text; ; {
		at := strings.Index(rest, "eyJ") // how a JSON object begins in base64url
		if at < 0 {
			return false
		}
		end := at
		for end < len(rest) && isTokenByte(rest[end]) {
			end++
		}
		if s.token(rest[at:end]) {
			return true
		}
		rest = rest[end:]
	}
}

func isTokenByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}

func (s *search) token(raw string) bool {
	inside, known := s.inside[raw]
	if !known {
		for part := range strings.SplitSeq(raw, ".") {
			text, err := base64.RawURLEncoding.DecodeString(part)
			inside = inside || err == nil && (bytes.Contains(text, []byte(s.value)) || bytes.Contains(text, []byte(`\`)))
		}
		s.inside[raw] = inside
	}
	return inside
}
