package export

import (
	"fmt"
	"strings"
)

// table writes rows whose cells are Markdown already; nothing when there is no row.
func (p *markdownPen) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.b.WriteString("| " + strings.Join(head, " | ") + " |\n|" + strings.Repeat(" --- |", len(head)) + "\n")
	for _, row := range rows {
		p.b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	p.b.WriteByte('\n')
}

// fence writes a code block that its content cannot close.
func (p *markdownPen) fence(language, content string) {
	marks := strings.Repeat("`", max(3, longestRun(content)+1))
	p.put("%s%s\n%s\n%s", marks, language, strings.TrimSuffix(content, "\n"), marks)
}

// cell returns a value from the wire for a cell of a table, as code. A pipe
// ends a cell even inside code, so it is escaped; so is the backslash that a
// reader would otherwise take for the escape of a pipe.
func cell(value string) string {
	if value == "" {
		return ""
	}
	if strings.Contains(value, `\|`) { // no escape means this inside code
		return escapeMarkdown(value)
	}
	return strings.ReplaceAll(codeSpan(value), "|", `\|`)
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
	b.Grow(len(s) + len(s)/4)
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
