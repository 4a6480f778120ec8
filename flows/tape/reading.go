package tape

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// reading reads exchanges as [words] writes them, member by member in the same
// order, which takes a tenth of what reflection does. What stands otherwise is
// left to encoding/json.
type reading struct {
	text []byte // what is still to be read
	odd  bool   // something is not as words writes it; nothing more is read then

	known  map[string]string      // see [reading.shared]
	rules  map[string]trace.Check // see [reading.rule]
	fields []trace.Field          // kept for the room in them
	checks []trace.Check
}

// Bounds of the texts and rules that are known: how many of each, and how long they are at most.
const (
	mostKnown    = 4096
	longestKnown = 128
	longestRule  = 512
)

// exchange reads one.
func (r *reading) exchange(data []byte) (Exchange, error) {
	r.text, r.odd = data, false
	var e Exchange
	r.want(`{"number":`)
	e.Number = int(r.int())
	r.want(`,"request":`)
	r.message(&e.Request)
	r.want(`,"answer":`)
	r.message(&e.Answer)
	e.CutRequest = int(r.count(`,"cut_request":`))
	e.CutAnswer = int(r.count(`,"cut_answer":`))
	e.Guessed = r.there(`,"guessed":true`)
	r.want("}")
	if !r.odd && len(r.text) == 0 {
		return e, nil
	}
	e = Exchange{}
	if err := json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("read an exchange: %w", err)
	}
	return e, nil
}

func (r *reading) message(m *trace.Message) {
	m.Step = r.member(`{"step":`)
	m.Chapter = r.member(`,"chapter":`)
	m.Kind = trace.Kind(r.member(`,"kind":`))
	m.From = trace.Role(r.member(`,"from":`))
	m.To = trace.Role(r.member(`,"to":`))
	m.Channel = trace.Channel(r.member(`,"channel":`))
	r.want(`,"exchange":`)
	m.Exchange = int(r.int())
	m.Depth = int(r.count(`,"depth":`))
	m.Method = r.some(`,"method":`)
	if r.there(`,"url":`) {
		m.URL = r.own()
	}
	m.Status = int(r.count(`,"status":`))
	if r.there(`,"header":[`) {
		m.Header = r.header()
	}
	if r.there(`,"body":"`) {
		m.Body = r.body()
	}
	m.Certificate = r.some(`,"certificate":`)
	if r.there(`,"checks":[`) {
		m.Checks = r.checked()
	}
	r.want(`,"at":"`)
	if m.At.UnmarshalText(r.to('"')) != nil {
		r.fail()
	}
	m.Waited = time.Duration(r.count(`,"waited":`))
	m.Took = time.Duration(r.count(`,"took":`))
	r.want("}")
}

func (r *reading) header() []trace.Field {
	r.fields = r.fields[:0]
	for next := true; next; next = r.there(",") {
		r.fields = append(r.fields, trace.Field{Name: r.member(`{"name":`), Value: r.member(`,"value":`)})
		r.want("}")
	}
	r.want("]")
	return slices.Clone(r.fields)
}

func (r *reading) checked() []trace.Check {
	r.checks = r.checks[:0]
	for next := true; next; next = r.there(",") {
		c := r.rule()
		c.Expected = r.some(`,"expected":`)
		c.Got = r.some(`,"got":`)
		c.Result = trace.Result(r.member(`,"result":`))
		c.Reason = r.some(`,"reason":`)
		c.Error = r.some(`,"error":`)
		r.want("}")
		r.checks = append(r.checks, c)
	}
	r.want("]")
	return slices.Clone(r.checks)
}

// rule reads which rule a check is of. That is the same whenever the rule runs, so
// it is read once and known again as a whole.
func (r *reading) rule() trace.Check {
	whole := r.text[:bytes.IndexByte(r.text, '}')+1]
	if c, ok := r.rules[string(whole)]; ok {
		r.text = r.text[len(whole):]
		return c
	}
	before := len(r.text)
	c := trace.Check{By: trace.Role(r.member(`{"by":`)), ID: r.member(`,"id":`), Rule: r.member(`,"rule":`)}
	c.Spec.Doc = r.member(`,"spec":{"doc":`)
	c.Spec.Section = r.some(`,"section":`)
	r.want("}")
	if !r.odd && before-len(r.text) == len(whole) && len(whole) <= longestRule {
		if r.rules == nil || len(r.rules) == mostKnown {
			r.rules = map[string]trace.Check{}
		}
		r.rules[string(whole)] = c
	}
	return c
}

func (r *reading) body() []byte {
	text := r.to('"')
	body := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(body, text)
	if err != nil || n == 0 {
		r.fail()
	}
	return body[:n]
}

func (r *reading) fail() { r.text, r.odd = nil, true }

// there goes past something if that is what comes.
func (r *reading) there(what string) bool {
	if len(r.text) < len(what) || string(r.text[:len(what)]) != what {
		return false
	}
	r.text = r.text[len(what):]
	return true
}

func (r *reading) want(what string) {
	if !r.there(what) {
		r.fail()
	}
}

// to reads up to a character, and goes past it.
func (r *reading) to(end byte) []byte {
	i := bytes.IndexByte(r.text, end)
	if i < 0 {
		r.fail()
		return nil
	}
	text := r.text[:i]
	r.text = r.text[i+1:]
	return text
}

func (r *reading) int() int64 {
	n := 0
	for n < len(r.text) && (r.text[n] >= '0' && r.text[n] <= '9' || n == 0 && r.text[n] == '-') {
		n++
	}
	digits := bytes.TrimPrefix(r.text[:n], []byte("-"))
	value, err := strconv.ParseInt(string(r.text[:n]), 10, 64)
	if err != nil || len(digits) > 1 && digits[0] == '0' {
		r.fail()
		return 0
	}
	r.text = r.text[n:]
	return value
}

// count reads a number that is left out where it is zero.
func (r *reading) count(name string) int64 {
	if !r.there(name) {
		return 0
	}
	return r.int()
}

// some reads a text that is left out where it is empty.
func (r *reading) some(name string) string {
	if !r.there(name) {
		return ""
	}
	return r.shared()
}

func (r *reading) member(name string) string {
	r.want(name)
	return r.shared()
}

// shared reads a text that comes again and again, such as the words of a rule:
// it is made once, and takes its memory once.
func (r *reading) shared() string {
	if r.odd || len(r.text) == 0 || r.text[0] != '"' {
		r.fail()
		return ""
	}
	if end := bytes.IndexByte(r.text[1:], '"'); end >= 0 && end <= longestKnown {
		if text, ok := r.known[string(r.text[1:1+end])]; ok {
			r.text = r.text[end+2:]
			return text
		}
	}
	before := len(r.text)
	text := r.own()
	if len(text) > longestKnown || before-len(r.text) != len(text)+len(`""`) { // too long, or not as it stands there
		return text
	}
	if r.known == nil || len(r.known) == mostKnown {
		r.known = make(map[string]string, mostKnown)
	}
	r.known[text] = text
	return text
}

// own reads a text as a string of JSON (RFC 8259 section 7).
func (r *reading) own() string {
	inner, plain := quoted(r.text)
	if inner < 0 {
		r.fail()
		return ""
	}
	whole := r.text[:inner+2]
	r.text = r.text[inner+2:]
	if plain {
		return string(whole[1 : inner+1])
	}
	var text string
	if json.Unmarshal(whole, &text) != nil {
		r.fail()
	}
	return text
}

// quoted measures what stands between the quotation marks that a text begins
// with, -1 where there are none, and tells whether that stands for itself.
func quoted(text []byte) (long int, plain bool) {
	if len(text) == 0 || text[0] != '"' {
		return -1, false
	}
	plain, ascii := true, true
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i - 1, plain && (ascii || utf8.Valid(text[1:i]))
		case c == '\\':
			plain = false
			i++
		case c < ' ':
			return -1, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return -1, false
}
