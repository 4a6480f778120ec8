package telling

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Party is one of those who take part, and what it is called.
type Party struct {
	Role       trace.Role
	Name, Also string // its name, and its other one or ""
}

// Party says what a role is called.
func (t *Teller) Party(r trace.Role) Party {
	if t.story.Role != nil {
		if name, also := t.story.Role(r); name != "" {
			return Party{r, harmless.Line(name), harmless.Line(also)}
		}
	}
	return Party{Role: r, Name: harmless.Line(string(r))}
}

// Chapter is the title of the chapter that message i begins, or "".
func (t *Teller) Chapter(i int) string {
	id := t.run.Messages[i].Chapter
	if id == "" || i > 0 && t.run.Messages[i-1].Chapter == id {
		return ""
	}
	if t.story.Chapter != nil {
		if title := t.story.Chapter(id); title != "" {
			return harmless.Line(title)
		}
	}
	return harmless.Line(id)
}

// Words are the words of message i. Where it was refused, what happened is the
// refusal, and nothing stands there of a run that went well. Label and
// title are never empty. A label says "4xx" where only the run knows which status it was.
func (t *Teller) Words(i int) Words {
	m := &t.run.Messages[i]
	var w Words
	if t.story.Step != nil {
		w = t.story.Step(m.Step)
	}
	if w.Label == "" {
		w.Label = labelOf(m)
	}
	if w.Title == "" {
		w.Title = m.Step
	}
	if _, ok := m.DeedOf(); ok && m.Act != nil {
		w = w.filled(m.Act.Fields)
	}
	if m.Status > 0 {
		w.Label = strings.Replace(w.Label, "4xx", strconv.Itoa(m.Status), 1)
	}
	w.Label, w.Title = harmless.Line(w.Label), harmless.Line(w.Title)
	if broken := m.FailedCheck(); broken != nil && !w.Holds {
		w.Happened, w.Likeness, w.Why, w.Risk = t.refused(broken), "", "", ""
	}
	return w
}

// filled puts values in the place of their names in braces.
func (w Words) filled(values []trace.Field) Words {
	var swaps []string
	for _, f := range values {
		swaps = append(swaps, "{"+f.Name+"}", markup.Escape(harmless.Line(f.Value)))
	}
	with := strings.NewReplacer(swaps...)
	w.Label, w.Title, w.Happened = with.Replace(w.Label), with.Replace(w.Title), with.Replace(w.Happened)
	return w
}

// refused says why a message was.
func (t *Teller) refused(c *trace.Check) string {
	if t.story.Refused != nil {
		if why := t.story.Refused(trace.Outcome{State: trace.Refused, By: c.By, Rule: c.ID, Error: c.Error}); why != "" {
			return why
		}
	}
	return markup.Escape(harmless.Line(c.Reason))
}

// Refusal says why the run ended before its end.
func (t *Teller) Refusal() []markup.Block {
	if t.story.Refused != nil {
		o := t.run.Outcome
		o.Reason = t.exactly()
		if why := blocks(t.story.Refused(o)); len(why) > 0 {
			return why
		}
	}
	if t.run.Outcome.Reason == "" {
		return nil
	}
	return []markup.Block{{Spans: []markup.Span{{Text: harmless.Line(t.exactly())}}}}
}

// exactly is the reason of the outcome: which rule was broken, and what it compared. The record has it in English,
// and so has what no rule decided.
func (t *Teller) exactly() string {
	i := t.Failed()
	if i < 0 || t.run.Messages[i].FailedCheck().ID != t.run.Outcome.Rule {
		return t.run.Outcome.Reason
	}
	c := t.run.Messages[i].FailedCheck()
	pairs := []string{"rule", markup.Words(t.Rule(*c)), "section", c.Spec.String()}
	reason := t.Say("reason.broken", pairs...)
	if c.Expected != "" || c.Got != "" {
		reason = t.Say("reason.compared", append(pairs, "expected", c.Expected, "got", c.Got)...)
	}
	if c.Reason != "" {
		reason += ": " + c.Reason
	}
	return reason
}

// Outcome is how a run ended, in words.
type Outcome struct {
	State trace.State
	Fate  Fate
	Words string // "Refused by Demo"
	Error string // the protocol's error code, or ""
}

// Outcome says how the run ended.
func (t *Teller) Outcome() Outcome {
	o := t.run.Outcome
	out := Outcome{State: o.State, Fate: t.Fate(), Error: harmless.Line(o.Error)}
	out.Words = t.Say("outcome." + cmp.Or(string(o.State), string(trace.Running)))
	switch {
	case o.State != trace.Completed && o.State != trace.Refused:
		out.State = trace.Running
	case out.Fate == Lost:
		out.Words = t.Say("outcome.lost")
	case o.State == trace.Refused && o.By != "":
		by := map[Fate]string{Stopped: "outcome.stopped-by"}[out.Fate]
		out.Words = t.Say(cmp.Or(by, "outcome.refused-by"), "party", t.Party(o.By).Name)
	case out.Fate == Stopped:
		out.Words = t.Say("outcome.stopped")
	}
	return out
}
