package tutorials

import (
	"fmt"
	"strings"
)

// passages parts words from tables, the lines of which begin with a bar.
func passages(text string) ([]Passage, error) {
	var out []Passage
	var words []string
	flush := func() {
		if all := strings.TrimSpace(strings.Join(words, "\n\n")); all != "" {
			out = append(out, Passage{Words: all})
		}
		words = nil
	}
	for part := range strings.SplitSeq(text, "\n\n") {
		if !strings.HasPrefix(part, "|") {
			words = append(words, part)
			continue
		}
		flush()
		t, err := readTable(part)
		if err != nil {
			return nil, err
		}
		out = append(out, Passage{Table: t})
	}
	flush()
	return out, nil
}

// readTable reads a table as GitHub writes one: a head, a line of dashes, rows.
func readTable(text string) (Table, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 3 || strings.Trim(lines[1], "|-: ") != "" {
		return Table{}, fmt.Errorf("a table has a head, a line of dashes and rows, and this one does not: %q", lines[0])
	}
	t := Table{Head: cells(lines[0])}
	for _, line := range lines[2:] {
		row := cells(line)
		if len(row) != len(t.Head) {
			return Table{}, fmt.Errorf("the table has %d columns and this row %d: %q", len(t.Head), len(row), line)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func cells(line string) []string {
	parts := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
