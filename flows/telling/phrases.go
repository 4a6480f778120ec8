package telling

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// phrases are what is said of every run. They are said again and again, so they
// are remembered: every step has the same heads.
type phrases struct {
	say    *catalog.Catalog
	said   map[string]string
	lists  map[string][]string
	counts map[counted]string
}

type counted struct {
	id string
	n  int
}

func newPhrases(say *catalog.Catalog) *phrases {
	return &phrases{say: say, said: map[string]string{}, lists: map[string][]string{}, counts: map[counted]string{}}
}

// Say says a text of the language that is no words of a flow.
func (p *phrases) Say(id string, pairs ...string) string {
	if len(pairs) > 0 {
		return p.say.Text("telling."+id, pairs...)
	}
	text, known := p.said[id]
	if !known {
		text = p.say.Text("telling." + id)
		p.said[id] = text
	}
	return text
}

func (p *phrases) count(id string, n int) string {
	text, known := p.counts[counted{id, n}]
	if !known {
		text = p.say.Count("telling."+id, n)
		p.counts[counted{id, n}] = text
	}
	return text
}

func (p *phrases) heads(ids ...string) []string { return p.sayAll("head.", ids) }

func (p *phrases) labels(ids ...string) []string { return p.sayAll("label.", ids) }

// sayAll says several texts of a group; the first of them tells which.
func (p *phrases) sayAll(group string, ids []string) []string {
	if said, known := p.lists[group+ids[0]]; known {
		return said
	}
	said := make([]string, len(ids))
	for i, id := range ids {
		said[i] = p.Say(group + id)
	}
	p.lists[group+ids[0]] = said
	return said
}

// wired is a value from the wire, and its mark where it is a secret.
func (p *phrases) wired(value string, isSecret bool) Cell {
	c := Cell{Text: harmless.Line(value), Wire: true}
	if isSecret && value != "" {
		c.Mark = p.Say("secret")
	}
	return c
}

func (p *phrases) quote(of, language string, lines []string) Quote {
	return Quote{Of: of, Title: p.Say("head." + of), Label: p.Say("label." + of), Language: language, Lines: lines}
}

// body returns the lines of a body that is no form, made readable: JSON is
// indented, a page is named by its title, bytes that are no text are counted.
func (p *phrases) body(m *trace.Message) []string {
	switch {
	case len(m.Body) == 0 || m.IsForm():
		return nil
	case !utf8.Valid(m.Body):
		return []string{p.count("body.no-text", len(m.Body))}
	case m.IsHTML():
		return []string{p.page(m)}
	}
	var pretty bytes.Buffer
	if m.IsJSON() && json.Indent(&pretty, m.Body, "", "  ") == nil {
		return strings.Split(strings.TrimSpace(harmless.Text(pretty.String())), "\n")
	}
	return strings.Split(strings.TrimRight(harmless.Text(string(m.Body)), "\n"), "\n")
}

// page returns `web page "Sign in", 2134 bytes`.
func (p *phrases) page(m *trace.Message) string {
	out := p.Say("body.page")
	if title := PageTitle(m); title != "" {
		out += " " + strconv.Quote(title)
	}
	return harmless.Line(out) + ", " + p.count("body.bytes", len(m.Body))
}
