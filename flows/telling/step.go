package telling

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Step tells message i, and before it the chapter that it begins.
func (t *Teller) Step(i int) []Noun {
	m, w := &t.run.Messages[i], t.Words(i)
	nouns := make([]Noun, 0, 16)
	if title := t.Chapter(i); title != "" {
		nouns = append(nouns, Chapter{Title: title})
	}
	nouns = append(nouns,
		Step{Number: i + 1, Depth: m.Depth, Title: w.Title, Channel: t.Channel(i), Fate: t.FateOf(i)},
		Way{
			From: t.Party(m.From).Name, To: t.Party(m.To).Name, Alone: m.Kind == trace.Note || m.From == m.To,
			Back: m.Channel == trace.Back, Label: w.Label, Channel: t.Channel(i),
		})
	nouns = addPassage(nouns, t.Tries(i))
	nouns = addPassage(nouns, Passage{Blocks: blocks(w.Happened)})
	around := t.addSaid(nil, []said{{"likeness", w.Likeness}, {"why", w.Why}, {"risk", w.Risk}})
	if flow := t.Repeats(i); flow != "" && len(around) > 0 {
		around = []Noun{Fold{Label: t.Say("label.fold"), Summary: t.Say("fold", "flow", flow), Nouns: around}}
	}
	nouns = append(nouns, around...)
	nouns = addPassage(nouns, t.Trade(i))
	for _, a := range t.Asked(i) {
		nouns = addPassage(nouns, Passage{
			Lead: t.Say("lead.asked"), Label: t.Say("label.asked"), Blocks: blocks("**" + a.Question + "** " + a.Answer),
		})
	}
	if t.Failed() == i {
		nouns = addPassage(nouns, t.Lesson(i))
	}
	nouns = t.addChanges(nouns, m)
	if t.story.Developer {
		nouns = t.addWire(nouns, i)
	}
	return t.addChecks(nouns, i)
}

// addChanges tells what the learner changed before the message was sent.
func (t *Teller) addChanges(nouns []Noun, m *trace.Message) []Noun {
	if len(m.Edited) == 0 {
		return nouns
	}
	changes := Table{
		Of: "changed", Label: t.Say("label.changed"), Marks: t.labels("before", "after"), Head: t.heads("changed", "before", "after"),
	}
	for _, e := range m.Edited {
		kind, name, _ := strings.Cut(e.What, " ")
		what := strings.TrimSpace(t.story.Say.Called("inspector.changed", kind) + " " + name)
		if !t.story.Developer && (kind == "parameter" || kind == "header") {
			what = t.Say("changed-value", "name", name) // where in a message it stands is for developers
		}
		marked := kind == "parameter" && secret.Kind(name) != ""
		changes.Rows = append(changes.Rows, []Cell{{Text: harmless.Line(what)}, t.wired(e.Before, marked), t.wired(e.After, marked)})
	}
	return append(nouns, changes)
}

// addChecks tells the rules that ran. Outside the developer's voice those that
// passed are counted, and those that failed are told.
func (t *Teller) addChecks(nouns []Noun, i int) []Noun {
	m := &t.run.Messages[i]
	told := Checks{
		Title: t.Say("checked"), Label: t.Say("label.checks"), Head: t.heads("result", "rule", "section", "expected", "got"),
		All: t.story.Developer, Marks: t.labels("equal", "expected", "got"),
	}
	passed := 0
	for _, c := range m.Checks {
		switch {
		case t.story.Developer || c.Result == trace.Fail:
			told.Verdicts = append(told.Verdicts, t.verdict(c, t.FateOf(i)))
		case c.Result == trace.Pass:
			passed++
		}
	}
	if passed > 0 {
		told.Passed = t.count("checks-passed", passed)
	}
	if len(told.Verdicts) == 0 && told.Passed == "" {
		return nouns
	}
	return append(nouns, told)
}

// verdict tells what came of a rule. The reason names parameters and values: it
// is for developers; all others read why in the words of the refusal.
func (t *Teller) verdict(c trace.Check, f Fate) Verdict {
	v := Verdict{
		Result: c.Result, Says: t.Say("result." + string(c.Result)), Rule: t.Rule(c), Spec: harmless.Line(c.Spec.String()),
		Expected: harmless.Line(c.Expected), Got: harmless.Line(c.Got),
	}
	if t.story.Developer {
		v.Reason, v.Error = harmless.Line(c.Reason), harmless.Line(c.Error)
	}
	if v.Stops = c.Result == trace.Fail && f == Stopped; v.Stops {
		v.Says = t.Say("result.stops")
	}
	return v
}

// addWire tells what crossed the network, was computed, or was typed.
func (t *Teller) addWire(nouns []Noun, i int) []Noun {
	m := &t.run.Messages[i]
	switch {
	case m.Act != nil:
		return t.addFields(nouns, Section{"typed", m.Act.Fields})
	case m.Calc != nil:
		return t.addCalculation(nouns, m.Calc)
	case m.Kind == trace.Request || m.Kind == trace.Response:
		return t.addHTTP(nouns, i)
	}
	return nouns
}

func (t *Teller) addFields(nouns []Noun, s Section) []Noun {
	if len(s.Fields) == 0 {
		return nouns
	}
	fields := Table{Of: s.Name, Label: t.Say("label." + s.Name), Head: t.heads(s.Name, "value"), Rows: make([][]Cell, len(s.Fields))}
	cells := make([]Cell, 0, 2*len(s.Fields))
	for i, f := range s.Fields {
		name := f.Name
		if s.Name == "input" || s.Name == "output" { // of a calculation: a name of the record, and no name of the protocol
			name = t.story.Say.Called("calc", name)
		}
		cells = append(cells, t.wired(name, false), t.wired(f.Value, secret.Marked(s.Name, f)))
		fields.Rows[i] = cells[2*i : 2*i+2]
	}
	return append(nouns, fields)
}

func (t *Teller) addCalculation(nouns []Noun, c *trace.Calc) []Noun {
	nouns = t.addFields(nouns, Section{"input", c.Inputs})
	if len(c.Steps) > 0 {
		steps := Table{Of: "steps", Label: t.Say("label.step"), Head: t.heads("step", "result")}
		for _, s := range c.Steps {
			steps.Rows = append(steps.Rows, []Cell{t.wired(t.story.Say.Called("calc", s.Does), false), t.wired(s.Result, false)})
		}
		nouns = append(nouns, steps)
	}
	nouns = t.addFields(nouns, Section{"output", c.Outputs})
	if c.Command != "" {
		nouns = append(nouns, t.quote("command", "sh", strings.Split(harmless.Text(c.Command), "\n")))
	}
	return nouns
}

func (t *Teller) addHTTP(nouns []Noun, i int) []Noun {
	m := &t.run.Messages[i]
	keyword, rest := StartLine(m)
	nouns = append(nouns, Line{Label: t.Say("label." + string(m.Kind)), Keyword: keyword, Rest: rest})
	for _, s := range Sections(m) {
		nouns = t.addFields(nouns, s)
	}
	if lines := t.body(m); len(lines) > 0 {
		language := "text"
		if m.IsJSON() {
			language = "json"
		}
		nouns = append(nouns, t.quote("body", language, lines))
		if names := secret.InBody(m); len(names) > 0 {
			chips := Chips{Title: t.Say("body.secrets"), Mark: t.Say("secret"), Label: t.Say("label.secret"), Names: make([]string, len(names))}
			for j, name := range names {
				chips.Names[j] = harmless.Line(name)
			}
			nouns = append(nouns, chips)
		}
	}
	return t.addTokens(nouns, i)
}

// addTokens tells what is in the tokens of message i that no earlier message carried.
func (t *Teller) addTokens(nouns []Noun, i int) []Noun {
	for ; t.read < i; t.read++ {
		t.note(t.read, Tokens(&t.run.Messages[t.read]))
	}
	carried := Tokens(&t.run.Messages[i])
	if t.read == i {
		t.note(i, carried)
		t.read++
	}
	for _, c := range carried {
		told := Token{Name: harmless.Line(c.Name), Label: t.Say("label.token")}
		if first := t.first[c.Raw]; first < i {
			told.Again, told.Says = true, t.count("token.again", first+1)
			nouns = append(nouns, told)
			continue
		}
		told.Says, told.Head = t.Say("token.decoded"), t.heads("part", "member", "value")
		told.Parts = []TokenPart{
			{t.Say("label.header"), membersOf(c.JWT.Header)}, {t.Say("label.payload"), membersOf(c.JWT.Payload)},
		}
		told.Signature, told.SignatureLabel = harmless.Line(c.JWT.Signature), t.Say("label.signed")
		nouns = append(nouns, told)
	}
	return nouns
}

// note remembers which tokens cross first with message i.
func (t *Teller) note(i int, carried []Decoded) {
	for _, c := range carried {
		if _, known := t.first[c.Raw]; !known {
			t.first[c.Raw] = i
		}
	}
}

func membersOf(fields []trace.Field) []Member {
	members := make([]Member, len(fields))
	for i, f := range fields {
		members[i] = Member{Name: harmless.Line(f.Name), Value: harmless.Line(f.Value), Date: Moment(f)}
	}
	return members
}
