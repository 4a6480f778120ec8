package practice

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
)

// kindAgain is the id of [again].
const kindAgain = "again"

// Due is how much that was missed is to be done again today.
func Due(store fyne.Preferences, now func() time.Time) int {
	return len(exercise.NewRecord(store, now).Due())
}

// again is what was missed and comes back today.
type again struct{ room *Room }

func (a *again) read(*tutorials.Library) {}

func (a *again) open([]string) {}

func (a *again) path() []string { return nil }

func (a *again) rail() []room.Section { return nil }

func (a *again) leave() error { return nil }

func (a *again) state() any { return a.room.record.Due() }

// commands lead to the first that is due.
func (a *again) commands() []room.Command {
	due := a.due()
	return []room.Command{{
		ID: "check.next", Menu: room.MenuGo, Words: a.room.manner.Words.Catalog().Text("practice.begin"), Off: len(due) == 0,
		Keys: room.Keys(fyne.KeyRight, fyne.KeySpace), Do: func() { a.room.window.Go(due[0].to) },
	}}
}

// tried is something that was tried once: what it is called, and where it is.
type tried struct {
	title string
	kind  string // id of its kind, or "question" for one of a lesson
	to    address.Address
}

// due lists what is to be done again, as far as it still exists.
func (a *again) due() []tried {
	var all []tried
	for _, id := range a.room.record.Due() {
		if t, ok := a.room.tried(id); ok {
			all = append(all, t)
		}
	}
	return all
}

// tried finds what the record files under an id.
func (r *Room) tried(id string) (tried, bool) {
	kind, rest, _ := strings.Cut(id, "/")
	switch kind {
	case kindDecide:
		all, _ := r.manner.Words.Exercises()
		for i := range all {
			if all[i].ID == rest {
				return tried{all[i].Title, kind, address.At(Place, kindDecide, rest)}, true
			}
		}
	case "question":
		return r.ofLesson(rest)
	default:
		flow, question, _ := strings.Cut(rest, "/")
		if f, ok := flows.Find(flow); ok && slices.Contains(Kinds(), kind) {
			n := tutorials.Narrator{Words: r.manner.Words, Voice: r.manner.Voice, Lens: r.manner.Lens, Flow: f.ID}
			return tried{called(n), kind, address.At(Place, kind, flow, question)}, true
		}
	}
	return tried{}, false
}

// ofLesson finds the screen of a lesson that asks a question.
func (r *Room) ofLesson(question string) (tried, bool) {
	lessons, _ := r.manner.Words.Lessons().All()
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			if s.Question == question {
				return tried{s.Told[r.manner.Voice].Title, "question", address.At("lesson", lessons[i].ID, s.ID)}, true
			}
		}
	}
	return tried{}, false
}

// draw lists what is due, each row to be pressed; or says when there is something again.
func (a *again) draw(s *sheet) {
	say := a.room.manner.Words.Catalog()
	s.column.Add(0, s.text(page.Prose(say.Text("practice.again-line"), wordsSize, look.InkSoft)...))
	main := s.stock.Column()
	s.column.Add(look.Gutter, s.answers(main, s.stock.Column(), "scene-later"))
	due := a.due()
	if len(due) == 0 {
		words := say.Text("practice.again-nothing")
		if next := a.room.record.Next(); !next.IsZero() {
			words = say.Text("practice.again-next", "day", a.room.day(next))
		}
		main.Add(0, a.room.beginning(s, words))
		return
	}
	card := s.stock.Card(look.Card, look.Line, cardPad-6)
	for _, t := range due {
		words := []page.Paragraph{{Spans: []page.Span{
			{Text: t.title, Ink: look.Ink, Face: page.Face{Size: wordsSize}},
			{Text: "   " + say.Text("practice.kind."+t.kind), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		}}}
		row := s.lines.Take(func() *lineRow { return newLineRow(s.kit) }).set(words, plain, func() { a.room.window.Go(t.to) })
		s.said.Add(row.words)
		card.AddWide(2, lineEdge, row)
	}
	main.Add(0, card)
	first := s.button(say.Text("practice.begin"), func() { a.room.window.Go(due[0].to) })
	first.Primary = true
	main.Add(look.Gutter, s.stock.Bar([]*page.Button{first}, nil))
}

// day writes a day with its name in the words of the catalog: "Tuesday, 2026-03-03".
func (r *Room) day(t time.Time) string {
	return r.manner.Words.Catalog().Text("practice.day."+strings.ToLower(t.Weekday().String())) + ", " + t.Format(time.DateOnly)
}
