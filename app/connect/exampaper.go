package connect

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
)

// paper draws an exam as far as it is.
type paper struct {
	tools

	known   *standing
	telling examreport.Options
	refused int // number of the ordinary login that went wrong; 0: none did
	saw     func(question string, seen exam.Sight)
}

// why shows the login that went wrong.
func (p *paper) why() { p.leaves.showLogin(p.refused) }

// drawTask says what to do now, and what this login is given.
func (p *paper) drawTask(issuer string, stop func()) {
	s, say, now := p.sheet, p.words.say, p.known
	o := &p.telling
	card := s.stock.Card(look.Band, look.Line, cardPad)
	step := func(over, head, words string) {
		card.Add(0, s.soft(over)).Add(4, s.head(head, look.Title, look.Ink)).Add(look.Gap, s.prose(words))
	}
	switch now.purpose {
	case exam.First:
		step(say("sitting.at-first"), say("sitting.first"), say("sitting.first-words", "issuer", issuer))
		if p.refused > 0 {
			card.Add(look.Gap, s.stock.Signed(look.IconCross, look.Fail, s.prose(say("sitting.failed"))))
			card.Add(look.Gap, s.bar(s.button(say("sitting.why"), p.why)))
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
	card.Add(4, s.soft(say("sitting.lasts")))
	card.Add(look.Gap, s.bar(s.button(say("sitting.stop"), stop)))
	s.column.Add(look.Gutter, card)
}

// drawLatest asks what the app did after the question before: the provider sees
// only what reaches it.
func (p *paper) drawLatest() {
	now, s := p.known, p.sheet
	if !now.asked {
		return
	}
	for i := range now.report.Results {
		if one := &now.report.Results[i]; one.ID == now.latest.ID {
			o := &p.telling
			card := s.card(p.words.say("sitting.saw"))
			card.Add(look.Gap, s.prose(p.words.say("sitting.before", "title", o.Title(one))))
			card.Add(4, s.stock.Signed(iconOf(one.Verdict), inkOf(one.Verdict), s.soft(p.verdict(one)+". "+o.Sign(one))))
			card.Add(look.Gap, p.sightBar(one))
			s.column.Add(look.Gutter, card)
		}
	}
}

// sightBar lets somebody say what they saw the app do.
func (p *paper) sightBar(one *exam.Result) *page.Bar {
	say := p.words.say
	button := func(id string, seen exam.Sight, signs ...exam.Sign) *page.Button {
		b := p.sheet.button(say(id), func() { p.saw(one.ID, seen) })
		for _, sign := range signs {
			b.Chosen = b.Chosen || one.Sign == sign
		}
		return b
	}
	out := button("sitting.saw-out", exam.Sight{}, exam.SignNotIn)
	if one.Stage == exam.AtUserInfo { // who is shown decides there
		return p.sheet.bar(
			button("sitting.saw-right", exam.Sight{LoggedIn: true, Person: true}, exam.SignDiscarded),
			button("sitting.saw-other", exam.Sight{LoggedIn: true, Other: true}, exam.SignLoggedIn), out)
	}
	return p.sheet.bar(button("sitting.saw-in", exam.Sight{LoggedIn: true}, exam.SignLoggedIn), out)
}

// verdict is a verdict in a word or two.
func (p *paper) verdict(one *exam.Result) string {
	return p.words.Words.Catalog().Text("exam.verdict." + string(one.Verdict))
}

// drawMarks lists every question with what came of it so far.
func (p *paper) drawMarks() {
	s, say, now := p.sheet, p.words.say, p.known
	o := &p.telling
	card := s.card(say("sitting.marks"))
	for i := range now.report.Results {
		one := &now.report.Results[i]
		words, icon, ink := p.verdict(one), iconOf(one.Verdict), inkOf(one.Verdict)
		if now.purpose == exam.Ask && one.ID == now.question.ID {
			words, icon, ink = say("sitting.now"), look.IconClock, look.OnBand
		}
		card.Add(4, s.stock.Signed(icon, ink, s.text(page.Paragraph{Spans: []page.Span{
			{Text: o.Title(one), Ink: look.Ink, Face: page.Face{Size: look.Body}},
			{Text: " · " + words, Ink: ink, Face: page.Face{Size: look.Small}},
		}})))
	}
	s.column.Add(look.Gutter, card)
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
