package app

import (
	"bytes"
	"encoding/json"
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

	Targets []target `json:"targets"` // that can be seen
}

// target is something that can be pressed or typed into: its middle, in pixels of the window.
type target struct {
	Label   string `json:"label"`
	X       int    `json:"x"`
	Y       int    `json:"y"`
	Focused bool   `json:"focused,omitempty"`
}

// targets are those of the dialog that is open, else of the whole window.
func (w *window) targets() []target {
	canvas := w.win.Canvas()
	area := w.dialogs.Area()
	if area == nil {
		area = w.frame.Content()
	}
	var all []target
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(area) // below the menu
	for _, t := range page.Targets(area, at, canvas.Size(), canvas.Focused()) {
		x, y := canvas.PixelCoordinateForPosition(t.At.Add(fyne.NewPos(t.Size.Width/2, t.Size.Height/2)))
		all = append(all, target{Label: t.Label, X: x, Y: y, Focused: t.Focused})
	}
	return all
}

func (w *window) state() state {
	s := w.settings
	w.stand()
	beside := ""
	if w.beside != nil {
		beside = w.beside.Page().String()
	}
	return state{
		Voice: string(s.voice), Lens: s.lens, Theme: string(s.theme), Zoom: s.zoom,
		Focus: w.frame.LabelOf(w.win.Canvas().Focused()), Room: w.here,
		Address: w.history.Here().String(), Back: w.history.Before().String(), Forward: w.history.After().String(), Said: w.said, Beside: beside,
		Targets: w.targets(),
	}
}

// stateText is what the window and the room say of themselves, as one JSON object.
func (w *window) stateText() ([]byte, error) {
	all := map[string]json.RawMessage{}
	for _, part := range []any{w.room.State(), w.state()} {
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

// keepState writes the state down again and again, until the window ends: what is
// scrolled to, and what has the keyboard in a room, tells nobody.
func (w *window) keepState() {
	if w.options.StateFile == "" {
		return
	}
	const pace = 100 * time.Millisecond
	go func() {
		for {
			select {
			case <-time.After(pace): // after the last time it was written: what piles up keeps the window from its work
				fyne.DoAndWait(w.writeState)
			case <-w.ended:
				return
			}
		}
	}()
}

// writeState replaces the state file whole, so that a reader never sees half of it.
func (w *window) writeState() {
	file := w.options.StateFile
	if file == "" || w.room == nil {
		return
	}
	text, err := w.stateText()
	if err != nil || bytes.Equal(text, w.written) {
		return // a room whose state can't be written says nothing
	}
	next := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".next")
	if os.WriteFile(next, text, 0o600) == nil && os.Rename(next, file) == nil {
		w.written = text // else it is tried again
	}
}
