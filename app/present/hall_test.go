package present

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	cast "github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// hall is the room in a window, with a clock and screens that a test turns.
type hall struct {
	room.Window
	t       *testing.T
	room    *Room
	time    time.Time
	screens int
	tick    func()
	open    []fyne.Window
	said    []string
	told    []string // what could not be done
	over    []talk.Rehearsal
	saved   map[string][]byte // files, by their names
	shown   []string          // those that a browser was given
}

func (h *hall) Say(words string)                        { h.said = append(h.said, words) }
func (h *hall) Changed()                                {}
func (h *hall) Notice(_ string, err error)              { h.told = append(h.told, err.Error()) }
func (h *hall) Files() room.Files                       { return h }
func (h *hall) Fetch(fyne.URI, func(string, io.Reader)) {}
func (h *hall) Open(string, func(string, io.Reader))    {}

// Save keeps a file by its name.
func (h *hall) Save(name string, write func(io.Writer) error, saved func(at fyne.URI)) {
	var file bytes.Buffer
	if err := write(&file); err != nil {
		h.t.Fatal(err)
	}
	h.saved[name] = file.Bytes()
	saved(storage.NewFileURI("/" + name))
}

// Launch gives a file to a browser.
func (h *hall) Launch(at fyne.URI) error {
	h.shown = append(h.shown, at.Name())
	return nil
}

func (h *hall) Typed(k *fyne.KeyEvent) bool { return room.Typed(h.room.Commands(), k) }

func provider(tb testing.TB) func(cast.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// inHall opens the room; what happens beside the drawing has happened before a call returns.
func inHall(t *testing.T, mode look.Mode, screens int) *hall {
	t.Helper()
	a := looktest.Dressed(t, mode)
	h := &hall{t: t, time: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), screens: screens, saved: map[string][]byte{}}
	words := wordstest.English(t)
	h.room = New(h, words, Options{
		Provider: provider(t), Over: func(r talk.Rehearsal) { h.over = append(h.over, r) },
		Desk: Desk{
			Open: func(title string) fyne.Window {
				w := a.NewWindow(title)
				h.open = append(h.open, w)
				return w
			},
			Fits:    func(size fyne.Size) fyne.Size { return size },
			Fill:    func(w fyne.Window) { w.SetFullScreen(true) },
			Screens: func() int { return h.screens },
			Now:     func() time.Time { return h.time },
			Tick: func(each func()) func() {
				h.tick = each
				return func() { h.tick = func() {} }
			},
		},
	})
	h.room.beside = func(do func()) { do() }
	h.room.draw = func(do func()) { do() }
	h.room.Tell(room.Manner{Words: words, Voice: tutorials.Executive, Lens: "office", Still: true})
	h.room.Open(func() {})
	t.Cleanup(func() {
		if err := h.room.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// give opens a talk by its address.
func (h *hall) give(text string) *giving {
	h.t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		h.t.Fatal(err)
	}
	h.room.Go(to)
	if h.room.now == nil {
		h.t.Fatalf("%s gives no talk; said was %q, %q", text, h.said, h.told)
	}
	return h.room.now.giving
}

// press types into the stage, as a remote does.
func (h *hall) press(keys ...fyne.KeyName) {
	h.t.Helper()
	for _, k := range keys {
		if h.room.now == nil {
			h.t.Fatalf("no talk is given when %s is pressed", k)
		}
		h.room.now.typed(k, onStage)
	}
}

// types presses keys by their names, with spaces between them.
func (h *hall) types(keys string) {
	h.t.Helper()
	for k := range strings.FieldsSeq(keys) {
		h.press(fyne.KeyName(k))
	}
}

func (h *hall) pass(d time.Duration) {
	h.time = h.time.Add(d)
	h.tick()
}
