package export

import (
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// wire writes what crossed the network, or what was computed, or what the
// person did: everything that a developer wants to see of a message but its checks.
func (n *narrator) wire(i int, m *trace.Message) {
	switch {
	case m.Act != nil:
		n.act(m.Act)
	case m.Calc != nil:
		n.calculation(m.Calc)
	case m.Kind == trace.Request || m.Kind == trace.Response:
		n.http(i, m)
	}
}

func (n *narrator) act(a *trace.Act) {
	if len(a.Fields) == 0 {
		return
	}
	n.line()
	n.label("typed")
	n.secrets("", a.Fields)
	n.noLabel()
}

func (n *narrator) http(i int, m *trace.Message) {
	n.line()
	n.label(string(m.Kind))
	keyword, rest := startLine(m)
	keyword = elide(keyword+" ", n.room()/2)
	room := max(n.room()-measure().StringWidth(keyword), 0)
	for _, part := range atSlashes(rest, room) {
		n.line(span{keyword, bold}, span{text: elide(part, room)})
		keyword = pad("", measure().StringWidth(keyword))
	}
	for _, s := range sections(m) {
		n.label(s.name)
		n.secrets(s.name, s.fields)
	}
	if lines := body(m); len(lines) > 0 {
		n.label("body")
		for _, l := range lines {
			n.bodyLine(l)
		}
		if names := secret.InBody(m); len(names) > 0 {
			n.label(secretWord)
			n.text(0, span{harmless.Line(strings.Join(names, ", ")), notice})
		}
	}
	n.noLabel()
	for _, t := range tokens(m) {
		n.token(i, t)
	}
}

// secrets writes the values of a section, and marks those that are secrets.
func (n *narrator) secrets(section string, fields []trace.Field) {
	n.marked(fields, func(f trace.Field) bool { return secret.Marked(section, f) })
}

// bodyLine wraps a sentence, such as an error_description, and shortens what is one long value.
func (n *narrator) bodyLine(l string) {
	const sentence = 4 // words at least
	if n.room() == 0 || len(strings.Fields(l)) < sentence {
		n.line(span{text: elide(l, n.room())})
		return
	}
	indent := l[:len(l)-len(strings.TrimLeft(l, " "))]
	for i, part := range wrap([]span{{text: strings.TrimSpace(l)}}, n.room()-len(indent), 2) {
		if i > 0 {
			part = append([]span{{text: "  "}}, part...)
		}
		n.line(append([]span{{text: indent}}, part...)...)
	}
}

// atSlashes splits an address behind slashes so that each part fits; 0 does not split.
func atSlashes(address string, width int) []string {
	var parts []string
	for width > 0 && measure().StringWidth(address) > width {
		head := measure().Truncate(address, width, "")
		end := strings.LastIndexByte(head, '/') + 1
		if end <= len("https://") {
			break
		}
		parts = append(parts, address[:end])
		address = address[end:]
	}
	return append(parts, address)
}

func (n *narrator) token(i int, t token) {
	n.line()
	n.label("token")
	defer n.noLabel()
	if step, ok := n.told[t.raw]; ok {
		n.text(2, span{elide(harmless.Line(t.name), n.room()), name}, span{fmt.Sprintf(" carries the token decoded in step %d", step), quiet})
		return
	}
	n.told[t.raw] = i + 1
	n.text(2, span{elide(harmless.Line(t.name), n.room()), name}, span{" decoded, not verified here", quiet})
	for _, part := range []section{{"  header", t.jwt.Header}, {"  payload", t.jwt.Payload}} {
		n.label(part.name)
		fields := make([]trace.Field, len(part.fields))
		for i, f := range part.fields {
			fields[i] = f
			if date := moment(f); date != "" {
				fields[i].Value += "  " + date
			}
		}
		n.rows(fields)
	}
	n.label("  signed")
	n.line(span{elide(harmless.Line(t.jwt.Signature), n.room()), quiet})
}

func (n *narrator) calculation(c *trace.Calc) {
	n.line()
	if len(c.Inputs) > 0 {
		n.label("input")
		n.secrets("", c.Inputs)
	}
	for _, s := range c.Steps {
		n.label("step")
		n.text(2, span{text: harmless.Line(s.Does)})
		n.text(2, span{"= ", quiet}, span{text: n.shortened(s.Result, 2)})
	}
	if len(c.Outputs) > 0 {
		n.label("output")
		n.secrets("", c.Outputs)
	}
	n.noLabel()
	if c.Command != "" {
		n.command(c.Command)
	}
}

func (n *narrator) shortened(s string, taken int) string {
	room := n.room()
	if room == 0 {
		return harmless.Line(s)
	}
	return elide(harmless.Line(s), room-taken)
}

// command writes a shell command whole. It breaks only after a pipe, where the shell allows a line end.
func (n *narrator) command(command string) {
	n.label("try it")
	lines := []string{harmless.Line(command)}
	if room := n.room(); room > 0 && cells([]span{{text: lines[0]}}) > room-2 {
		lines = afterPipes(lines[0])
	}
	for i, l := range lines {
		prompt := "$ "
		if i > 0 {
			prompt = "  "
		}
		n.line(span{prompt, quiet}, span{text: l})
	}
	n.noLabel()
}

// afterPipes splits a command after each "| " that stands outside quotes.
func afterPipes(command string) []string {
	var lines []string
	var quote byte
	from := 0
	for i := 0; i < len(command); i++ {
		c := command[i]
		switch {
		case c == '\\' && quote != '\'':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case strings.HasPrefix(command[i:], "| "):
			lines = append(lines, command[from:i+1])
			from = i + 2
		}
	}
	return append(lines, command[from:])
}
