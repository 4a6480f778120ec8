package player

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// CopyStep puts all that is told of the step that is looked at on the clipboard,
// as text for a mail or a slide.
func (s *Screen) CopyStep() {
	if s.player == nil || s.player.Current() == nil {
		return
	}
	s.copied(stepText(s.player, s.told()), s.narrator.Say().Text("inspector.what.step"))
}

// stepText is what is told of the message under the cursor: its title, who sends
// what to whom, the words, what was sent where the wire is shown, and what was checked.
func stepText(p *Player, n tutorials.Narrator) string {
	var parts []string
	for _, noun := range told(p, n).Step(p.Cursor()) {
		switch noun := noun.(type) {
		case telling.Step:
			parts = append(parts, strconv.Itoa(noun.Number)+". "+noun.Title)
		case telling.Way:
			way := noun.From + ": " + noun.Label
			if !noun.Alone {
				way = noun.From + " → " + noun.To + ": " + noun.Label
			}
			parts = append(parts, way)
		case telling.Passage:
			for i, b := range noun.Blocks {
				text := markup.Words(b.Spans)
				if i == 0 && noun.Lead != "" {
					text = noun.Lead + " " + text
				}
				parts = append(parts, text)
			}
		case telling.Line:
			parts = append(parts, noun.Keyword+" "+noun.Rest)
		case telling.Table:
			parts = append(parts, rowsText(noun))
		case telling.Quote:
			parts = append(parts, strings.Join(noun.Lines, "\n"))
		case telling.Checks:
			parts = append(parts, checksText(noun))
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func rowsText(t telling.Table) string {
	lines := make([]string, 0, len(t.Rows))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i := range row {
			cells[i] = row[i].Text
		}
		lines = append(lines, strings.Join(cells, ": "))
	}
	return strings.Join(lines, "\n")
}

func checksText(c telling.Checks) string {
	var lines []string
	for _, v := range c.Verdicts {
		lines = append(lines, v.Says+": "+strings.TrimSpace(markup.Words(v.Rule)+" "+v.Spec))
	}
	if c.Passed != "" {
		lines = append(lines, c.Passed)
	}
	return strings.Join(lines, "\n")
}
