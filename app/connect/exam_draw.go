package connect

import (
	"io"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
)

// telling is how the report of the exam is told now.
func (r *Room) telling() examreport.Options {
	return examreport.Options{
		Words: r.manner.Words, Voice: r.manner.Voice, Stack: r.stack, Day: time.Now().Format("2 January 2006"), Made: "Grantwalk",
	}
}

// drawExam offers an exam, says what to do now, or tells what came of it.
func (r *Room) drawExam() {
	switch x := r.exam; {
	case x == nil:
		r.drawApplicants()
	case x.over():
		r.drawReport()
	default:
		r.drawTask()
		r.drawLatest()
		r.drawMarks()
	}
}

// drawApplicants lets somebody choose who is examined.
func (r *Room) drawApplicants() {
	s, say := r.sheet, r.say()
	s.column.Add(look.Gap, s.prose(say("sitting.intro")))
	all, now := r.applicants(), r.candidate()
	if len(all) == 0 {
		s.column.Add(look.Gutter, s.prose(say("sitting.none")))
		return
	}
	for _, realm := range r.server.Realms {
		var buttons []*page.Button
		for _, a := range all {
			if a.realm != realm.Name {
				continue
			}
			b := s.button(a.ID, func() { r.chosen = a; r.show(0) })
			b.Chosen = a.realm == now.realm && a.ID == now.ID
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			s.column.Add(look.Gutter, s.card(say("sitting.choose", "realm", realm.Name)).Add(look.Gap, s.bar(buttons...)))
		}
	}
	if now.ID == "" {
		s.column.Add(look.Gutter, s.prose(say("sitting.choose-first")))
		return
	}
	s.column.Add(look.Gutter, s.bar(s.filled(say("sitting.begin", "client", now.ID), r.beginExam)))
	s.column.Add(look.Gap, s.soft(say("sitting.by-itself")))
}

// drawTask says what to do now, and what this login is given.
func (r *Room) drawTask() {
	s, say, now := r.sheet, r.say(), &r.exam.known
	o := r.telling()
	card := s.stock.Card(look.Band, look.Line, cardPad)
	step := func(over, head, words string) {
		card.Add(0, s.soft(over)).Add(4, s.head(head, look.Title, look.Ink)).Add(look.Gap, s.prose(words))
	}
	switch now.step {
	case exam.First:
		step(say("sitting.at-first"), say("sitting.first"), say("sitting.first-words", "issuer", r.issuerOf(r.exam.realm)))
		if n := r.refusedLogin(); n > 0 {
			card.Add(look.Gap, s.stock.Signed(look.IconCross, look.Fail, s.prose(say("sitting.failed"))))
			card.Add(look.Gap, s.bar(s.button(say("sitting.why"), func() { r.show(n) })))
		}
	case exam.Ask:
		q, _ := o.Words.Exam().Question(now.question.ID)
		over := say("sitting.question", "number", strconv.Itoa(now.number), "all", strconv.Itoa(len(now.report.Results)))
		step(over, say("sitting.ask"), say("sitting.this", "title", q.Title[o.Voice]))
		if o.Voice == tutorials.Developer {
			card.Add(4, s.prose(q.Done))
		}
	case exam.Last:
		step(say("sitting.at-last"), say("sitting.last"), say("sitting.last-words"))
	case exam.Over:
	}
	card.Add(look.Gap, s.soft(say("sitting.hint")))
	card.Add(look.Gap, s.bar(s.button(say("sitting.stop"), r.stopExam)))
	s.column.Add(look.Gutter, card)
}

func (r *Room) issuerOf(realm string) string {
	for i := range r.server.Realms {
		if r.server.Realms[i].Name == realm {
			return r.server.Realms[i].Issuer
		}
	}
	return realm
}

// drawLatest asks what the app did after the question before: the provider sees
// only what reaches it.
func (r *Room) drawLatest() {
	now, s := &r.exam.known, r.sheet
	if !now.asked {
		return
	}
	for i := range now.report.Results {
		if one := &now.report.Results[i]; one.ID == now.latest.ID {
			o := r.telling()
			card := s.card(r.say()("sitting.saw"))
			card.Add(look.Gap, s.prose(r.say()("sitting.before", "title", o.Title(one))))
			card.Add(4, s.stock.Signed(iconOf(one.Verdict), inkOf(one.Verdict), s.soft(r.verdict(one)+". "+o.Sign(one))))
			card.Add(look.Gap, r.sightBar(one))
			s.column.Add(look.Gutter, card)
		}
	}
}

// sightBar lets somebody say what they saw the app do.
func (r *Room) sightBar(one *exam.Result) *page.Bar {
	say := r.say()
	button := func(id string, seen exam.Sight, signs ...exam.Sign) *page.Button {
		b := r.sheet.button(say(id), func() { r.saw(one.ID, seen) })
		for _, sign := range signs {
			b.Chosen = b.Chosen || one.Sign == sign
		}
		return b
	}
	out := button("sitting.saw-out", exam.Sight{}, exam.SignNotIn)
	if one.Stage == exam.AtUserInfo { // who is shown decides there
		return r.sheet.bar(
			button("sitting.saw-right", exam.Sight{LoggedIn: true, Person: true}, exam.SignDiscarded),
			button("sitting.saw-other", exam.Sight{LoggedIn: true, Other: true}, exam.SignLoggedIn), out)
	}
	return r.sheet.bar(button("sitting.saw-in", exam.Sight{LoggedIn: true}, exam.SignLoggedIn), out)
}

// verdict is a verdict in a word or two.
func (r *Room) verdict(one *exam.Result) string {
	return r.manner.Words.Catalog().Text("exam.verdict." + string(one.Verdict))
}

// drawMarks lists every question with what came of it so far.
func (r *Room) drawMarks() {
	s, say, now := r.sheet, r.say(), &r.exam.known
	o := r.telling()
	card := s.card(say("sitting.marks"))
	for i := range now.report.Results {
		one := &now.report.Results[i]
		words, icon, ink := r.verdict(one), iconOf(one.Verdict), inkOf(one.Verdict)
		if now.step == exam.Ask && one.ID == now.question.ID {
			words, icon, ink = say("sitting.now"), look.IconClock, look.Primary
		}
		card.Add(4, s.stock.Signed(icon, ink, s.text(page.Paragraph{Runs: []page.Run{
			{Text: o.Title(one), Ink: look.Ink, Face: page.Face{Size: look.Body}},
			{Text: " · " + words, Ink: ink, Face: page.Face{Size: look.Small}},
		}})))
	}
	s.column.Add(look.Gutter, card)
}

// drawReport tells what came of the exam, by sections, what is to be done first.
func (r *Room) drawReport() {
	s, say, report := r.sheet, r.say(), &r.exam.known.report
	o := r.telling()
	icon, ink := look.IconCross, look.Fail
	switch {
	case report.Passed(false):
		icon, ink = look.IconCheck, look.Pass
	case !report.Failed(false):
		icon, ink = look.IconClock, look.Caution
	}
	s.column.Add(look.Gap, s.stock.Signed(icon, ink, s.head(o.Headline(report), look.Heading, look.Ink)))
	s.column.Add(2, s.soft(strings.Join(o.Counts(report), ", ")+"."))
	if n := r.refusedLogin(); n > 0 && !report.Works {
		s.column.Add(look.Gap, s.bar(s.button(say("sitting.why"), func() { r.show(n) })))
	}
	s.column.Add(look.Gap, s.bar(
		s.filled(say("sitting.save-html"), func() { r.saveExam("html") }),
		s.button(say("sitting.save-json"), func() { r.saveExam("json") }),
		s.button(say("sitting.save-junit"), func() { r.saveExam("xml") }),
	))
	s.column.Add(look.Gap, s.bar(s.button(say("sitting.again"), r.beginExam), s.button(say("sitting.another"), r.forgetExam)))
	for _, v := range examreport.Order() {
		all := examreport.Of(report, v)
		if len(all) == 0 || v == exam.Unasked && !report.Works { // the headline says it of all
			continue
		}
		s.column.Add(look.Gutter, s.head(r.verdict(all[0])+" · "+strconv.Itoa(len(all)), look.Heading, look.Ink))
		for _, one := range all {
			r.drawResult(one, &o)
		}
	}
}

// drawResult tells one question: in full what is to be done about, else in a line.
func (r *Room) drawResult(one *exam.Result, o *examreport.Options) {
	s := r.sheet
	under := o.Level(one) + " · " + one.Spec.String()
	title := func(into *page.Column) {
		body := s.stock.Column().Add(0, s.head(o.Title(one), look.Body, look.Ink)).Add(0, s.soft(under))
		into.Add(look.Gap, s.stock.Signed(iconOf(one.Verdict), inkOf(one.Verdict), body))
	}
	said := one.Sign == exam.SignLoggedIn || one.Sign == exam.SignNotIn || one.Sign == exam.SignDiscarded
	if one.Verdict != exam.Swallowed && one.Verdict != exam.Unknown {
		title(s.column)
		if said { // whoever pressed the wrong button can press the right one
			s.column.Add(4, r.sightBar(one))
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
	for _, seen := range examreport.Evidence(one) {
		card.Add(2, s.text(page.Plain(seen, page.Face{Size: look.Small, Mono: true}, look.Ink)))
	}
	card.Add(look.Gap, s.prose(q.Why[o.Voice]))
	if o.Voice == tutorials.Developer {
		card.Add(look.Gutter, s.head(r.diagnose("text.change"), look.Body, look.Ink)).Add(4, s.prose(q.Cure))
		for _, stack := range r.stacks() {
			if line := o.Words.Causes().CureIn(q.Cures, stack); line != "" {
				card.Add(4, s.prose("**"+r.diagnose("stack."+stack)+"** "+line))
			}
		}
	}
	if said || one.Verdict == exam.Unknown {
		card.Add(look.Gap, s.soft(r.say()("sitting.saw"))).Add(4, r.sightBar(one))
	}
	s.column.Add(look.Gap, card)
}

func iconOf(v exam.Verdict) string {
	switch v {
	case exam.Noticed:
		return look.IconCheck
	case exam.Swallowed:
		return look.IconCross
	case exam.Unknown, exam.Moot, exam.Unasked, exam.Unreached:
	}
	return look.IconSkip
}

func inkOf(v exam.Verdict) fyne.ThemeColorName {
	switch v {
	case exam.Noticed:
		return look.Pass
	case exam.Swallowed:
		return look.Fail
	case exam.Unknown, exam.Unreached:
		return look.Caution
	case exam.Moot, exam.Unasked:
	}
	return look.InkSoft
}

// saveExam writes the report as a page (html), for programs (json) or for a CI server (xml).
func (r *Room) saveExam(as string) {
	if r.exam == nil {
		return
	}
	write := map[string]func(io.Writer, *exam.Report, examreport.Options) error{
		"html": examreport.HTML, "json": examreport.JSON, "xml": examreport.JUnit,
	}[as]
	report, o := r.exam.known.report, r.telling()
	r.window.Files().Save("exam-report."+as, func(w io.Writer) error { return write(w, &report, o) }, func(at fyne.URI) {
		r.window.Say(r.say()("sitting.saved", "file", at.Name()))
	})
}
