package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Markdown writes the run as a handout in CommonMark with the tables of GitHub
// Flavored Markdown, and its sequence diagram at the end. Values stand in full.
func Markdown(w io.Writer, t *trace.Trace, s Story) error {
	h := handout{w: w, story: s, told: map[string]int{}}
	h.opening(t)
	chapter := ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Chapter != chapter {
			chapter = m.Chapter
			h.put("## %s", escapeMarkdown(s.chapter(chapter)))
		}
		h.message(i, m)
		if err := h.flush(); err != nil {
			return err
		}
	}
	h.ending(t)
	h.put("## The whole conversation")
	h.b.WriteString("```mermaid\n") // the diagram holds no backtick
	if err := h.flush(); err != nil {
		return err
	}
	if err := Mermaid(w, t, s); err != nil {
		return err
	}
	h.b.WriteString("```\n")
	return h.flush()
}

// flush hands on what was written so far, so that no run has to fit into memory twice.
func (h *handout) flush() error {
	_, err := io.WriteString(h.w, h.b.String())
	h.b.Reset()
	return err
}

type handout struct {
	w     io.Writer
	b     strings.Builder
	story Story
	told  map[string]int // tokens that were decoded already, and in which step
}

// put writes one block and the empty line after it.
func (h *handout) put(format string, args ...any) {
	fmt.Fprintf(&h.b, format+"\n\n", args...)
}

func (h *handout) opening(t *trace.Trace) {
	h.put("# %s", escapeMarkdown(h.story.title(t)))
	h.words("", parseMarkup(h.story.Intro))
	rows := make([][]string, 0, len(trace.Roles()))
	for _, r := range cast(t) {
		name, also := h.story.role(r)
		rows = append(rows, []string{escapeMarkdown(name), escapeMarkdown(also)})
	}
	h.table([]string{"Party", "Also called"}, rows)
}

func (h *handout) message(i int, m *trace.Message) {
	w := h.story.step(m)
	h.put("### %d. %s", i+1, escapeMarkdown(w.Title))
	h.put("%s", h.arrow(m, w.Label))
	h.words("", parseMarkup(w.Happened))
	h.words("Think of it like this.", parseMarkup(w.Likeness))
	h.words("Why it matters.", parseMarkup(w.Why))
	h.words("What could go wrong?", parseMarkup(w.Risk))
	h.edits(m)
	if h.story.Developer {
		h.wire(i, m)
	}
	h.checks(m)
}

func (h *handout) arrow(m *trace.Message, label string) string {
	out := "**" + escapeMarkdown(h.story.roleName(m.From)) + "**"
	if m.From != m.To {
		line := " → "
		if m.Channel == trace.Back {
			line = " ⇒ "
		}
		out += line + "**" + escapeMarkdown(h.story.roleName(m.To)) + "**"
	}
	if channel := h.story.channel(m.Channel); channel != "" {
		out += " (" + escapeMarkdown(channel) + ")"
	}
	return out + ": " + escapeMarkdown(label)
}

// words writes paragraphs and lists; the lead stands in bold before the first.
func (h *handout) words(lead string, blocks []block) {
	for i, b := range blocks {
		text := spansToMarkdown(b.spans)
		if i == 0 && lead != "" {
			text = "**" + lead + "** " + text
		}
		if !b.item {
			h.put("%s", text)
			continue
		}
		h.b.WriteString("- " + text + "\n")
		if i+1 == len(blocks) || !blocks[i+1].item {
			h.b.WriteByte('\n')
		}
	}
}

func spansToMarkdown(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.style {
		case bold:
			b.WriteString("**" + escapeMarkdown(s.text) + "**")
		case code:
			b.WriteString(codeSpan(s.text))
		default:
			b.WriteString(escapeMarkdown(s.text))
		}
	}
	return b.String()
}

func (h *handout) edits(m *trace.Message) {
	rows := make([][]string, 0, len(m.Edited))
	for _, e := range m.Edited {
		rows = append(rows, []string{escapeMarkdown(harmless.Line(e.What)), cell(e.Before), cell(e.After)})
	}
	h.table([]string{"Changed by hand", "Before", "After"}, rows)
}

// checks writes the rules that ran: all of them for developers, otherwise those that failed.
func (h *handout) checks(m *trace.Message) {
	var rows [][]string
	passed := 0
	for _, c := range m.Checks {
		switch {
		case h.story.Developer:
			rows = append(rows, []string{mark(c.Result), h.rule(c), escapeMarkdown(harmless.Line(c.Spec.String())), cell(c.Expected), cell(c.Got)})
		case c.Result == trace.Pass:
			passed++
		case c.Result == trace.Fail:
			h.put("✗ %s", h.rule(c))
		}
	}
	if passed > 0 {
		h.put("✓ %s passed", plural(passed, "check"))
	}
	h.table([]string{"", "Rule", "Section", "Expected", "Got"}, rows)
}

func mark(r trace.Result) string {
	switch r {
	case trace.Pass:
		return "✓"
	case trace.Fail:
		return "✗"
	case trace.Skip:
	}
	return "–"
}

// rule returns the rule and, where it did not pass, the reason, on one line.
func (h *handout) rule(c trace.Check) string {
	out := spansToMarkdown(h.story.rule(c))
	if c.Reason != "" {
		out += " (" + escapeMarkdown(harmless.Line(c.Reason)) + ")"
	}
	if c.Error != "" {
		out += " → " + codeSpan(harmless.Line(c.Error))
	}
	return out
}

func (h *handout) ending(t *trace.Trace) {
	switch o := t.Outcome; o.State {
	case trace.Completed:
		h.put("## ✓ Completed")
		h.words("", parseMarkup(h.story.Done))
	case trace.Refused:
		title := "## ✗ Refused"
		if o.By != "" {
			title += " by " + escapeMarkdown(h.story.roleName(o.By))
		}
		if o.Error != "" {
			title += ": " + codeSpan(harmless.Line(o.Error))
		}
		h.put("%s", title)
		h.words("", h.story.refused(o))
	default:
		h.put("## Not finished")
	}
	h.put("%s", summary(t))
}
