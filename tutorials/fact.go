package tutorials

import (
	"fmt"
	"strings"
)

// Fact is something in a table that a run shows: whoever points at the words
// goes to the step at which one sees it.
type Fact struct {
	Words []string // as they are in a cell, in one voice or another
	Watch string   // the address of the step
	When  string   // what has to be true of the run, see package flows/ask
}

// readFacts reads a list: the words with slashes between them, the address,
// and what is true of the run, with bars between the three.
func readFacts(text string) ([]Fact, error) {
	var facts []Fact
	for line := range strings.SplitSeq(text, "\n") {
		parts := strings.SplitN(strings.TrimPrefix(line, "- "), " | ", 3)
		if len(parts) != 3 {
			return nil, fmt.Errorf("a fact is words, an address and an expression, with | between them, and this one is %q", line)
		}
		facts = append(facts, Fact{Words: strings.Split(parts[0], " / "), Watch: parts[1], When: parts[2]})
	}
	return facts, nil
}

// Pointed is a cell of a table in which the words of a fact lead to its step.
func (s *Screen) Pointed(cell string) string {
	for _, f := range s.Facts {
		for _, words := range f.Words {
			if cell == words {
				return "[" + words + "](at:" + f.Watch + ")"
			}
		}
	}
	return cell
}
