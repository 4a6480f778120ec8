package export

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
)

// table writes named values. Those of a message stand together; what the
// learner changed, what was typed and what was worked out stand by themselves.
func (p *textPen) table(n telling.Table) {
	switch n.Of {
	case "parties":
		p.parties(n)
		return
	case "changed":
		p.begin(n.Of)
		p.changes(n)
		return
	case "input", "steps", "output":
		p.begin("calculation")
	case "typed":
		p.begin(n.Of)
	}
	if n.Of == "steps" {
		p.steps(n)
		return
	}
	p.label(n.Label)
	p.rows(n.Rows)
}

func (p *textPen) parties(n telling.Table) {
	p.line()
	column := 0
	for _, row := range n.Rows {
		column = max(column, min(cells([]span{{text: row[0].Text}}), 30))
	}
	for _, row := range n.Rows {
		who, also := p.fit(row[0].Text, 30), p.fit(row[1].Text, 40)
		if also == "" {
			p.line(span{who, party})
			continue
		}
		p.line(span{pad(who, column), party}, span{text: "  "}, span{also, quiet})
	}
}

func (p *textPen) changes(n telling.Table) {
	column := 0
	for _, m := range n.Marks {
		column = max(column, cells([]span{{text: m}}))
	}
	for _, row := range n.Rows {
		p.label(n.Label)
		p.text(2, span{row[0].Text, notice})
		for i, mark := range n.Marks {
			if value := row[i+1]; value.Text != "" {
				p.rows([][]telling.Cell{{{Text: pad(mark, column)}, value}})
			}
		}
	}
}

func (p *textPen) steps(n telling.Table) {
	for _, row := range n.Rows {
		p.label(n.Label)
		p.text(2, span{text: row[0].Text})
		if p.narrow() {
			p.text(2, span{"= ", quiet}, span{text: row[1].Text})
			continue
		}
		p.text(2, span{"= ", quiet}, span{text: elided(row[1].Text, max(p.room()-2, 0))})
	}
}

func (p *textPen) startLine(n telling.Line) {
	p.label(n.Label)
	keyword := elided(n.Keyword+" ", p.room()/2)
	room := max(p.room()-measure().StringWidth(keyword), 0)
	for _, part := range atSlashes(n.Rest, room) {
		if p.narrow() {
			p.text(4, span{keyword, bold}, span{text: part})
			keyword = "    "
			continue
		}
		p.line(span{keyword, bold}, span{text: elided(part, room)})
		keyword = pad("", measure().StringWidth(keyword))
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

func (p *textPen) quote(n telling.Quote) {
	if n.Of == "command" {
		p.begin("calculation")
		p.label(n.Label)
		for _, l := range n.Lines {
			p.command(l)
		}
		return
	}
	p.label(n.Label)
	for _, l := range n.Lines {
		p.bodyLine(l)
	}
}

// bodyLine wraps a sentence, such as an error_description, and shortens what is one long value.
func (p *textPen) bodyLine(l string) {
	const sentence = 4 // words at least
	if p.narrow() && cells([]span{{text: l}}) > p.room() {
		p.value(strings.TrimLeft(l, " "), l[:len(l)-len(strings.TrimLeft(l, " "))])
		return
	}
	if p.room() == 0 || len(strings.Fields(l)) < sentence {
		p.line(span{text: elided(l, p.room())})
		return
	}
	indent := l[:len(l)-len(strings.TrimLeft(l, " "))]
	for i, part := range wrap([]span{{text: strings.TrimSpace(l)}}, p.room()-len(indent), 2) {
		if i > 0 {
			part = append([]span{{text: "  "}}, part...)
		}
		p.line(append([]span{{text: indent}}, part...)...)
	}
}

func (p *textPen) token(n telling.Token) {
	p.line()
	p.group = ""
	p.label(n.Label)
	p.text(2, span{elided(n.Name, p.room()), name}, span{" " + n.Says, quiet})
	for _, part := range n.Parts {
		p.label("  " + part.Name)
		rows := make([][]telling.Cell, len(part.Members))
		for i, m := range part.Members {
			value := m.Value
			if m.Date != "" {
				value += "  " + m.Date
			}
			rows[i] = []telling.Cell{{Text: m.Name}, {Text: value}}
		}
		p.rows(rows)
	}
	if !n.Again {
		p.label("  " + n.SignatureLabel)
		p.line(span{elided(n.Signature, p.room()), quiet})
	}
}

// command writes a shell command whole. It breaks only after a pipe, where the shell allows a line end.
func (p *textPen) command(command string) {
	lines := []string{command}
	if room := p.room(); room > 0 && cells([]span{{text: command}}) > room-2 {
		lines = afterPipes(command)
	}
	prompt := "$ "
	for _, l := range lines {
		p.line(span{prompt, quiet}, span{text: l})
		prompt = "  "
	}
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
