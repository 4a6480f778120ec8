package telling

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Channel says how message i travelled, in the words of the voice; "" where no network was used.
func (t *Teller) Channel(i int) string {
	switch c := t.run.Messages[i].Channel; c {
	case trace.Front, trace.Back:
		if t.story.Developer {
			return t.Say("channel-exact." + string(c))
		}
		return t.Say("channel." + string(c))
	case trace.Local:
		return ""
	default:
		return harmless.Line(string(c))
	}
}

// Legend says what a kind of line means: "front", "back", "gesture", "note", or
// "deed" for a note of what was done to a server.
func (t *Teller) Legend(line string) string {
	if t.story.Developer {
		return t.Say("legend-exact." + line)
	}
	return t.Say("legend." + line)
}

// Artefact says what travels.
func (t *Teller) Artefact(a Artefact) string {
	if t.story.Artefact != nil {
		if name := t.story.Artefact(a); name != "" {
			return harmless.Line(name)
		}
	}
	return strings.ReplaceAll(string(a), "-", " ")
}

// Rule says a rule in the words of the voice. The check's own phrase is no
// Markdown: it is taken as it stands.
func (t *Teller) Rule(c trace.Check) []markup.Span {
	var spans []markup.Span
	if t.story.Rule != nil {
		for i, b := range blocks(t.story.Rule(c)) {
			if i > 0 {
				spans = append(spans, markup.Span{Text: " "})
			}
			spans = append(spans, b.Spans...)
		}
	}
	if len(spans) == 0 {
		spans = []markup.Span{{Text: harmless.Line(c.Rule)}}
	}
	return spans
}
