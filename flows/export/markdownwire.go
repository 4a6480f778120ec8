package export

import (
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// wire writes what crossed the network, was computed, or was typed.
func (h *handout) wire(i int, m *trace.Message) {
	switch {
	case m.Act != nil:
		h.fields("Typed", "", m.Act.Fields)
	case m.Calc != nil:
		h.calculation(m.Calc)
	case m.Kind == trace.Request || m.Kind == trace.Response:
		h.http(i, m)
	}
}

func (h *handout) http(i int, m *trace.Message) {
	keyword, rest := startLine(m)
	h.put("%s", codeSpan(keyword+" "+rest))
	for _, s := range sections(m) {
		h.fields(strings.ToUpper(s.name[:1])+s.name[1:], s.name, s.fields)
	}
	if lines := body(m); len(lines) > 0 {
		language := "text"
		if m.IsJSON() {
			language = "json"
		}
		h.fence(language, strings.Join(lines, "\n"))
		h.bodySecrets(m)
	}
	for _, t := range tokens(m) {
		if step, ok := h.told[t.raw]; ok {
			h.put("%s carries the token decoded in step %d.", codeSpan(harmless.Line(t.name)), step)
			continue
		}
		h.told[t.raw] = i + 1
		h.put("%s, decoded, not verified here:", codeSpan(harmless.Line(t.name)))
		h.table([]string{"Part", "Member", "Value"}, append(members("header", t.jwt.Header), members("payload", t.jwt.Payload)...))
	}
}

// bodySecrets names the secrets that stand in a body.
func (h *handout) bodySecrets(m *trace.Message) {
	names := secret.InBody(m)
	for i, n := range names {
		names[i] = codeSpan(harmless.Line(n))
	}
	if len(names) > 0 {
		h.put("In this body, %s: %s", secretWord, strings.Join(names, ", "))
	}
}

func members(part string, fields []trace.Field) [][]string {
	rows := make([][]string, 0, len(fields))
	for _, f := range fields {
		value := cell(f.Value)
		if date := moment(f); date != "" {
			value += " (" + date + ")"
		}
		rows = append(rows, []string{part, cell(f.Name), value})
	}
	return rows
}

func (h *handout) calculation(c *trace.Calc) {
	h.fields("Input", "", c.Inputs)
	rows := make([][]string, 0, len(c.Steps))
	for _, s := range c.Steps {
		rows = append(rows, []string{cell(s.Does), cell(s.Result)})
	}
	h.table([]string{"Step", "Result"}, rows)
	h.fields("Output", "", c.Outputs)
	if c.Command != "" {
		h.put("Try it:")
		h.fence("sh", harmless.Text(c.Command))
	}
}

func (h *handout) fields(title, section string, fields []trace.Field) {
	rows := make([][]string, 0, len(fields))
	for _, f := range fields {
		value := cell(f.Value)
		if secret.Marked(section, f) {
			value += " (" + secretWord + ")"
		}
		rows = append(rows, []string{cell(f.Name), value})
	}
	h.table([]string{title, "Value"}, rows)
}

// table writes rows whose cells are Markdown already; nothing when there is no row.
func (h *handout) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	h.b.WriteString("| " + strings.Join(head, " | ") + " |\n|" + strings.Repeat(" --- |", len(head)) + "\n")
	for _, row := range rows {
		h.b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	h.b.WriteByte('\n')
}

// fence writes a code block that its content cannot close.
func (h *handout) fence(language, content string) {
	marks := strings.Repeat("`", max(3, longestRun(content)+1))
	h.put("%s%s\n%s\n%s", marks, language, strings.TrimSuffix(content, "\n"), marks)
}

// cell returns a value from the wire for a cell of a table, as code. A pipe
// ends a cell even inside code, so it is escaped; so is the backslash that a
// reader would otherwise take for the escape of a pipe.
func cell(value string) string {
	if value == "" {
		return ""
	}
	if strings.Contains(value, `\|`) { // no escape means this inside code
		return escapeMarkdown(harmless.Line(value))
	}
	return strings.ReplaceAll(codeSpan(harmless.Line(value)), "|", `\|`)
}

// codeSpan quotes text with more backticks than it holds in a row (CommonMark 6.1).
func codeSpan(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	marks := strings.Repeat("`", longestRun(s)+1)
	if len(marks) > 1 || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return marks + s + marks
}

func longestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// escapeMarkdown makes running text of any text: no Markdown, no HTML, no
// entity, and no address that a reader would turn into a link.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune(`&<>@|\`, r):
			fmt.Fprintf(&b, "&#%d;", r)
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteString("&#58;")
		case r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www"):
			b.WriteString("&#46;")
		case strings.ContainsRune("`*_{}[]#~$!^", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case i == 0 && strings.ContainsRune("+-=", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return numbered(b.String())
}

// numbered keeps "1." or "1)" at the start of a text from becoming a list.
func numbered(s string) string {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}
