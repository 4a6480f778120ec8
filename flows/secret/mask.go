package secret

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Mask returns the run with every value that is a secret replaced by a name,
// the same wherever it stands: "masked-code-1". What a secret was computed
// into (a hash, a challenge) stays, because it leads nowhere back. The run
// that is given is not changed; the result can be told, drawn and saved like any other.
//
// A secret is known by the name of its parameter, header, cookie or member. It
// is replaced wherever it stands under such a name, and when it has eight
// characters or more also wherever else it occurs, encoded in any way of the web.
func Mask(t *trace.Trace) *trace.Trace {
	m := MaskerOf(t)
	out := &trace.Trace{Flow: t.Flow, Mistake: t.Mistake, Outcome: t.Outcome, Messages: make([]trace.Message, len(t.Messages))}
	out.Outcome.Reason = m.Text(t.Outcome.Reason)
	for i := range t.Messages {
		out.Messages[i] = m.message(t.Messages[i])
	}
	return out
}

// leastSecret is how long a value is that cannot be a word of the page it stands in.
const leastSecret = 8

// Masker knows the secrets of one run by name.
type Masker struct {
	names  map[string]string // of each secret
	kinds  map[string]int    // how many of each kind there are
	order  []string
	secret *strings.Replacer // every long secret, however encoded
}

// MaskerOf collects the secrets of a run.
func MaskerOf(t *trace.Trace) *Masker {
	m := &Masker{names: map[string]string{}, kinds: map[string]int{}}
	for i := range t.Messages {
		m.collect(&t.Messages[i])
	}
	m.prepare()
	return m
}

// Text masks the long secrets inside any text.
func (m *Masker) Text(s string) string {
	if s == "" || m.secret == nil {
		return s
	}
	return m.secret.Replace(s)
}

// value masks a text that may be a secret as a whole.
func (m *Masker) value(s string) string {
	if n, ok := m.names[s]; ok {
		return n
	}
	return m.Text(s)
}

func (m *Masker) message(msg trace.Message) trace.Message {
	msg.URL = m.url(msg.URL)
	msg.Body = []byte(m.body(&msg))
	if len(msg.Body) == 0 {
		msg.Body = nil
	}
	header := slices.Clone(msg.Header)
	for i := range header {
		header[i].Value = m.Header(header[i])
	}
	msg.Header = header
	msg.Checks = slices.Clone(msg.Checks)
	for i := range msg.Checks {
		c := &msg.Checks[i]
		c.Expected, c.Got, c.Reason = m.value(c.Expected), m.value(c.Got), m.Text(c.Reason)
	}
	if msg.Act != nil {
		act := *msg.Act
		act.Object, act.Fields = m.Text(act.Object), m.fields(act.Fields)
		msg.Act = &act
	}
	if msg.Calc != nil {
		calc := *msg.Calc
		calc.Inputs, calc.Outputs, calc.Command = m.fields(calc.Inputs), m.fields(calc.Outputs), m.Text(calc.Command)
		calc.Steps = slices.Clone(calc.Steps)
		for i := range calc.Steps {
			calc.Steps[i].Does, calc.Steps[i].Result = m.Text(calc.Steps[i].Does), m.value(calc.Steps[i].Result)
		}
		msg.Calc = &calc
	}
	msg.Edited = slices.Clone(msg.Edited)
	for i := range msg.Edited {
		msg.Edited[i] = m.edit(msg.Edited[i])
	}
	return msg
}

// field masks one value by its name, or what it holds.
func (m *Masker) field(f trace.Field) string {
	if kind := Kind(f.Name); kind != "" {
		if masked := m.Text(f.Value); masked != f.Value && strings.HasPrefix(f.Name, "random bytes for ") {
			return masked
		}
		return m.name(kind, f.Value)
	}
	return m.Text(f.Value)
}

func (m *Masker) fields(fields []trace.Field) []trace.Field {
	out := slices.Clone(fields)
	for i := range out {
		out[i].Value = m.field(out[i])
	}
	return out
}

func (m *Masker) url(raw string) string {
	before, frag, hasFragment := strings.Cut(raw, "#")
	path, query, hasQuery := strings.Cut(before, "?")
	out := m.Text(path)
	if hasQuery {
		out += "?" + m.pairs(query)
	}
	if hasFragment {
		out += "#" + m.pairs(frag)
	}
	return out
}

func (m *Masker) pairs(raw string) string {
	return m.Text(rawPairs(raw, func(name, value string) (string, bool) {
		masked := m.field(trace.Field{Name: name, Value: value})
		return masked, masked != value
	}))
}

// Header masks the value of a header.
func (m *Masker) Header(f trace.Field) string {
	switch strings.ToLower(f.Name) {
	case "cookie":
		return m.cookies(f.Value)
	case "location", "referer", "content-location":
		if m.secret == nil {
			m.collectURL(f.Value)
		}
		return m.url(f.Value)
	}
	kind, before, secret, after := ofHeader(f)
	if kind == "" {
		return m.Text(f.Value)
	}
	if kind == "credentials" && m.secret == nil {
		m.basic(secret)
	}
	return before + m.name(kind, secret) + after
}

// basic collects the secret inside Basic credentials (RFC 6749 section 2.3.1).
func (m *Masker) basic(credentials string) {
	pair, err := base64.StdEncoding.DecodeString(credentials)
	if err != nil {
		return
	}
	if _, secret, found := strings.Cut(string(pair), ":"); found {
		if plain, err := url.QueryUnescape(secret); err == nil {
			m.name("client-secret", plain)
		}
		m.name("client-secret", secret)
	}
}

func (m *Masker) cookies(header string) string {
	parts := strings.Split(header, ";")
	for i, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if value == "" { // then that may be the value: RFC 6265bis section 5.7
			parts[i] = m.name("cookie", part)
			continue
		}
		parts[i] = name + "=" + m.name("cookie", value)
	}
	return strings.Join(parts, ";")
}

func (m *Masker) body(msg *trace.Message) string {
	switch {
	case len(msg.Body) == 0:
		return ""
	case msg.IsForm():
		return m.pairs(string(msg.Body))
	case msg.IsJSON():
		if texts := texts(msg.Body); texts != nil {
			return m.json(msg.Body, texts)
		}
	case msg.IsHTML():
		return m.page(msg.Body)
	}
	return m.Text(string(msg.Body))
}

// json rewrites the texts of JSON and leaves every other byte.
func (m *Masker) json(body []byte, texts []Text) string {
	var b strings.Builder
	at := 0
	for _, t := range texts {
		masked := m.Text(t.Value)
		if kind := memberKind(t.Name); kind != "" {
			masked = m.name(kind, t.Value)
		}
		if masked == t.Value {
			continue
		}
		b.Write(body[at:t.from])
		quoted, _ := json.Marshal(masked) // a string always has a JSON form
		b.Write(quoted)
		at = t.to
	}
	b.Write(body[at:])
	return b.String()
}

// page masks the long secrets of a page, and the short ones where a field holds them.
func (m *Masker) page(body []byte) string {
	out := m.Text(string(body))
	for _, f := range InPage(body) {
		if len(f.Value) < leastSecret {
			n := m.name(Kind(f.Name), f.Value)
			out = strings.ReplaceAll(out, `value="`+html.EscapeString(f.Value)+`"`, `value="`+n+`"`)
			out = strings.ReplaceAll(out, f.Name+"="+f.Value, f.Name+"="+n)
		}
	}
	return out
}

// edit masks what a learner changed, by what it says that it was.
func (m *Masker) edit(e trace.EditMark) trace.EditMark {
	change := func(s string) string { return m.value(s) }
	what, name, _ := strings.Cut(e.What, " ")
	switch {
	case what == "parameter" && Kind(name) != "":
		change = func(s string) string { return m.name(Kind(name), s) }
	case what == "header":
		change = func(s string) string { return m.Header(trace.Field{Name: name, Value: s}) }
	case e.What == "url":
		if m.secret == nil {
			m.collectURL(e.Before)
			m.collectURL(e.After)
		}
		change = m.url
	case e.What == "body":
		if m.secret == nil {
			m.collectFields(trace.ParsePairs(e.Before))
			m.collectFields(trace.ParsePairs(e.After))
		}
		change = m.pairs
	}
	e.Before, e.After = change(e.Before), change(e.After)
	return e
}
