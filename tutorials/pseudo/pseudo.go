// Package pseudo makes a language of no people out of English: every letter
// has an accent, every text stands in brackets. Tests walk it and look for
// words without accents: those are English that stands in the code.
//
//	Log in to the {app} with [PKCE](glossary:pkce) and `code`
//	⟦Ļöğ ïñ ţö ţĥê {app} ŵïţĥ [ṔĶĊÊ](glossary:pkce) àñð `code`⟧
//
// Placeholders, code, the targets of links and whatever is no word for a
// reader stay. The package is for tests; the program does not hold it.
package pseudo

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"
)

// Language is the tag that CLDR gives to English with accents.
const Language = "en-XA"

// Files returns the words with one more folder: the language that is made of English.
func Files(words fs.FS) (fs.FS, error) {
	made := fstest.MapFS{}
	err := fs.WalkDir(words, "en", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(words, file)
		if err != nil {
			return fmt.Errorf("read the words: %w", err)
		}
		text := translate(file, string(src))
		made[file] = &fstest.MapFile{Data: src}
		made[Language+strings.TrimPrefix(file, "en")] = &fstest.MapFile{Data: []byte(text)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("make the pseudo language: %w", err)
	}
	return made, nil
}

// translate translates a file by what it holds.
func translate(file, src string) string {
	switch folder := path.Base(path.Dir(file)); {
	case path.Ext(file) == ".md":
		text := translateMarkdown(src)
		if folder == "stacks" || folder == "courses" || folder == "board" {
			return translateHeadings(text) // of papers; elsewhere a heading is an id
		}
		return text
	case folder == "questions":
		return translateTOML(src, "run", "see") // an address and a step
	case folder == "exercises": // where the request comes from, and what it is on the wire
		return translateTOML(src, "run", "step", "rule", "method", "path", "query", "secret", "bearer", "parameter",
			"header", "member", "value", "wait")
	case file == "en/chooser.toml": // where an answer leads
		return translateTOML(src, "first", "id", "next", "result", "walk", "set-up", "flow")
	}
	return translateTOML(src, "spec", "like", "cures")
}

// translateTOML translates the strings of a file in which each stands on one
// line. What stands under one of the keys ids is nothing to read.
func translateTOML(src string, ids ...string) string {
	lines, quoted := strings.Split(src, "\n"), regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	for i, line := range lines {
		if list, ok := strings.CutPrefix(line, "why = ["); ok {
			lines[i] = "why = [" + quoted.ReplaceAllStringFunc(list, func(s string) string { return `"` + Text(s[1:len(s)-1]) + `"` })
			continue
		}
		key, value, ok := strings.Cut(line, " = \"")
		end := strings.LastIndex(value, `"`)
		if !ok || strings.HasPrefix(line, "#") || end < 0 || slices.Contains(ids, strings.TrimSpace(key)) {
			continue
		}
		lines[i] = key + " = \"" + Text(value[:end]) + value[end:]
	}
	return strings.Join(lines, "\n")
}

// translateMarkdown translates the front matter and the fields of a flow or its mistakes.
func translateMarkdown(src string) string {
	front, body := "", src
	if rest, ok := strings.CutPrefix(src, "+++\n"); ok {
		head, after, _ := strings.Cut(rest, "\n+++\n")
		front, body = "+++\n"+translateTOML(head, "status", "lens", "tried", "version", "client", "pin", "run", "voice", "try")+"\n+++\n", after
	}
	lines := strings.Split(body, "\n")
	inSection, inCode := false, false
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "```"):
			inCode = !inCode
		case inCode:
		case strings.HasPrefix(line, "#"):
			inSection = inSection || strings.HasPrefix(line, "## ")
		case inSection && strings.TrimSpace(line) != "":
			lines[i] = translateLine(line)
		}
	}
	return front + strings.Join(lines, "\n")
}

func translateHeadings(src string) string {
	lines := strings.Split(src, "\n")
	for i, line := range lines {
		if head, ok := strings.CutPrefix(line, "## "); ok {
			lines[i] = "## " + Text(head)
		}
	}
	return strings.Join(lines, "\n")
}

// translateLine translates what stands behind the name of a field, or the whole line.
func translateLine(line string) string {
	key, rest, isField := strings.Cut(line, ": ")
	switch {
	case strings.HasSuffix(line, ":") && !strings.Contains(line, " "): // a field with its text on the next lines
		return line
	case strings.HasPrefix(line, "- ") && strings.Count(line, " | ") == 2: // a fact: words of cells, an address, an expression
		words, rest, _ := strings.Cut(line[2:], " | ")
		cells := strings.Split(words, " / ")
		for i := range cells {
			cells[i] = Text(cells[i])
		}
		return "- " + strings.Join(cells, " / ") + " | " + rest
	case strings.HasPrefix(line, "- "):
		return "- " + Text(line[2:])
	case strings.HasPrefix(line, "|"):
		return translateRow(line)
	case key == "Watch" && !strings.Contains(rest, " "): // an address; elsewhere it is what there is to be seen
		return line
	case !isField || strings.ContainsAny(key, " *`[(“") || key == "":
		return Text(line)
	case slices.Contains([]string{"Picture", "Like", "Step", "Trade", "Refused", "By", "Ask", "At", "Pass", "Minutes"}, key):
		return line
	}
	return key + ": " + Text(rest)
}

// translateRow translates the cells of a table; a line of dashes has none.
func translateRow(line string) string {
	if strings.Trim(line, "|-: ") == "" {
		return line
	}
	row := strings.Split(strings.Trim(line, "|"), "|")
	for i := range row {
		row[i] = " " + Text(strings.TrimSpace(row[i])) + " "
	}
	return "|" + strings.Join(row, "|") + "|"
}

// Text translates one text.
func Text(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	accents := []rune("àḃçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀḂÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ")
	var b strings.Builder
	b.WriteString("⟦")
	for s != "" {
		n, letter := keep(s), strings.IndexByte(plain, s[0])
		switch {
		case n > 0:
			b.WriteString(s[:n])
		case letter >= 0:
			b.WriteRune(accents[letter])
			n = 1
		default: // of a letter beyond these, byte by byte
			b.WriteByte(s[0])
			n = 1
		}
		s = s[n:]
	}
	b.WriteString("⟧")
	return b.String()
}

// keep returns how many bytes at the start of a text are for the program and not for a reader.
func keep(s string) int {
	for _, row := range []struct{ open, end string }{{"{", "}"}, {"`", "`"}, {"](", ")"}} {
		if !strings.HasPrefix(s, row.open) {
			continue
		}
		if end := strings.Index(s[len(row.open):], row.end); end >= 0 {
			return len(row.open) + end + len(row.end)
		}
	}
	if strings.HasPrefix(s, `\`) && len(s) > 1 {
		return 2 // an escape, as in \n
	}
	return 0
}
