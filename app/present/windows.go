package present

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/talk"
)

// Desk is what the room needs of the machine that it runs on; a test brings its own.
type Desk struct {
	Open    func(title string) fyne.Window // a window beside the first
	Fits    func(fyne.Size) fyne.Size      // a size as far as the first screen has room for it
	Screens func() int                     // how many there are to show windows on
	Fill    func(fyne.Window)              // fills the second screen with a window where the toolkit can, else the one on which it is
	Now     func() time.Time
	Tick    func(each func()) (stop func()) // calls once a second, on the goroutine that draws
}

// windows are those of a talk that is being given.
type windows struct {
	desk    Desk
	giving  *giving
	words   *words
	stage   *stage
	speaker *speaker
	screens int         // that there were at the last look
	onStage fyne.Window // nil while it is closed
	beside  fyne.Window // the speaker's, likewise
	stop    func()
	ended   func(talk.Rehearsal)
}

// open begins to give a talk: the stage on the second screen where there is
// one, and then the speaker's window on the first.
func (r *Room) give(show *talk.Show) {
	if r.now != nil {
		r.now.close()
	}
	g := newGiving(show, r.options.Desk.Now)
	w := &windows{desk: r.options.Desk, giving: g, words: &words{r.manner.Words.Catalog()}}
	w.stage = newStage(g, w.words, r.colours, r.manner.Still)
	w.speaker = newSpeaker(g, w.words, r.colours, func() bool { return w.onStage != nil })
	g.changed = func() { w.refresh(); r.window.Changed() }
	g.begin = func() bool {
		closed := w.onStage == nil
		w.openStage(true)
		return closed
	}
	g.end = func() { r.finish() }
	w.ended = func(t talk.Rehearsal) { r.over(show, t) }
	r.now = w
	w.stop = w.desk.Tick(w.tick)
	w.screens = w.desk.Screens()
	w.openStage(false)
	if w.screens > 1 {
		w.openSpeaker()
	}
	r.window.Changed()
}

// refresh draws both windows as the talk is now.
func (w *windows) refresh() {
	if w.onStage != nil {
		w.stage.Refresh()
	}
	if w.beside != nil {
		w.speaker.tell()
		w.speaker.Refresh()
	}
}

// tick shows the time, and sees whether a screen has come or gone; nothing else moves.
func (w *windows) tick() {
	w.look()
	if w.beside != nil {
		w.speaker.tick()
		w.speaker.clock.Refresh()
	}
	if w.onStage != nil && w.giving.notes {
		w.stage.Refresh()
	}
}

// sizes of the windows where nothing fills a screen.
func stageSize() fyne.Size   { return fyne.NewSize(1280, 720) }
func speakerSize() fyne.Size { return fyne.NewSize(1280, 800) }

// openStage opens the stage, if it is closed, or fills a screen with it: the second where there is one.
func (w *windows) openStage(again bool) {
	if w.onStage == nil {
		w.onStage = w.window(w.words.text("stage-title"), w.stage, onStage, stageSize(), func() {
			w.stage.rest()
			w.onStage = nil
		})
	}
	if again || w.desk.Screens() > 0 {
		w.desk.Fill(w.onStage)
	}
}

// openSpeaker opens the speaker's window, or lets it go to the front.
func (w *windows) openSpeaker() {
	if w.beside == nil {
		w.beside = w.window(w.words.text("speaker-title"), w.speaker, onSpeaker, speakerSize(), func() { w.beside = nil })
		w.giving.changed() // it was made at the first scene
		return
	}
	w.beside.RequestFocus()
}

// window opens one with keys. A window that is closed does not end the talk, unless it is the last.
func (w *windows) window(title string, content page.Part, name screenName, size fyne.Size, closed func()) fyne.Window {
	win := w.desk.Open(title)
	win.SetPadded(false)
	win.SetContent(content)
	win.Resize(w.desk.Fits(size))
	typed := func(k *fyne.KeyEvent) { w.typed(k.Name, name) }
	win.Canvas().SetOnTypedKey(typed)
	win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF5, Modifier: fyne.KeyModifierShift},
		func(fyne.Shortcut) { w.giving.fromTheBeginning() })
	win.SetOnClosed(func() {
		closed()
		if w.onStage == nil && w.beside == nil {
			w.giving.timer.End()
			w.giving.end()
			return
		}
		w.giving.changed()
	})
	win.Show()
	return win
}

// typed deals with a key of either window; S opens the speaker's, F11 fills the screen.
func (w *windows) typed(k fyne.KeyName, from screenName) {
	switch k {
	case fyne.KeyS:
		w.openSpeaker()
	case fyne.KeyF11:
		if w.onStage != nil {
			w.onStage.SetFullScreen(!w.onStage.FullScreen())
			w.giving.changed()
		}
	default:
		w.giving.typed(k, from)
	}
}

// close ends the talk and shuts both windows.
func (w *windows) close() {
	w.halt()
	for _, win := range []fyne.Window{w.onStage, w.beside} {
		if win != nil {
			win.Close()
		}
	}
}

// halt ends the talk; its windows stay as they are.
func (w *windows) halt() {
	w.stop()
	w.giving.timer.End()
	w.stage.rest()
	w.giving.end = func() {}
	w.giving.changed = func() {}
}
