// Package export turns a run into something that can be kept: text for a
// terminal, Markdown, a page of HTML, JSON, the diagram in Mermaid, SVG and PNG,
// a HAR file, a curl command and a script of them. [Formats] lists them;
// [secret.Mask] takes the secrets out.
//
// Every export is a view of a [trace.Trace] and of nothing else. The words are
// handed in as a [Story]. The package decides nothing about a flow, verifies
// nothing, and knows no tutorial, no provider and no screen.
//
// Values that crossed the wire may be hostile. No export lets them act: control
// characters are written as escapes, and the syntax of Markdown, Mermaid and
// the shell is quoted.
package export

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Story is how a run is told: the words of one voice through one lens.
// A function that is nil, or that returns nothing, leaves the ids standing.
type Story struct {
	Title string // "Authorization code with PKCE"
	Intro string // before the first step
	Done  string // after the last one, when the flow ended as it should

	Role    func(trace.Role) (name, also string) // what a party is called, and its other name
	Chapter func(id string) string               // title of a chapter
	Step    func(id string) Words                // words of a step
	Rule    func(trace.Check) string             // a rule in the words of the voice
	Refused func(trace.Outcome) string           // why the run ended
	// Artefact names what travels: "code", "access-token", "id-token", "refresh-token", "secret", "client-secret", "password".
	Artefact func(id string) string

	Developer bool // show the wire: requests, parameters, checks with expected and got, decoded tokens
}

// Words are the words of one step. The texts are Markdown of a small kind:
// paragraphs, lists, **bold**, `code` and [links](glossary:term).
type Words struct {
	Label    string // what stands on the arrow
	Title    string
	Likeness string
	Happened string
	Why      string
	Risk     string
}

func (s Story) role(r trace.Role) (name, also string) {
	if s.Role != nil {
		if name, also = s.Role(r); name != "" {
			return harmless.Line(name), harmless.Line(also)
		}
	}
	return harmless.Line(string(r)), ""
}

func (s Story) roleName(r trace.Role) string {
	name, _ := s.role(r)
	return name
}

func (s Story) chapter(id string) string {
	if s.Chapter != nil {
		if title := s.Chapter(id); title != "" {
			return harmless.Line(title)
		}
	}
	return harmless.Line(id)
}

// step returns the words for a message; Label and Title are never empty.
func (s Story) step(m *trace.Message) Words {
	var w Words
	if s.Step != nil {
		w = s.Step(m.Step)
	}
	if w.Label == "" {
		w.Label = labelOf(m)
	}
	if w.Title == "" {
		w.Title = m.Step
	}
	if m.Status > 0 { // words say "4xx" where only the run knows which
		w.Label = strings.Replace(w.Label, "4xx", strconv.Itoa(m.Status), 1)
	}
	w.Label, w.Title = harmless.Line(w.Label), harmless.Line(w.Title)
	return w
}

// rule returns a rule in the words of the voice. The check's own phrase is no
// Markdown: it is taken as it stands.
func (s Story) rule(c trace.Check) []span {
	var out []span
	if s.Rule != nil {
		for i, b := range parseMarkup(s.Rule(c)) {
			if i > 0 {
				out = append(out, span{text: " "})
			}
			out = append(out, b.spans...)
		}
	}
	if len(out) == 0 {
		out = []span{{text: harmless.Line(c.Rule)}}
	}
	return out
}

// refused returns why a run ended, in the same way.
func (s Story) refused(o trace.Outcome) []block {
	if s.Refused != nil {
		if why := parseMarkup(s.Refused(o)); len(why) > 0 {
			return why
		}
	}
	if o.Reason == "" {
		return nil
	}
	return []block{{spans: []span{{text: harmless.Line(o.Reason)}}}}
}

func (s Story) title(t *trace.Trace) string {
	if s.Title != "" {
		return harmless.Line(s.Title)
	}
	return harmless.Line(t.Flow)
}

// labelOf names a message by what it is, for a step that has no words.
func labelOf(m *trace.Message) string {
	switch {
	case m.Kind == trace.Gesture && m.Act != nil:
		return m.Act.Verb + " " + m.Act.Object
	case m.Kind == trace.Request:
		if u, err := url.Parse(m.URL); err == nil {
			return m.Method + " " + u.Path
		}
		return m.Method
	case m.Kind == trace.Response:
		return statusLine(m.Status)
	}
	return m.Step
}

// statusLine returns "302 Found".
func statusLine(status int) string {
	line := strconv.Itoa(status)
	if text := http.StatusText(status); text != "" {
		line += " " + text
	}
	return line
}

// cast lists the parties that take part in the run, in the order of the lanes.
func cast(t *trace.Trace) []trace.Role {
	seen := map[trace.Role]bool{}
	var met []trace.Role
	for i := range t.Messages {
		for _, r := range []trace.Role{t.Messages[i].From, t.Messages[i].To} {
			if !seen[r] {
				seen[r] = true
				met = append(met, r)
			}
		}
	}
	known := map[trace.Role]bool{}
	var roles []trace.Role
	for _, r := range trace.Roles() {
		known[r] = true
		if seen[r] {
			roles = append(roles, r)
		}
	}
	for _, r := range met {
		if !known[r] {
			roles = append(roles, r)
		}
	}
	return roles
}

// tally counts what a run was made of.
type tally struct{ requests, pass, fail, skip int }

func count(t *trace.Trace) tally {
	var n tally
	for i := range t.Messages {
		if t.Messages[i].Kind == trace.Request {
			n.requests++
		}
		for _, c := range t.Messages[i].Checks {
			switch c.Result {
			case trace.Pass:
				n.pass++
			case trace.Fail:
				n.fail++
			case trace.Skip:
				n.skip++
			}
		}
	}
	return n
}

// summary returns "25 steps · 9 requests · 41 checks passed".
func summary(t *trace.Trace) string {
	n := count(t)
	out := plural(len(t.Messages), "step") + " · " + plural(n.requests, "request") + " · " + plural(n.pass, "check") + " passed"
	if n.fail > 0 {
		out += " · " + strconv.Itoa(n.fail) + " failed"
	}
	if n.skip > 0 {
		out += " · " + strconv.Itoa(n.skip) + " skipped"
	}
	return out
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// channel says how a message travelled, in the words of the voice; "" for none.
func (s Story) channel(c trace.Channel) string {
	switch {
	case c == trace.Front && s.Developer:
		return "front channel"
	case c == trace.Back && s.Developer:
		return "back channel"
	case c == trace.Front:
		return "through the browser"
	case c == trace.Back:
		return "behind the scenes"
	case c == trace.Local:
		return ""
	}
	return harmless.Line(string(c))
}
