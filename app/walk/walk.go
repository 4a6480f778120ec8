// Package walk is the room in which a flow is walked: the screen of package
// player, and around it what can be asked of a run as a whole. Other flows, who
// signs in, what could go otherwise, classic mistakes, workbenches, saving,
// opening and exporting.
//
// [Room] is a [room.Room]; it asks the window for what only a window has. It
// makes no provider, and knows neither the window nor any other room.
package walk

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Options are what the command line says of a walk. A zero value leaves the
// matter to what the person chose last time.
type Options struct {
	Flow      string // id; "" is the one of last time
	At        string // step id to begin at, "end", or ""
	Tab       string // see [Tabs]
	Classroom bool
	Transport stage.Transport
	Mistake   string       // id of a classic mistake to begin with
	Follow    string       // name of a value to follow from the beginning, e.g. "state"
	Saved     *trace.Trace // a saved run to show instead of walking; nil for none
	SavedAs   string       // the name of its file
	Version   string       // of the program, for exports

	Provider func(stage.Env) (http.Handler, error)
}

// Tabs lists what Options.Tab can be.
func Tabs() []string { return inspector.Tabs() }

// Room is where a flow is walked.
type Room struct {
	window   room.Window
	words    *tutorials.Library
	options  Options
	screen   *player.Screen
	whatIf   whatIf
	chapters chapters
	benches  benches
	list     list
	flow     string            // id of the one that is open, or that is to be opened
	walk     *flows.Walk       // nil while a saved run is shown
	to       address.Address   // where the room begins when it is opened
	savedAs  string            // the name of its file
	beside   func(work func()) // does work that takes long while the window goes on
	closed   bool
}

var (
	_ room.Room    = (*Room)(nil)
	_ room.Dropper = (*Room)(nil)
	_ room.Parted  = (*Room)(nil)
)

// New returns the room before anything is open in it.
func New(w room.Window, words *tutorials.Library, o Options) *Room {
	r := &Room{window: w, options: o, flow: known(o.Flow, w.Store().String(keyFlow)), to: o.address()}
	r.beside = func(work func()) { go work() }
	r.furnish(words)
	return r
}

// furnish makes what shows, in the language of the words.
func (r *Room) furnish(words *tutorials.Library) {
	w := r.window
	r.words = words
	r.screen = player.NewScreen(tutorials.Narrator{Words: words, Flow: r.flow, Provider: stage.ProviderName})
	r.screen.SetOffset(offset(w.Store()))
	r.screen.OnChange, r.screen.OnError = w.Changed, r.fail
	r.screen.OnCopy = func(text, _ string) { w.Copy(text) }
	r.screen.OnMistakes, r.screen.OnLink = mistakes{r}.show, r.followLink
	r.screen.OnExport, r.screen.OnFlow = exporting{r}.show, r.openFlow
	r.screen.OnKey, r.screen.OnFocus = w.Typed, w.Focus
	r.screen.OnUnfocus = func() { w.Focus(nil) }
	r.chapters = chapters{r.screen}
	r.whatIf = whatIf{screen: r.screen, fail: r.fail, mistakes: mistakes{r}.show}
	r.benches = benches{screen: r.screen, words: words, window: w, fail: r.fail}
	r.screen.OnBench = r.benches.lay
}

// known is the first of the flows that there is, else the one to begin with.
func known(ids ...string) string {
	for _, id := range ids {
		if _, ok := flows.Find(id); ok {
			return id
		}
	}
	return flows.Default().ID
}

// Regions are those of the screen.
func (r *Room) Regions() []room.Region { return r.screen.Regions() }

// Content is the screen.
func (r *Room) Content() fyne.CanvasObject { return r.screen }

// Open sets the stage for the flow, which takes all of a processor for a moment
// (keys are made), or shows the run that was saved.
func (r *Room) Open(ready func()) {
	if r.options.Saved != nil {
		r.openSaved(r.options.SavedAs, r.options.Saved)
		r.arrive(r.to)
		ready()
		return
	}
	flow := r.flow
	go func() {
		walk, err := r.start(flow, stage.Choices{})
		fyne.DoAndWait(func() {
			r.opened(walk, err)
			ready()
		})
	}()
}

// opened shows the flow for which the stage was set.
func (r *Room) opened(walk *flows.Walk, err error) {
	switch {
	case err != nil:
		r.fail(err)
	case r.closed:
		_ = walk.Close() // before the stage was set
	default:
		r.walkOn(walk)
		r.arrive(r.to)
		r.window.Changed()
	}
}

// start sets the stage for a flow.
func (r *Room) start(id string, c stage.Choices) (*flows.Walk, error) {
	flow, ok := flows.Find(id)
	if !ok {
		return nil, fmt.Errorf("there is no flow %q; see grantwalk list", id)
	}
	return flows.Start(context.Background(), flow, r.playing(c))
}

// playing is how a flow is played with those choices.
func (r *Room) playing(c stage.Choices) flows.Options {
	o := r.options
	return flows.Options{Provider: o.Provider, Classroom: o.Classroom, Transport: o.Transport, Choices: c, Say: r.words.Catalog()}
}

// walkOn puts a walk on the screen.
func (r *Room) walkOn(walk *flows.Walk) {
	r.walk, r.savedAs = walk, ""
	r.screen.Open(player.New(walk))
	r.flow = r.screen.Player().Flow().ID
}

// Tell changes voice and lens in place.
func (r *Room) Tell(m room.Manner) {
	if m.Words != nil && m.Words != r.words {
		r.speak(m.Words)
	}
	r.screen.ReduceMotion(m.Still)
	if n := r.screen.Narrator(); n.Voice != m.Voice || n.Lens != m.Lens {
		n.Voice, n.Lens = m.Voice, m.Lens
		r.screen.Tell(n)
	}
}

// speak goes on in another language. The pages of a run are made by its parties
// while it is walked, so it is walked again to where it stood.
func (r *Room) speak(words *tutorials.Library) {
	p, narrator := r.screen.Player(), r.screen.Narrator()
	r.screen.Stop()
	r.furnish(words)
	narrator.Words = words
	r.screen.Tell(narrator)
	switch {
	case p == nil:
		return
	case p.IsSaved():
		r.screen.Open(p)
		return
	}
	if err := r.walk.Close(); err != nil { // first, because both may need the same ports
		r.fail(err)
	}
	walk, err := r.start(p.Flow().ID, p.Choices())
	if err != nil {
		r.walk = nil
		r.fail(err)
		return
	}
	at := p.Cursor()
	r.walkOn(walk)
	r.screen.Seek(at)
}

// fail says that our program is broken; that a saved run can't be changed is no fault.
func (r *Room) fail(err error) {
	if errors.Is(err, player.ErrSaved) {
		r.window.Notice(r.words.Catalog().Text("player.saved.stays"), err)
		return
	}
	r.window.Fail(err)
}

// Close ends the walk.
func (r *Room) Close() error {
	r.closed = true
	if r.walk == nil {
		return nil
	}
	return r.walk.Close()
}
