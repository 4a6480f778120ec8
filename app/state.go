package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
)

// state is what a test, or a person who reports a fault, can read of the window.
// The room adds its own, see [room.Room].
type state struct {
	Voice string  `json:"voice"`
	Lens  string  `json:"lens"`
	Theme string  `json:"theme"`
	Zoom  float64 `json:"zoom"`
	Focus string  `json:"focus"` // label of what has the keyboard in the frame
	Room  string  `json:"room"`  // id of the one that shows

	Address string `json:"address"` // of what shows in it
	Back    string `json:"back"`    // where back leads; "" nowhere
	Forward string `json:"forward"`
	Said    string `json:"said"`   // the sentence under the header
	Beside  string `json:"beside"` // the address of what is read beside the room; "" nothing

	Targets []target `json:"targets"` // that can be seen, or scrolled to
}

// target is something that can be pressed or typed into: its middle, in pixels of the window.
type target struct {
	Label   string `json:"label"`
	X       int    `json:"x"`
	Y       int    `json:"y"`
	Focused bool   `json:"focused,omitempty"`
	// Away is by how much it has scrolled out of sight, below (+) or above (-), in
	// units of the wheel; then the place is where that is turned.
	Away float32 `json:"away,omitempty"`
}

// targets are those of the menu or the dialog that is open, else of the whole window.
func (s *surface) targets() []target {
	canvas := s.win.Canvas()
	found := s.frame.Popped()
	if len(found) == 0 {
		area := s.dialogs.Area()
		if area == nil {
			area = s.frame.Content()
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(area) // below the menu
		found = page.Targets(area, at, canvas.Size(), canvas.Focused())
	}
	var all []target
	for _, t := range found {
		x, y := canvas.PixelCoordinateForPosition(t.At.Add(fyne.NewPos(t.Size.Width/2, t.Size.Height/2)))
		all = append(all, target{Label: t.Label, X: x, Y: y, Focused: t.Focused, Away: t.Away})
	}
	return all
}

func (w *window) state() state {
	s, past := w.settings, &w.way.history
	w.way.stand()
	return state{
		Voice: string(s.voice), Lens: s.lens, Theme: string(s.theme), Zoom: s.zoom,
		Focus: w.frame.LabelOf(w.win.Canvas().Focused()), Room: w.rooms.here,
		Address: past.Here().String(), Back: past.Before().String(), Forward: past.After().String(),
		Said: w.frame.Said(), Beside: w.reader.page(),
		Targets: w.targets(),
	}
}

// stateText is what the window and the room say of themselves, as one JSON object.
func (w *window) stateText() ([]byte, error) {
	if w.rooms.shown == nil {
		return nil, errNoRoom
	}
	all := map[string]json.RawMessage{}
	for _, part := range []any{w.rooms.shown.State(), w.state()} {
		text, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(text, &fields); err != nil {
			return nil, err
		}
		maps.Copy(all, fields)
	}
	return json.Marshal(all)
}

// errNoRoom means that the window shows nothing yet.
var errNoRoom = errors.New("no room shows yet")

// stateFile is where the state is written.
type stateFile struct {
	name    string // "" nowhere
	text    func() ([]byte, error)
	written []byte // last
	told    []byte // what was written when it was last looked again
}

// keep writes the state down again and again, until the window ends: what is
// scrolled to, and what has the keyboard in a room, tells nobody.
func (f *stateFile) keep(e *ending) {
	if f.name == "" {
		return
	}
	go func() {
		for pace := soon; ; {
			select {
			case <-time.After(pace): // after the last time it was written: what piles up keeps the window from its work
				fyne.DoAndWait(func() {
					if !e.over.Load() {
						pace = f.paced(pace)
					}
				})
			case <-e.ended:
				return
			}
		}
	}()
}

// Between these is the time from one look at how the window stands to the next.
const soon, late = 20 * time.Millisecond, 100 * time.Millisecond

// paced looks again, and returns when to look next: soon, where something was otherwise, and whoever waits for it to
// stand still is told soon; else later and later.
func (f *stateFile) paced(pace time.Duration) time.Duration {
	if f.again() {
		return soon
	}
	return min(2*pace, late)
}

// again writes what is otherwise by now and reports whether anything was since it was asked last. Else it gives the
// file a new time: so its reader knows that all still stands as it is written.
func (f *stateFile) again() bool {
	f.write()
	otherwise := !bytes.Equal(f.told, f.written)
	if f.told = f.written; !otherwise {
		_ = os.Chtimes(f.name, time.Time{}, time.Now())
	}
	return otherwise
}

// write replaces the file whole, so that a reader never sees half of it.
func (f *stateFile) write() {
	if f.name == "" {
		return
	}
	text, err := f.text()
	if err != nil || bytes.Equal(text, f.written) {
		return // a room whose state can't be written says nothing
	}
	next := filepath.Join(filepath.Dir(f.name), "."+filepath.Base(f.name)+".next")
	if os.WriteFile(next, text, 0o600) == nil && os.Rename(next, f.name) == nil {
		f.written = text // else it is tried again
	}
}
