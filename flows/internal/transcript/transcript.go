// Package transcript writes a run down for the golden files of the tests, in a
// fixed form that reads well as a diff: [Of] the whole of it, [Difference] what
// is otherwise than in a usual run, from which [Apply] makes the whole again.
//
// What follows from something else that is written is written only where it does
// not: the raw form of parameters that stand below it, the length of a body, the
// style sheet that a header vouches for. What is long and opaque is one line,
// with a sum, so that a byte more or less is seen.
//
// It is for tests alone and no part of the program. It shares nothing with the
// exports: those may tell a run in other words tomorrow, and a golden must not.
package transcript

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Of writes down everything that a run is. It leaves out how long things
// really took, and gives times as they were on the stage's clock, counted from
// the first message. The words and the section of a rule stand with the rule, and
// are left out too.
func Of(t *trace.Trace) string {
	r := reporter{decoded: map[string]string{}}
	r.put("", "flow %s", harmless.Line(t.Flow))
	chapter := ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Chapter != chapter {
			chapter = m.Chapter
			r.put("", "\n== %s", harmless.Line(chapter))
		}
		r.message(i, m, m.At.Sub(t.Messages[0].At))
	}
	r.put("", "\n== outcome %s", harmless.Line(string(t.Outcome.State)))
	r.values("", []trace.Field{
		{Name: "by", Value: string(t.Outcome.By)},
		{Name: "rule", Value: t.Outcome.Rule},
		{Name: "error", Value: t.Outcome.Error},
		{Name: "reason", Value: t.Outcome.Reason},
	}, true)
	return r.b.String()
}

// reportWidth is how wide a line of a transcript gets before a value goes on in the next.
const reportWidth = 110

type reporter struct {
	b       strings.Builder
	decoded map[string]string // where a token was written down decoded
}

func (r *reporter) put(indent, format string, args ...any) {
	r.b.WriteString(indent)
	fmt.Fprintf(&r.b, format, args...)
	r.b.WriteByte('\n')
}

// long writes text that may be longer than a line; "+ " goes on with it. No
// line is cut behind a space, which nobody would see.
func (r *reporter) long(indent, text string) {
	runes := []rune(shortened(text))
	limit, mark := max(reportWidth-len(indent), 40), ""
	for len(runes) > limit {
		end := limit
		for end > 1 && runes[end-1] == ' ' {
			end--
		}
		r.put(indent+mark, "%s", string(runes[:end]))
		if mark == "" {
			limit, mark = limit-2, "+ "
		}
		runes = runes[end:]
	}
	r.put(indent+mark, "%s", string(runes))
}

// values writes one named value a line.
func (r *reporter) values(indent string, fields []trace.Field, skipEmpty bool) {
	for _, f := range fields {
		if skipEmpty && f.Value == "" {
			continue
		}
		r.long(indent, strings.TrimRight(harmless.Line(f.Name)+": "+harmless.Line(f.Value), " "))
	}
}

func (r *reporter) message(i int, m *trace.Message, at time.Duration) {
	line := fmt.Sprintf("\n%d %s: %s ", i+1, harmless.Line(m.Step), harmless.Line(string(m.Kind))) +
		fmt.Sprintf("%s -> %s, %s", harmless.Line(string(m.From)), harmless.Line(string(m.To)), harmless.Line(string(m.Channel)))
	if m.Exchange > 0 {
		line += fmt.Sprintf(", exchange %d", m.Exchange)
	}
	if m.Depth > 0 {
		line += fmt.Sprintf(", depth %d", m.Depth)
	}
	r.put("", "%s, at %s", line, at)
	for _, e := range m.Edited {
		r.long("  ", "edited "+harmless.Line(e.What))
		r.values("    ", []trace.Field{{Name: "before", Value: e.Before}, {Name: "after", Value: e.After}}, false)
	}
	r.act(m.Act)
	r.calculation(m.Calc)
	r.wire(m)
	r.checks(m)
}

func (r *reporter) act(a *trace.Act) {
	if a == nil {
		return
	}
	r.long("  ", harmless.Line(a.Verb)+" "+harmless.Line(a.Object))
	r.values("    ", a.Fields, false)
}

func (r *reporter) calculation(c *trace.Calc) {
	if c == nil {
		return
	}
	r.group("inputs", c.Inputs)
	for _, s := range c.Steps {
		r.long("  ", "step "+harmless.Line(s.Does))
		r.long("    ", "= "+harmless.Line(s.Result))
	}
	r.group("outputs", c.Outputs)
	if c.Command != "" {
		r.put("  ", "$ %s", harmless.Line(c.Command))
	}
}

func (r *reporter) group(name string, fields []trace.Field) {
	if len(fields) > 0 {
		r.put("  ", "%s", name)
		r.values("    ", fields, false)
	}
}

func (r *reporter) wire(m *trace.Message) {
	switch m.Kind {
	case trace.Request:
		r.long("  ", harmless.Line(m.Method)+" "+harmless.Line(bare(m.URL)))
	case trace.Response:
		r.long("  ", strings.TrimRight(fmt.Sprintf("%d %s", m.Status, http.StatusText(m.Status)), " "))
	case trace.Gesture, trace.Note:
	}
	carried := sections(m)
	for _, s := range carried {
		r.group(s.name, s.fields)
	}
	if !formSaysAll(m) {
		r.body(m)
	}
	for _, t := range tokens(m, carried) {
		r.token(m.Step, t)
	}
}

// token writes a token down decoded, the first time that it is carried.
func (r *reporter) token(step string, t token) {
	if where, again := r.decoded[t.raw]; again {
		r.put("  ", "decoded %s: that of %s", harmless.Line(t.name), where)
		return
	}
	r.decoded[t.raw] = harmless.Line(step)
	r.put("  ", "decoded %s", harmless.Line(t.name))
	r.put("    ", "header")
	r.values("      ", t.jwt.Header, false)
	r.put("    ", "payload")
	r.values("      ", t.jwt.Payload, false)
}
