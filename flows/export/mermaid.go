package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Mermaid writes the run as a sequence diagram in Mermaid's syntax, which many
// wikis and code hosts draw. Arrows carry the numbers of the steps.
func Mermaid(w io.Writer, t *trace.Trace, s Story) error {
	d := diagram{story: s, ids: map[trace.Role]string{}, open: map[int]bool{}}
	d.put("sequenceDiagram")
	roles := cast(t)
	for i, r := range roles {
		d.participant(i, r)
	}
	chapter := ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Chapter != chapter {
			chapter = m.Chapter
			d.over(roles, s.chapter(chapter))
		}
		d.message(i, m)
		if d.b.Len() > flushAt {
			if _, err := io.WriteString(w, d.b.String()); err != nil {
				return err
			}
			d.b.Reset()
		}
	}
	d.outcome(roles, t.Outcome)
	_, err := io.WriteString(w, d.b.String())
	return err
}

// flushAt is how many bytes are kept before they are handed on.
const flushAt = 64 << 10

type diagram struct {
	b      strings.Builder
	story  Story
	ids    map[trace.Role]string
	open   map[int]bool // exchanges whose request is drawn and whose answer is not yet
	indent string
}

func (d *diagram) put(format string, args ...any) {
	fmt.Fprintf(&d.b, d.indent+format+"\n", args...)
	if d.indent == "" {
		d.indent = "    "
	}
}

func (d *diagram) participant(i int, r trace.Role) {
	kind, id := "participant", fmt.Sprintf("P%d", i+1)
	switch r {
	case trace.ResourceOwner:
		kind, id = "actor", "Owner"
	case trace.UserAgent:
		id = "Browser"
	case trace.Client:
		id = "Client"
	case trace.AuthorizationServer:
		id = "Provider"
	case trace.ResourceServer:
		id = "API"
	case trace.Attacker:
		kind, id = "actor", "Attacker"
	}
	d.ids[r] = id
	name, also := d.story.role(r)
	alias := quoteMermaid(name)
	if also != "" {
		alias += "<br/>" + quoteMermaid(also)
	}
	d.put("%s %s as %s", kind, id, alias)
}

// over writes a note across all lanes.
func (d *diagram) over(roles []trace.Role, text string) {
	if len(roles) == 0 {
		return
	}
	first, last := d.ids[roles[0]], d.ids[roles[len(roles)-1]]
	if first != last {
		first += "," + last
	}
	d.put("Note over %s: %s", first, quoteMermaid(text))
}

func (d *diagram) message(i int, m *trace.Message) {
	failed := m.FailedCheck()
	if failed != nil {
		d.put("rect rgb(251, 227, 228)")
		d.indent += "    "
	}
	label := fmt.Sprintf("%d. %s", i+1, quoteMermaid(d.story.step(m).Label))
	from, to := d.ids[m.From], d.ids[m.To]
	switch m.Kind {
	case trace.Note:
		d.put("Note over %s: %s", from, label)
	case trace.Response:
		d.put("%s-->>%s%s: %s", from, d.closes(m), to, label)
	case trace.Request:
		d.put("%s->>%s%s: %s", from, d.opens(m), to, label)
	default:
		d.put("%s->>%s: %s", from, to, label)
	}
	if failed != nil {
		d.put("Note over %s: ✗ %s", to, quoteMermaid(plainSpans(d.story.rule(*failed))))
		d.indent = strings.TrimSuffix(d.indent, "    ")
		d.put("end")
	}
}

// opens starts the bar on the lane that will answer.
func (d *diagram) opens(m *trace.Message) string {
	if m.Exchange == 0 || d.open[m.Exchange] {
		return ""
	}
	d.open[m.Exchange] = true
	return "+"
}

// closes ends the bar that the request of the same exchange started: Mermaid
// refuses a diagram that ends one which is not there.
func (d *diagram) closes(m *trace.Message) string {
	if !d.open[m.Exchange] {
		return ""
	}
	delete(d.open, m.Exchange)
	return "-"
}

func (d *diagram) outcome(roles []trace.Role, o trace.Outcome) {
	switch o.State {
	case trace.Completed:
		d.over(roles, "✓ Completed")
	case trace.Refused:
		text := "✗ Refused"
		if o.By != "" {
			text += " by " + d.story.roleName(o.By)
		}
		for i, b := range d.story.refused(o) {
			text += []string{": ", " "}[min(i, 1)] + plainSpans(b.spans)
		}
		d.over(roles, text)
	case trace.Running:
		d.over(roles, "Not finished")
	default:
	}
}

// quoteMermaid writes every character that could mean something to Mermaid, or
// to the HTML that it makes, as an entity code.
//
// Mermaid cuts a line at "#" and ";", reads "%%" as a comment, "%%{" as a
// directive and "wrap:" as a wish, and before it parses takes the last ";" off
// whatever looks like "style …:…#…;" or "classDef …:…#…;". So those words are
// broken up too.
func quoteMermaid(text string) string {
	var b strings.Builder
	text = harmless.Line(text)
	for i, r := range text {
		rest := text[i:]
		keyword := strings.HasPrefix(rest, "style") || strings.HasPrefix(rest, "classDef") || strings.HasPrefix(rest, "wrap:")
		if keyword || (r < 0x80 && !readsPlain(r)) {
			fmt.Fprintf(&b, "#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func readsPlain(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune(" .,-_/=?()'!+:", r)
}
