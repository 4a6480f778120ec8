// Package present is the room of talks: it lists them, makes one ready, and
// opens the two windows in which it is given: the stage, which the room sees,
// and the speaker's window.
//
// Everything that a talk shows is played before its first scene, so nothing can
// fail in front of people. The package knows no other room.
package present

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	cast "github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Place is where talks are: present/log-in-with?minutes=10&start=yes.
const Place = "present"

// What an address of a talk can choose.
const (
	ChoiceMinutes = "minutes"
	ChoiceStart   = "start" // yes
)

// Options are what the room is handed.
type Options struct {
	Provider func(cast.Env) (http.Handler, error) // who answers the runs
	Runs     talk.Runs                            // that were saved, to be shown instead of new ones
	Over     func(talk.Rehearsal)                 // told when a talk has ended; nil: nobody
	Now      func() time.Time                     // the clock that a talk goes by; nil: that of the machine
	Desk     Desk
}

// Room lists the talks.
type Room struct {
	window  room.Window
	manner  room.Manner
	options Options
	talks   []tutorials.Talk
	err     error // why there are none
	chosen  string
	minutes int
	now     *windows // of the talk that is being given; nil: none is
	last    *talk.Rehearsal
	lastOf  *talk.Show
	sheet   *list
	opened  bool
	waiting address.Address // to be begun when the room stands
	playing sync.WaitGroup
	beside  func(func())    // has something done beside the drawing
	draw    func(func())    // has something done on the goroutine that draws
	ctx     context.Context //nolint:containedctx // it ends the runs of a talk, when the room is closed
	cancel  context.CancelFunc
}

var _ room.Room = (*Room)(nil)

// New returns the room.
func New(w room.Window, library *tutorials.Library, o Options) *Room {
	r := &Room{window: w, options: o, draw: fyne.Do}
	r.beside = r.playing.Go
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.sheet = newList(r)
	r.read(library)
	return r
}

// Ticking calls once a second on the goroutine that draws, until it is stopped.
func Ticking(each func()) (stop func()) {
	ticker, done := time.NewTicker(time.Second), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				fyne.Do(each)
			case <-done:
				return
			}
		}
	}()
	return func() { ticker.Stop(); close(done) }
}

func (r *Room) read(library *tutorials.Library) {
	r.manner.Words = library
	r.talks, r.err = r.manner.Words.Talks().All()
}

// colours are those of the stage: dark where the window is.
func (r *Room) colours() sheet.Look {
	red, green, blue, _ := theme.Color(look.Ground).RGBA()
	if red+green+blue < 3*0x8000 {
		return sheet.Dark()
	}
	return sheet.Light()
}

// Content is the list.
func (r *Room) Content() fyne.CanvasObject { return r.sheet }

// Address is that of the talk that was chosen.
func (r *Room) Address() address.Address {
	if r.chosen == "" {
		return address.At(Place)
	}
	return address.At(Place, r.chosen).Choose(ChoiceMinutes, strconv.Itoa(r.minutes))
}

// Go chooses a talk, and begins it where the address says so.
func (r *Room) Go(to address.Address) {
	typed := to.Part(0)
	if typed == "" || len(r.talks) == 0 {
		return
	}
	ids := make([]string, 0, len(r.talks))
	for i := range r.talks {
		ids = append(ids, r.talks[i].ID)
	}
	id, _ := address.Nearest(typed, ids)
	i := max(slices.Index(ids, id), 0)
	if ids[i] != typed {
		r.window.Say(r.manner.Words.Catalog().Text("present.no-talk", "typed", typed, "talk", r.talks[i].Title))
	}
	minutes, _ := strconv.Atoi(to.Get(ChoiceMinutes))
	r.chosen, r.minutes = ids[i], r.talks[i].Length(minutes)
	if to.Get(ChoiceStart) != "" {
		r.waiting = r.Address()
		if r.opened {
			r.begin()
		}
	}
	r.sheet.draw()
}

// begin gives the talk that an address asked for.
func (r *Room) begin() {
	if r.waiting.IsZero() {
		return
	}
	r.waiting = address.Address{}
	r.start(r.chosen, r.minutes)
}

// start makes a talk ready, beside the drawing, and gives it.
func (r *Room) start(id string, minutes int) {
	t, ok := r.manner.Words.Talks().Talk(id)
	if !ok {
		return
	}
	r.chosen, r.minutes = id, minutes
	r.ready(t, minutes, r.give)
}

// ready prepares a talk and hands it on.
func (r *Room) ready(t tutorials.Talk, minutes int, then func(*talk.Show)) {
	say, library, o := r.manner.Words.Catalog(), r.manner.Words, r.options
	r.window.Say(say.Text("present.preparing", "talk", t.Title))
	r.beside(func() {
		show, err := talk.Prepare(r.ctx, library, t, minutes, talk.Options{Provider: o.Provider, Runs: o.Runs})
		r.draw(func() {
			switch {
			case r.ctx.Err() != nil:
			case err != nil:
				r.window.Say("")
				r.window.Notice(say.Text("present.cannot"), err)
			default:
				r.window.Say("")
				then(show)
			}
		})
	})
}

// finish ends the talk that is being given.
func (r *Room) finish() {
	w := r.now
	if w == nil {
		return
	}
	r.now = nil
	rehearsal := w.giving.timer.Rehearsed(w.giving.show)
	w.close()
	w.ended(rehearsal)
}

// over keeps what came of a talk, and shows it.
func (r *Room) over(show *talk.Show, t talk.Rehearsal) {
	r.last, r.lastOf = &t, show
	if r.options.Over != nil {
		r.options.Over(t)
	}
	r.sheet.draw()
	r.window.Changed()
}

// Named is the title of the talk to which an address leads.
func Named(m room.Manner, to address.Address) string {
	if t, ok := m.Words.Talks().Talk(to.Part(0)); ok {
		return t.Title
	}
	return m.Words.Catalog().Text("present.title")
}

// Title is that of the room.
func (r *Room) Title() room.Title {
	say := r.manner.Words.Catalog()
	return room.Title{Name: say.Text("present.title"), Short: say.Text("present.title"), Rail: say.Text("present.rail")}
}

// Rail is the talks.
func (r *Room) Rail() []room.Section {
	say := r.manner.Words.Catalog()
	section := room.Section{Title: say.Text("present.rail")}
	for i := range r.talks {
		t := &r.talks[i]
		section.Rows = append(section.Rows, room.Row{
			Label: t.Title, Here: t.ID == r.chosen,
			Do: func() { r.Go(address.At(Place, t.ID)); r.window.Changed() },
		})
	}
	return []room.Section{section}
}

// Strip is empty.
func (r *Room) Strip() []room.Chip { return nil }

// State is what a test can read.
func (r *Room) State() any {
	state := struct {
		Talk    string  `json:"talk"`
		Minutes int     `json:"minutes"`
		Scene   string  `json:"scene"` // "" while none is given
		At      int     `json:"at"`    // counted from 1
		Of      int     `json:"of"`
		Seconds float64 `json:"seconds"`
		Stage   bool    `json:"stage"`
		Speaker bool    `json:"speaker"`
		Full    bool    `json:"full"` // the stage fills a screen
		Screens int     `json:"screens"`
		Cover   string  `json:"cover"` // "", black or white
		Notes   bool    `json:"notes"`
		All     bool    `json:"all"` // scenes are shown at once
	}{Talk: r.chosen, Minutes: r.minutes}
	if w := r.now; w != nil {
		g := w.giving
		state.Scene, state.At, state.Of = g.slide().Scene.ID, g.at+1, len(g.show.Slides)
		state.Seconds, state.Stage, state.Speaker = g.timer.Elapsed().Seconds(), w.onStage != nil, w.beside != nil
		state.Full, state.Screens = w.onStage != nil && w.onStage.FullScreen(), w.screens
		state.Cover, state.Notes, state.All = g.cover.String(), g.notes, g.overview != nowhere
	}
	return state
}

// Open begins the talk that was asked for, once the room stands.
func (r *Room) Open(ready func()) {
	r.opened = true
	r.sheet.draw()
	ready()
	r.begin()
}

// Tell tells in another language; the voice is that of the talk.
func (r *Room) Tell(m room.Manner) {
	if m.Words != r.manner.Words {
		r.read(m.Words)
	}
	r.manner = m
	r.sheet.draw()
}

// Remember has nothing to keep.
func (r *Room) Remember() {}

// Close ends the talk and the runs behind it. All windows have gone by then.
func (r *Room) Close() error {
	if r.now != nil {
		r.now.halt()
		if r.options.Over != nil {
			r.options.Over(r.now.giving.timer.Rehearsed(r.now.giving.show))
		}
		r.now = nil
	}
	r.cancel()
	r.playing.Wait()
	return nil
}
