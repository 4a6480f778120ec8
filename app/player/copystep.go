package player

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// copying puts what is looked at on the clipboard.
type copying struct{ screen *Screen }

// putCurl puts the request that is looked at on the clipboard, as a curl command.
func (c copying) putCurl() {
	if text := c.curl(); text != "" {
		c.put(text, c.screen.narrator.Say().Text("inspector.what.curl-request"))
	}
}

// putStep puts all that is told of the step that is looked at on the clipboard,
// as text for a mail or a slide.
func (c copying) putStep() {
	if c.screen.player == nil || c.screen.player.Current() == nil {
		return
	}
	c.put(stepText(c.screen.player, c.screen.told()), c.screen.narrator.Say().Text("inspector.what.step"))
}

func (c copying) curl() string {
	m := c.request()
	if m == nil {
		return ""
	}
	text, err := export.Curl(m, export.CurlOptions{})
	c.screen.do(err)
	return text
}

func (c copying) put(text, what string) {
	if c.screen.OnCopy != nil {
		c.screen.OnCopy(text, what)
	}
	c.screen.Done(c.screen.narrator.Say().Text("player.copied", "what", what), "", nil)
}

// request is the one that is looked at, or that was answered; nil where there is none.
func (c copying) request() *trace.Message {
	if c.screen.player == nil {
		return nil
	}
	m := c.screen.player.Current()
	if m != nil && m.Kind == trace.Response {
		m = c.screen.player.At(c.screen.player.Plan().Request(c.screen.player.Cursor()))
	}
	if m == nil || m.Kind != trace.Request {
		return nil
	}
	return m
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
