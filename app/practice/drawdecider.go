package practice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exercise"
)

const (
	titleSize float32 = 25
	wordsSize float32 = 15
)

// draw is the page: what the provider knows, what arrives, yes and no, and what the provider said.
func (d *decider) draw(s *sheet) {
	say := d.room.manner.Words.Catalog()
	if d.request == nil {
		words := say.Text("practice.none")
		if d.err != nil {
			words = say.Text("practice.unreadable", "error", d.err.Error())
		}
		s.column.Add(0, s.text(page.Plain(words, page.Face{Size: wordsSize}, look.Ink)))
		return
	}
	at := string(d.request.Endpoint())
	where := say.Text("practice.where", "number", strconv.Itoa(d.at+1), "all", strconv.Itoa(len(d.all)),
		"title", d.all[d.at].Title, "yours", say.Text(d.room.voiced("practice.yours.")+at))
	s.column.Add(0, s.text(page.Plain(where, page.Face{Size: look.Small}, look.InkSoft)))
	s.column.Add(4, s.text(page.Plain(say.Text(d.room.voiced("practice.ask.")+at), page.Face{Size: titleSize, Bold: true}, look.Ink)))
	s.column.Add(look.Gutter, s.beside(d.knows(s), d.arrives(s)))
	s.column.Add(look.Gutter, d.choices(s, at))
	if d.decision.verdict == nil {
		s.column.Add(look.Gap, s.text(page.Plain(d.hint(), page.Face{Size: look.Body}, look.InkSoft)))
	} else {
		s.column.Add(look.Gutter, d.verdict(s))
	}
	s.column.Add(look.Gutter, d.foot(s))
}

// voiced is the beginning of ids that a developer has others of.
func (r *Room) voiced(id string) string {
	if r.exact() {
		return strings.TrimSuffix(id, ".") + "-exact."
	}
	return id
}

// heading begins a card.
func heading(s *sheet, words string) *page.Text {
	return s.text(page.Plain(words, page.Face{Size: wordsSize, Bold: true}, look.Ink))
}

// knows is the card of what the provider remembers.
func (d *decider) knows(s *sheet) *page.Column {
	say := d.room.manner.Words.Catalog()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, heading(s, say.Text("practice.knows")))
	all := d.request.Remembers()
	if len(all) == 0 {
		return card.Add(look.Gap+2, s.text(page.Plain(say.Text("practice.knows-nothing"), page.Face{Size: look.Body}, look.InkSoft)))
	}
	for i := range all {
		m := &all[i]
		name := page.Plain(d.room.called(m.Name), d.room.nameFace(), d.room.nameInk())
		if m.Kind != exercise.ByName {
			name = page.Plain(d.known(m), page.Face{Size: look.Body}, look.InkSoft)
		}
		card.Add(look.Gap+2, s.stock.Pair(s.text(name), s.text(d.memory(m)...)))
	}
	return card
}

// known is what the provider knows by its rules and its register, in few words.
func (d *decider) known(m *exercise.Memory) string {
	return d.room.manner.Words.Catalog().Called("practice.known-"+string(m.Kind), m.Name)
}

// memory is a value, one of several on a line of its own, and what became of it.
func (d *decider) memory(m *exercise.Memory) []page.Paragraph {
	values := []string{m.Value}
	if strings.Contains(m.Value, "://") {
		values = strings.Split(m.Value, " or ")
	}
	words := make([]page.Paragraph, 0, len(values))
	for _, v := range values {
		words = append(words, page.Plain(d.room.shown(v), d.room.nameFace(), look.Ink))
	}
	if history := d.history(m); history != "" {
		last := &words[len(words)-1]
		last.Spans = append(last.Spans, page.Span{Text: "  " + history, Ink: look.InkSoft, Face: page.Face{Size: look.Small}})
	}
	return words
}

// history says how old something is, and how often it was taken.
func (d *decider) history(m *exercise.Memory) string {
	say := d.room.manner.Words.Catalog()
	if !m.Issued || !slices.Contains([]string{"code", "refresh_token", "device_code", "access_token"}, m.Name) {
		return ""
	}
	words := say.Text("practice.given-now")
	switch age := m.Given.Round(time.Second); {
	case age >= time.Minute:
		words = say.Count("practice.given-minutes", int(age/time.Minute), "seconds", strconv.Itoa(int(age%time.Minute/time.Second)))
	case age >= time.Second:
		words = say.Count("practice.given", int(age/time.Second))
	}
	switch {
	case m.Name == "device_code" && m.WasAsked:
		return words + ", " + say.Count("practice.asked", int(m.Asked.Round(time.Second)/time.Second))
	case m.Name == "access_token" || m.Name == "device_code":
		return words
	case m.Used == 0:
		return words + ", " + say.Text("practice.unused")
	}
	return words + ", " + say.Count("practice.used", m.Used)
}

// arrives is the card of the request, line by line.
func (d *decider) arrives(s *sheet) *page.Column {
	say := d.room.manner.Words.Catalog()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, heading(s, say.Text("practice.arrives")))
	at := string(d.request.Endpoint())
	for i, l := range d.request.Lines() {
		before := float32(0)
		if i == 0 {
			before = look.Gap
		}
		card.AddWide(before, lineEdge, d.line(s, l.Name, d.room.lineWords(l, say.Text("practice.desk."+at))))
	}
	missing := page.Plain(say.Text("practice.missing"), page.Face{Size: look.Body}, look.InkSoft)
	return card.AddWide(4, lineEdge, d.line(s, exercise.LineMissing, []page.Paragraph{missing}))
}

// line lends a line that one can point at as long as nobody has decided.
func (d *decider) line(s *sheet, name string, words []page.Paragraph) *lineRow {
	state, point := plain, func() { d.point(name) }
	if d.decision.verdict != nil {
		point = nil
	}
	switch v := d.decision.verdict; {
	case v == nil && d.decision.pointed == name:
		state = pointed
	case v == nil:
	case !v.Accepted && d.isWrong(name):
		state = wrong
	case d.decision.pointed == name:
		state = fine
	}
	row := s.lines.Take(func() *lineRow { return newLineRow(s.kit) }).set(words, state, point)
	s.said.Add(row.words)
	if state == pointed {
		s.news = row
	}
	return row
}

// choices are yes and no; with the decision of the provider, what was chosen stays marked.
func (d *decider) choices(s *sheet, at string) page.Part {
	say := d.room.manner.Words.Catalog()
	yes, no := s.button(say.Text(d.room.voiced("practice.accept.")+at), d.accept), s.button(say.Text("practice.refuse"), d.refuse)
	no.SetChosen(d.decision.asked && d.decision.verdict == nil)
	if d.decision.pointed != "" && d.decision.verdict == nil {
		no.Label = say.Text("practice.refuse-this")
	}
	if v := d.decision.verdict; v != nil {
		chosen := yes
		if d.decision.refused {
			chosen = no
		}
		yes.OnTapped, no.OnTapped = nil, nil
		ground, ink, sign := look.PassGround, look.Pass, "pass"
		if !d.right() {
			ground, ink, sign = look.CautionGround, look.Caution, "skip"
		}
		chosen.OnTapped = func() {}
		chosen.Tone, chosen.Icon = page.Tone{Ground: ground, Ink: ink}, sign
	}
	return s.stock.Bar([]*page.Button{yes, no}, nil)
}

// hint says what can be done now.
func (d *decider) hint() string {
	say := d.room.manner.Words.Catalog()
	switch {
	case d.decision.pointed != "":
		return say.Text("practice.hint-pointed")
	case d.decision.asked:
		return say.Text("practice.hint-asked")
	}
	return say.Text("practice.hint")
}

// verdict says what the provider decided, why, and what would have to be different.
func (d *decider) verdict(s *sheet) *page.Column {
	say, v := d.room.manner.Words.Catalog(), d.decision.verdict
	ink := look.Pass
	if !d.right() {
		ink = look.Caution
	}
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Edge, s.news = ink, card
	card.Add(0, s.text(page.Plain(d.outcome(), page.Face{Size: wordsSize, Bold: true}, ink)))
	card.Add(6, s.text(page.Prose(d.all[d.at].Because[d.room.manner.Voice], look.Body, look.Ink)...))
	if v.Broken == nil {
		return card.Add(look.Gap+4, s.text(page.Plain(say.Count("practice.kept", v.Passed), page.Face{Size: look.Small}, look.InkSoft)))
	}
	soft, hard := page.Face{Size: look.Small}, page.Face{Size: look.Small}
	fact := func(name, value string, f page.Face) {
		card.Add(4, s.stock.Pair(s.text(page.Plain(say.Text("practice."+name), soft, look.InkSoft)), s.text(page.Plain(value, f, look.Ink))))
	}
	card.Add(look.Gap, s.stock.Pair(s.text(page.Plain(say.Text("practice.rule"), soft, look.InkSoft)),
		s.text(page.Prose(d.room.narrator().Rule(v.Broken.ID, v.Broken.Rule), look.Small, look.Ink)...)))
	if d.room.exact() {
		fact("expected", page.Elide(v.Broken.Expected, 120), page.MonoFace())
		fact("got", page.Elide(v.Broken.Got, 120), page.MonoFace())
	}
	fact("section", v.Broken.Spec.String(), hard)
	if d.room.exact() {
		fact("answer", strings.TrimSpace(strconv.Itoa(v.Status)+" "+v.Error), page.MonoFace())
	}
	return card
}

// outcome is the head of the verdict.
func (d *decider) outcome() string {
	say, v := d.room.manner.Words.Catalog(), d.decision.verdict
	switch {
	case v.Accepted && !d.decision.refused:
		return say.Text("practice.both-yes")
	case v.Accepted:
		return say.Text("practice.only-you-no")
	case !d.decision.refused:
		return say.Text("practice.only-you-yes")
	case d.right():
		return say.Text("practice.both-no")
	}
	return say.Text("practice.other-line")
}

// foot leads to the walk, and on.
func (d *decider) foot(s *sheet) page.Part {
	say := d.room.manner.Words.Catalog()
	var right []*page.Button
	if d.decision.verdict != nil {
		right = append(right, s.button(say.Text("practice.anew"), func() { d.begin(d.at); d.room.show() }))
	}
	if d.at < len(d.all)-1 {
		next := s.button(say.Text("practice.next"), func() { d.turn(1) })
		next.Primary = d.decision.verdict != nil
		right = append(right, next)
	}
	return s.stock.Bar([]*page.Button{s.button(say.Text("practice.walk"), d.walk)}, right)
}
