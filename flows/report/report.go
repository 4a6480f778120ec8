// Package report writes what a command found out for whoever reads it: lines for
// a terminal, JSON for a program, JUnit's XML for a CI server. What there is to
// say its callers know.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
)

// usual is how many columns lines have where nobody says.
const usual = 80

// Lines are text for a terminal.
type Lines struct {
	out   strings.Builder
	width int
}

// NewLines begins text of so many columns; 0 is 80.
func NewLines(width int) *Lines {
	if width == 0 {
		width = usual
	}
	return &Lines{width: width}
}

// Line adds one as it is.
func (l *Lines) Line(text string) { l.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// Paragraph wraps a text behind a margin. The first line may have a mark in it.
func (l *Lines) Paragraph(mark, text string) {
	margin := strings.Repeat(" ", len([]rune(mark)))
	line, empty := mark, true
	for word := range strings.FieldsSeq(text) {
		if !empty && len([]rune(line))+1+len([]rune(word)) > l.width {
			l.Line(line)
			line, empty = margin, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	l.Line(line)
}

// Write writes them all.
func (l *Lines) Write(out io.Writer) error {
	_, err := io.WriteString(out, l.out.String())
	return err //nolint:wrapcheck // who writes knows where
}

// JSON writes a value for programs, with nothing in it that acts on a terminal.
func JSON(out io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	_, err = io.WriteString(out, harmless.JSON(string(text))+"\n")
	return err //nolint:wrapcheck // who writes knows where
}
