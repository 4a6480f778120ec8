package connect

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
)

// drawReport tells what came of the exam, by sections, what is to be done first.
func (p *paper) drawReport(from *examiner) {
	s, say, report := p.sheet, p.words.say, &p.known.report
	o := &p.telling
	icon, ink := look.IconCross, look.Fail
	switch {
	case report.Passed(false):
		icon, ink = look.IconCheck, look.Pass
	case !report.Failed(false):
		icon, ink = look.IconClock, look.Caution
	}
	s.column.Add(look.Gap, s.stock.Signed(icon, ink, s.head(o.Headline(report), look.Heading, look.Ink)))
	s.column.Add(2, s.soft(strings.Join(o.Counts(report), ", ")+"."))
	if p.refused > 0 && !report.Works {
		s.column.Add(look.Gap, s.bar(s.button(say("sitting.why"), p.why)))
	}
	s.column.Add(look.Gap, s.bar(
		s.filled(say("sitting.save-html"), func() { from.save("html") }),
		s.button(say("sitting.save-json"), func() { from.save("json") }),
		s.button(say("sitting.save-junit"), func() { from.save("xml") }),
	))
	s.column.Add(look.Gap, s.bar(s.button(say("sitting.again"), from.begin), s.button(say("sitting.another"), from.forget)))
	for _, v := range examreport.Order() {
		all := examreport.Of(report, v)
		if len(all) == 0 || v == exam.Unasked && !report.Works { // the headline says it of all
			continue
		}
		s.column.Add(look.Gutter, s.head(p.verdict(all[0])+" · "+strconv.Itoa(len(all)), look.Heading, look.Ink))
		for _, one := range all {
			p.drawResult(one, o)
		}
	}
}

// drawResult tells one question: in full what is to be done about, else in a line.
func (p *paper) drawResult(one *exam.Result, o *examreport.Options) {
	s := p.sheet
	under := o.Level(one) + " · " + one.Spec.String()
	title := func(into *page.Column) {
		body := s.stock.Column().Add(0, s.head(o.Title(one), look.Body, look.Ink)).Add(0, s.soft(under))
		into.Add(look.Gap, s.stock.Signed(iconOf(one.Verdict), inkOf(one.Verdict), body))
	}
	said := one.Sign == exam.SignLoggedIn || one.Sign == exam.SignNotIn || one.Sign == exam.SignDiscarded
	if one.Verdict != exam.Swallowed && one.Verdict != exam.Unknown {
		title(s.column)
		if said { // whoever pressed the wrong button can press the right one
			s.column.Add(4, p.sightBar(one))
		}
		return
	}
	q, _ := o.Words.Exam().Question(one.ID)
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Edge = inkOf(one.Verdict)
	title(card)
	if o.Voice == tutorials.Developer {
		card.Add(look.Gap, s.prose(q.Done))
	}
	card.Add(look.Gap, s.prose(o.Sign(one)))
	for _, seen := range o.Evidence(one) {
		card.Add(2, s.text(page.Plain(seen, page.Face{Size: look.Small, Mono: true}, look.Ink)))
	}
	card.Add(look.Gap, s.prose(q.Why[o.Voice]))
	if o.Voice == tutorials.Developer {
		card.Add(look.Gutter, s.head(p.words.diagnose("text.change"), look.Body, look.Ink)).Add(4, s.prose(q.Cure))
		for _, stack := range p.words.stacks() {
			if line := o.Words.Causes().CureIn(q.Cures, stack); line != "" {
				card.Add(4, s.prose("**"+p.words.diagnose("stack."+stack)+"** "+line))
			}
		}
	}
	if said || one.Verdict == exam.Unknown {
		card.Add(look.Gap, s.soft(p.words.say("sitting.saw"))).Add(4, p.sightBar(one))
	}
	s.column.Add(look.Gap, card)
}
