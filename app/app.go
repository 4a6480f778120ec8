// Package app is the window: header, rail, menu, and the screen on which a
// flow is walked. It is the root of the only folder that knows Fyne.
//
// [Run] opens the window and returns when it is closed. The identity provider
// is handed in; the package makes none.
package app

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// ID is the application's id on every platform.
const ID = "io.github.grantwalk.Grantwalk"

// Options are what the command line says. A zero value leaves the matter to
// what the person chose last time.
type Options struct {
	Version   string
	Flow      string // id; "" is the first
	At        string // step id to begin at, "end", or ""
	Tab       string // tab of the inspector
	Voice     tutorials.Voice
	Lens      string
	Theme     string // see [Themes]
	Width     int    // of the window, with Height
	Height    int
	Classroom bool
	Transport stage.Transport
	Mistake   string       // id of a classic mistake to begin with
	Follow    string       // name of a value to follow from the beginning, e.g. "state"
	Saved     *trace.Trace // a saved run to show instead of walking; nil for none
	SavedAs   string       // the name of its file
	StateFile string       // where the state of the window is written after each change, as JSON; "" nowhere

	Provider func(stage.Env) (http.Handler, error)
}

// Themes lists what Options.Theme can be.
func Themes() []string {
	var names []string
	for _, m := range look.Modes() {
		names = append(names, string(m))
	}
	return names
}

// Tabs lists what Options.Tab can be.
func Tabs() []string {
	var ids []string
	for _, t := range inspector.Tabs() {
		ids = append(ids, t.ID)
	}
	return ids
}

// window is the one window and all that belongs to it.
type window struct {
	options  Options
	app      fyne.App
	win      fyne.Window
	words    *tutorials.Library
	settings *settings
	screen   *player.Screen
	header   *header
	rail     *rail
	frame    *frame
	body     *fyne.Container
	dialogs  *room.Dialogs
	menu     menu
	benches  benches
	walk     *flows.Walk // nil while a saved run is shown
	files    files
	savedAs  string // the name of its file
	stopped  bool
}

// opened is what prepare brings.
type opened struct {
	walk *flows.Walk
	err  error
}

// Run opens the window and returns when it was closed.
func Run(o Options) error {
	if _, err := flowOf(o.Flow); err != nil {
		return err
	}
	// What is made until the flow stands there stays: collecting it meanwhile only holds the window up.
	percent := debug.SetGCPercent(400)
	a := fyneapp.NewWithID(ID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	reading := make(chan library, 1)
	go func() { reading <- read() }() // while the display is being reached
	win := a.NewWindow("Grantwalk")
	got := <-reading
	if got.err != nil {
		return fmt.Errorf("load the tutorials: %w", got.err)
	}
	w := newWindow(a, win, got.words, o)
	a.Lifecycle().SetOnStarted(func() {
		if o.Saved != nil {
			w.openSaved(o.SavedAs, o.Saved)
			w.begin(w.screen.Player())
			debug.SetGCPercent(percent)
			return
		}
		go func() { // making keys takes all of a processor for a moment: the window comes first
			walk, err := w.start(w.settings.flow, stage.Choices{})
			fyne.DoAndWait(func() {
				w.open(opened{walk, err})
				debug.SetGCPercent(percent)
			})
			debug.FreeOSMemory() // what was read and thrown away until now
		}()
	})
	w.win.ShowAndRun()
	return w.close()
}

// library is what read brings.
type library struct {
	words *tutorials.Library
	err   error
}

// read loads the words, and the fonts by measuring a letter of each, which the
// first text would wait for. Nothing else may measure text meanwhile.
func read() library {
	words, err := tutorials.Load("en")
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("x", look.Body, style)
	}
	return library{words, err}
}

func flowOf(id string) (flows.Flow, error) {
	if id == "" {
		return flows.Default(), nil
	}
	if f, ok := flows.Find(id); ok {
		return f, nil
	}
	return flows.Flow{}, fmt.Errorf("there is no flow %q; see grantwalk list", id)
}

// start sets the stage for a flow.
func (w *window) start(id string, c stage.Choices) (*flows.Walk, error) {
	flow, err := flowOf(id)
	if err != nil {
		return nil, err
	}
	o := w.options
	return flows.Start(context.Background(), flow, flows.Options{
		Provider: o.Provider, Classroom: o.Classroom, Transport: o.Transport, Choices: c, Say: w.words.Catalog(),
	})
}

func newWindow(a fyne.App, win fyne.Window, words *tutorials.Library, o Options) *window {
	w := &window{options: o, app: a, words: words, settings: newSettings(a.Preferences(), words, o)}
	applyZoom(w.settings.zoom)
	a.Settings().SetTheme(look.NewTheme(w.settings.theme))
	w.win = win
	w.dialogs = room.NewDialogs(win.Canvas(), w.writeState)
	w.screen = player.NewScreen(narrator(words, w.settings))
	w.screen.OnChange, w.screen.OnError, w.screen.OnCopy = w.changed, w.fail, w.copy
	w.screen.OnMistakes = w.showMistakes
	w.screen.OnLink, w.screen.OnKey = w.followLink, w.typed
	w.screen.OnFocus = func(f fyne.Focusable) { w.win.Canvas().Focus(f) }
	w.screen.OnUnfocus = func() { w.win.Canvas().Unfocus() }
	w.screen.ReduceMotion(w.settings.reduceMotion)
	w.screen.SetOffset(w.settings.offset)
	w.screen.OnBench = w.bench
	w.header, w.rail = newHeader(w), newRail(w)
	w.frame = &frame{w: w, ground: newGround(look.Ground, noEdge)}
	w.body = container.New(w.frame, w.frame.order(false)...)
	w.win.SetContent(container.NewThemeOverride(w.body, look.Flat()))
	w.menu = menu{act: w.act, set: w.win.SetMainMenu}
	w.updateMenu()
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.files = fileDialogs{w}
	w.win.SetOnDropped(w.dropped)
	w.win.Resize(w.settings.size())
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { w.typed(k) })
	w.addKeys()
	w.win.SetCloseIntercept(func() {
		w.remember()
		w.win.Close()
	})
	return w
}

func narrator(words *tutorials.Library, s *settings) tutorials.Narrator {
	return tutorials.Narrator{Words: words, Flow: s.flow, Voice: s.voice, Lens: s.lens, Provider: stage.ProviderName}
}

// open shows the flow that was prepared.
func (w *window) open(o opened) {
	if o.err != nil {
		w.fail(o.err)
		return
	}
	if w.stopped {
		_ = o.walk.Close() // the window was closed before the stage was set
		return
	}
	w.walkOn(o.walk)
	w.begin(w.screen.Player())
	w.changed()
}

// walkOn puts a walk on the screen.
func (w *window) walkOn(walk *flows.Walk) {
	w.walk = walk
	w.savedAs = ""
	w.put(player.New(walk))
}

// put shows a player.
func (w *window) put(p *player.Player) {
	w.screen.Open(p)
	w.header.update()
	w.rail.fill()
	w.updateMenu()
}

// openFlow closes the flow that is open and opens another one, with the same
// person. The one that is open begins anew.
func (w *window) openFlow(id string) {
	p := w.screen.Player()
	if p == nil || p.Flow().ID == id && !p.IsSaved() {
		w.screen.Home()
		return
	}
	was, choices := p.Flow().ID, p.Choices()
	w.screen.Stop()
	if w.walk == nil { // a saved run was shown: it needs no other end
		was = id
	} else if err := w.walk.Close(); err != nil { // first, because both may need the same ports
		w.fail(err)
		return
	}
	walk, err := w.start(id, stage.Choices{Person: choices.Person})
	if err != nil {
		w.fail(err)
		if walk, err = w.start(was, choices); err != nil {
			w.walk = nil // nothing is left to be walked
			w.fail(err)
			return
		}
		id = was
	}
	w.settings.saveFlow(id)
	w.walkOn(walk)
	w.changed()
}

// begin goes where the command line says.
func (w *window) begin(p *player.Player) {
	o := w.options
	if o.Mistake != "" {
		w.screen.Try(o.Mistake)
	}
	switch {
	case o.At == "end":
		w.screen.End()
	case o.At != "":
		w.screen.Seek(p.Find(o.At))
	}
	if o.Tab != "" {
		w.screen.ShowTab(o.Tab)
	}
	if o.Follow != "" {
		p.Follow(p.Plan().Latest(o.Follow))
	}
}

// changed keeps header, rail and menu true to the screen.
func (w *window) changed() {
	if w.header == nil || w.screen.Player() == nil {
		return
	}
	w.header.update()
	w.rail.update()
	w.updateMenu()
	w.writeState()
}

// updateMenu shows what holds now.
func (w *window) updateMenu() {
	w.menu.update(room.Menus(w.viewCommands(), w.roomCommands(), w.otherCommands()))
}

func (w *window) copy(text, _ string) { w.app.Clipboard().SetContent(text) }

// remember keeps what the next start should find.
func (w *window) remember() {
	w.settings.saveWindow(w.win.Canvas().Size(), w.screen.Offset())
}

func (w *window) close() error {
	w.stopped = true
	if w.walk == nil {
		return nil
	}
	return w.walk.Close()
}
