package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Mermaid writes the run as a sequence diagram in Mermaid's syntax, which many
// wikis and code hosts draw. Arrows carry the numbers of the steps.
func Mermaid(w io.Writer, t *trace.Trace, s telling.Story) error {
	d := diagram{teller: telling.Of(t, s), ids: map[trace.Role]string{}, open: map[int]bool{}}
	d.put("sequenceDiagram")
	cast := d.teller.Cast()
	for i, p := range cast {
		d.participant(i, p)
	}
	for i := range t.Messages {
		if title := d.teller.Chapter(i); title != "" {
			d.over(cast, title)
		}
		d.message(i, &t.Messages[i])
		if d.b.Len() > flushAt {
			if _, err := io.WriteString(w, d.b.String()); err != nil {
				return err
			}
			d.b.Reset()
		}
	}
	d.outcome(cast)
	_, err := io.WriteString(w, d.b.String())
	return err
}

// flushAt is how many bytes are kept before they are handed on.
const flushAt = 64 << 10

type diagram struct {
	b      strings.Builder
	teller *telling.Teller
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

func (d *diagram) participant(i int, p telling.Party) {
	kind, id := "participant", fmt.Sprintf("P%d", i+1)
	switch p.Role {
	case trace.ResourceOwner:
		kind, id = "actor", "Owner"
	case trace.UserAgent:
		id = "Browser"
	case trace.Client:
		id = "Client"
	case trace.OtherClient:
		id = "OtherClient"
	case trace.AuthorizationServer:
		id = "Provider"
	case trace.ResourceServer:
		id = "API"
	case trace.Attacker:
		kind, id = "actor", "Attacker"
	}
	d.ids[p.Role] = id
	alias := quoteMermaid(p.Name)
	if p.Also != "" {
		alias += "<br/>" + quoteMermaid(p.Also)
	}
	d.put("%s %s as %s", kind, id, alias)
}

// over writes a note across all lanes.
func (d *diagram) over(cast []telling.Party, text string) {
	if len(cast) == 0 {
		return
	}
	first, last := d.ids[cast[0].Role], d.ids[cast[len(cast)-1].Role]
	if first != last {
		first += "," + last
	}
	d.put("Note over %s: %s", first, quoteMermaid(text))
}

func (d *diagram) message(i int, m *trace.Message) {
	failed, stopped := m.FailedCheck(), d.teller.FateOf(i) == telling.Stopped
	if failed != nil {
		ground := palette.Light().FailGround
		if stopped {
			ground = palette.Light().PassGround
		}
		d.put("rect rgb(%d, %d, %d)", ground>>16, ground>>8&0xff, ground&0xff)
		d.indent += "    "
	}
	label := fmt.Sprintf("%d. %s", i+1, quoteMermaid(d.teller.Words(i).Label))
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
		why := "✗ " + quoteMermaid(markup.Words(d.teller.Rule(*failed)))
		if stopped {
			why = "✓ " + quoteMermaid(d.teller.StoppedBy(*failed))
		}
		d.put("Note over %s: %s", to, why)
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

func (d *diagram) outcome(cast []telling.Party) {
	o := d.teller.Outcome()
	text := signed(o)
	if o.State == trace.Refused {
		for i, b := range d.teller.Refusal() {
			text += []string{": ", " "}[min(i, 1)] + markup.Words(b.Spans)
		}
	}
	d.over(cast, text)
}

// signed is an outcome with its sign.
func signed(o telling.Outcome) string {
	if sign := endSign(o); sign != "" {
		return sign + " " + o.Words
	}
	return o.Words
}

// endSign says how a run ended; "" while it has not.
func endSign(o telling.Outcome) string {
	switch {
	case o.State == trace.Running:
		return ""
	case o.Fate.Good():
		return "✓"
	}
	return "✗"
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
