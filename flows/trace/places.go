package trace

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// Part is where in a message a value stands.
type Part string

// The parts of a message.
const (
	InURL    Part = "url"
	InHeader Part = "header"
	InBody   Part = "body"
	InToken  Part = "token" // a claim or header member inside a token
	InCalc   Part = "calc"
	InCheck  Part = "check"
	InAct    Part = "act"
)

// Place is one spot where a value stands.
type Place struct {
	Message int    `json:"message"` // index in the trace
	Part    Part   `json:"part"`
	Name    string `json:"name"` // "code_challenge", "id_token › nonce", "got"
	Value   string `json:"value"`
}

// Carries reports whether the value stands anywhere in the message.
func (m *Message) Carries(value string) bool {
	if value == "" {
		return false
	}
	for _, p := range m.Places() {
		if p.Value == value {
			return true
		}
	}
	return false
}

// Latest returns the value that a name had most recently, looking at every
// place; "" when the name has not occurred. Claims go by "id_token › sub".
func (t *Trace) Latest(name string) string {
	for i := len(t.Messages) - 1; i >= 0; i-- {
		for _, p := range t.Messages[i].Places() {
			if p.Name == name {
				return p.Value
			}
		}
	}
	return ""
}

// Places lists every named value of the message. Message is left 0.
func (m *Message) Places() []Place { return m.places(DecodeJWT) }

func (m *Message) places(decode func(string) (JWT, error)) []Place {
	c := collector{decode: decode}
	c.pairs(InURL, "", m.Query())
	c.pairs(InURL, "", FragmentOf(m.URL))
	for _, h := range m.Header {
		c.header(h)
	}
	c.pairs(InBody, "", m.Form())
	if m.IsJSON() {
		c.json("", m.Body)
	}
	if m.Calc != nil {
		c.pairs(InCalc, "", m.Calc.Inputs)
		for _, s := range m.Calc.Steps {
			c.add(InCalc, s.Does, s.Result)
		}
		c.pairs(InCalc, "", m.Calc.Outputs)
	}
	for _, check := range m.Checks {
		c.add(InCheck, "expected", check.Expected)
		c.add(InCheck, "got", check.Got)
	}
	if m.Act != nil {
		c.pairs(InAct, "", m.Act.Fields)
	}
	return c.places
}

type collector struct {
	places []Place
	decode func(raw string) (JWT, error)
}

func (c *collector) pairs(part Part, prefix string, fields []Field) {
	for _, f := range fields {
		c.add(part, prefix+f.Name, f.Value)
	}
}

// add lists a value and, when it is a token, what is inside it.
func (c *collector) add(part Part, name, value string) {
	if value == "" {
		return
	}
	c.places = append(c.places, Place{Part: part, Name: name, Value: value})
	if part == InCheck || part == InToken || strings.Count(value, ".") != 2 {
		return
	}
	if jwt, err := c.decode(value); err == nil {
		for _, f := range append(jwt.Header, jwt.Payload...) {
			c.add(InToken, name+" › "+f.Name, Unquote(f.Value))
		}
	}
}

func (c *collector) header(h Field) {
	switch h.Name {
	case "Authorization":
		scheme, value, _ := strings.Cut(h.Value, " ")
		if strings.EqualFold(scheme, "Basic") {
			c.basic(value)
			return
		}
		c.add(InHeader, h.Name, value)
	case "Cookie":
		for pair := range strings.SplitSeq(h.Value, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			c.add(InHeader, name, value)
		}
	case "Set-Cookie":
		pair, _, _ := strings.Cut(h.Value, ";")
		name, value, _ := strings.Cut(pair, "=")
		c.add(InHeader, name, value)
	case "Location":
		c.add(InHeader, h.Name, h.Value)
		c.pairs(InHeader, "", QueryOf(h.Value))
		c.pairs(InHeader, "", FragmentOf(h.Value))
	default:
		c.add(InHeader, h.Name, h.Value)
	}
}

func (c *collector) basic(value string) {
	pair, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		c.add(InHeader, "Authorization", value)
		return
	}
	id, secret, _ := strings.Cut(string(pair), ":")
	c.add(InHeader, "client_id", unescape(id))
	c.add(InHeader, "client_secret", unescape(secret))
}

// json lists the members of objects, however deep, by their own name.
func (c *collector) json(name string, text []byte) {
	switch first := bytes.TrimLeft(text, " \t\r\n"); {
	case bytes.HasPrefix(first, []byte("{")):
		if fields, err := Members(text); err == nil {
			for _, f := range fields {
				c.json(f.Name, []byte(f.Value))
			}
			return
		}
	case bytes.HasPrefix(first, []byte("[")):
		var list []json.RawMessage
		if json.Unmarshal(text, &list) == nil {
			for _, item := range list {
				c.json(name, item)
			}
			return
		}
	}
	c.add(InBody, name, Unquote(string(text)))
}
