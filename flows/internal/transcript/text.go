package transcript

import (
	"fmt"
	"strings"
)

// Lines writes which lines of a text are otherwise than in a usual one, in the
// form in which a [Difference] tells a step. Of many lines that are gone together
// it shows the first. ApplyLines makes the text again.
func Lines(usual, text string) string {
	a := strings.Split(usual, "\n")
	lines := compare(a, strings.Split(text, "\n"))
	for i := range lines {
		if lines[i].op != keep {
			showAround(lines, i)
		}
	}
	var out []string
	at := 0 // in a
	for i := 0; i < len(lines); {
		n := hidden(lines[i:])
		switch lost := dropped(lines[i:]); {
		case n > 0:
			out = append(out, skip(a[at:at+n], lines[i+n:])...)
		case lost > fewLines:
			n = lost
			out = append(out, lines[i].marked(), fmt.Sprintf(leaving, lost-1))
		default:
			n = 1
			out = append(out, lines[i].marked())
		}
		if lines[i].op != add {
			at += n
		}
		i += n
	}
	return strings.Join(out, "\n")
}

const (
	fewLines = 3                         // that are gone together, and shown
	leaving  = skipped + " %d more gone" // is written for the others
)

func dropped(lines []line) int {
	n := 0
	for n < len(lines) && lines[n].op == drop {
		n++
	}
	return n
}

// ApplyLines makes a text again from the usual one and its [Lines].
func ApplyLines(usual, differ string) (string, error) {
	var changes []string
	if differ != "" {
		changes = strings.Split(differ, "\n")
	}
	lines, err := patch(strings.Split(usual, "\n"), changes)
	return strings.Join(lines, "\n"), err
}
