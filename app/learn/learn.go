// Package learn is the room of lessons: one idea a screen, a question before it
// is told, and the walk in which one can see it.
//
// A question is answered by a run that is played at that moment, behind the
// screen, on the real provider; the room has no answer of its own. What was read
// and answered is kept on this machine. The package knows no other room: where
// something can be seen, it asks the window to go there.
package learn

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Places to which addresses lead that this room opens.
const (
	Place       = "learn"
	PlaceLesson = "lesson" // lesson/tokens/short-lived
)

// endScreen is the address of what closes a lesson.
const endScreen = "end"

// Options are what the room is handed.
type Options struct {
	Provider func(stage.Env) (http.Handler, error) // who answers the runs behind questions
	Now      func() time.Time                      // which day it is
}

// Room shows lessons.
type Room struct {
	window  room.Window
	manner  room.Manner
	options Options
	lessons []tutorials.Lesson
	err     error // why there are no lessons
	at      place
	record  record
	answers answers
	sheet   *sheet
	playing sync.WaitGroup
	beside  func(func())    // has something done beside the drawing
	ctx     context.Context //nolint:containedctx // it ends what the room began, when the room is closed
	cancel  context.CancelFunc
}

// place is a screen of a lesson; the one behind the last closes the lesson.
type place struct{ lesson, screen int }

var _ room.Room = (*Room)(nil)

// New returns the room, at the lesson where somebody stopped last time.
func New(w room.Window, words *tutorials.Library, o Options) *Room {
	r := &Room{window: w, options: o, record: openRecord(w.Store()), answers: answers{}}
	r.beside = r.playing.Go
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.sheet = newSheet(w.Typed)
	r.sheet.kit.Link = func(link string) {
		if to := address.OfLink(link); to.Place == address.PlaceWalk {
			r.visit(to)
		} else {
			w.Read(to)
		}
	}
	r.read(words)
	if a, err := address.Parse(r.record.last()); err == nil {
		r.Go(a)
	}
	return r
}

// read takes the lessons of a language.
func (r *Room) read(words *tutorials.Library) {
	r.manner.Words = words
	r.lessons, r.err = words.Lessons().All()
	r.at.lesson = min(r.at.lesson, max(len(r.lessons)-1, 0))
}

// lesson is the one that is open.
func (r *Room) lesson() *tutorials.Lesson { return &r.lessons[r.at.lesson] }

// screen is the one that shows, nil at the end of a lesson.
func (r *Room) screen() *tutorials.Screen {
	if len(r.lessons) == 0 || r.at.screen >= len(r.lesson().Screens) {
		return nil
	}
	return &r.lesson().Screens[r.at.screen]
}

// Content is the page.
func (r *Room) Content() fyne.CanvasObject { return r.sheet }

// Address is that of the screen.
func (r *Room) Address() address.Address {
	if len(r.lessons) == 0 {
		return address.At(Place)
	}
	id := endScreen
	if s := r.screen(); s != nil {
		id = s.ID
	}
	return address.At(PlaceLesson, r.lesson().ID, id)
}

// Go opens a lesson, at one of its screens or at its beginning.
func (r *Room) Go(to address.Address) {
	if to.Place != PlaceLesson || len(r.lessons) == 0 {
		return
	}
	ids := make([]string, 0, len(r.lessons))
	for i := range r.lessons {
		ids = append(ids, r.lessons[i].ID)
	}
	id, _ := address.Nearest(to.Part(0), ids)
	r.at = place{lesson: max(slices.Index(ids, id), 0)}
	if typed := to.Part(0); typed != "" && typed != id {
		r.window.Say(r.manner.Words.Catalog().Text("learn.no-lesson", "typed", typed, "lesson", r.lesson().Title))
	}
	r.at.screen = r.find(to.Part(1))
	r.show()
}

// find is the number of a screen of the lesson that is open; its first where there is none of that name.
func (r *Room) find(id string) int {
	if id == endScreen {
		return len(r.lesson().Screens)
	}
	return max(slices.IndexFunc(r.lesson().Screens, func(s tutorials.Screen) bool { return s.ID == id }), 0)
}

// turn goes on with 1 and back with -1, from lesson to lesson.
func (r *Room) turn(by int) {
	to := r.at
	switch to.screen += by; {
	case to.screen < 0 && to.lesson == 0:
		return
	case to.screen < 0:
		to.lesson--
		to.screen = len(r.lessons[to.lesson].Screens)
	case to.screen > len(r.lesson().Screens) && to.lesson == len(r.lessons)-1:
		return
	case to.screen > len(r.lesson().Screens):
		to = place{lesson: to.lesson + 1}
	}
	r.at = to
	r.show()
	r.window.Changed()
}

// begin opens a lesson at its beginning.
func (r *Room) begin(lesson int) {
	r.at = place{lesson: lesson}
	r.show()
	r.window.Changed()
}

// show draws the screen, and keeps that it was read.
func (r *Room) show() {
	if len(r.lessons) > 0 {
		if r.screen() == nil {
			r.record.finish(r.lesson().ID)
		}
		r.record.stand(r.Address().String())
	}
	r.draw()
	r.sheet.rewind()
}

// Title is empty: the page says it.
func (r *Room) Title() room.Title {
	say := r.manner.Words.Catalog()
	return room.Title{Name: say.Text("learn.title"), Short: say.Text("learn.title"), Rail: say.Text("learn.rail")}
}

// Rail is the lessons, with those that were read to their end marked.
func (r *Room) Rail() []room.Section {
	say := r.manner.Words.Catalog()
	lessons := room.Section{Title: say.Text("learn.rail")}
	for i := range r.lessons {
		l := &r.lessons[i]
		label := say.Text("learn.lesson", "number", strconv.Itoa(l.Number), "title", l.Title)
		if r.record.finished(l.ID) {
			label = say.Text("learn.lesson-done", "number", strconv.Itoa(l.Number), "title", l.Title)
		}
		lessons.Rows = append(lessons.Rows, room.Row{
			Label: label, Note: say.Count("learn.minutes", l.Minutes), Here: i == r.at.lesson, Do: func() { r.begin(i) },
		})
	}
	return []room.Section{lessons, r.practice(), r.reading()}
}

// Strip is empty: nothing is chosen above a lesson.
func (r *Room) Strip() []room.Chip { return nil }

// State is what a test can read.
func (r *Room) State() any {
	state := struct {
		Lesson   string `json:"lesson"`
		Screen   string `json:"screen"`
		Question string `json:"question"`
		Chosen   int    `json:"chosen"` // counted from 1; 0: nothing yet
		Answer   int    `json:"answer"` // likewise: what the run said
		Words    string `json:"words"`
	}{Lesson: r.Address().Part(0), Screen: r.Address().Part(1), Words: r.sheet.words()}
	if s := r.screen(); s != nil && s.Question != "" {
		a := r.answers.of(s.Question)
		state.Question, state.Chosen, state.Answer = s.Question, a.chosen, a.right
	}
	return state
}

// Open has nothing to wait for.
func (r *Room) Open(ready func()) {
	r.show()
	r.window.Changed()
	ready()
}

// Tell tells in another voice or language.
func (r *Room) Tell(m room.Manner) {
	if m.Words != r.manner.Words {
		r.read(m.Words)
	}
	r.manner = m
	r.draw()
}

// Remember has kept everything already.
func (r *Room) Remember() {}

// Close ends the runs behind questions.
func (r *Room) Close() error {
	r.cancel()
	r.playing.Wait()
	return nil
}
