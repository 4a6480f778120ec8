// Package home is the room that the window begins in when nobody has chosen
// anything yet, and to which the logo leads: one sentence, three doors, and the
// way back to where somebody was.
//
// A [Door] says how everything is told behind it; the window opens it. The
// package knows no other room, and no flow but by the name on a door.
package home

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Door is a way into the walk for one kind of person.
type Door struct {
	ID    string
	Title string
	Line  string // what is behind it
	Scene string // the illustration on it
	Voice tutorials.Voice
	Lens  string
	Tab   string // of the inspector
	Flow  string // begins anew behind it; "" leaves the one that is open where it stands
}

// Doors are the three of them.
func Doors(say *catalog.Catalog) []Door {
	return []Door{
		{
			ID: "new", Title: say.Text("home.new.title"), Line: say.Text("home.new.line"), Scene: "scene-desk",
			Voice: tutorials.Everyone, Lens: "hotel", Tab: "words", Flow: "authorization-code-pkce",
		},
		{
			ID: "build", Title: say.Text("home.build.title"), Line: say.Text("home.build.line"), Scene: "scene-trade",
			Voice: tutorials.Developer, Lens: tutorials.ProtocolLens, Tab: "request",
		},
		{
			ID: "present", Title: say.Text("home.present.title"), Line: say.Text("home.present.line"), Scene: "scene-badge",
			Voice: tutorials.Executive, Lens: "office", Tab: "words",
		},
	}
}

// Place is where somebody was.
type Place struct {
	Flow        string // its title
	Step, Steps int    // 0 is before the first
}

// Calls are what the room tells the window, and what it asks.
type Calls struct {
	Through func(Door)           // somebody went through a door
	Back    func()               // somebody goes on where they were
	Where   func() (Place, bool) // where that is; false where nothing is open
}

// Room is home.
type Room struct {
	window room.Window
	say    *catalog.Catalog
	calls  Calls
	doors  []Door
	front  *front
	scroll *page.Scroll
}

var _ room.Room = (*Room)(nil)

// New returns the room.
func New(w room.Window, say *catalog.Catalog, calls Calls) *Room {
	r := &Room{window: w, say: say, calls: calls, doors: Doors(say)}
	kit := page.NewKit()
	r.front = newFront(kit, say, r.doors, calls)
	r.scroll = page.NewScroll(r.front)
	kit.Reveal = r.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) { w.Typed(k) }
	return r
}

// Content is the page, which says what can be gone on with now.
func (r *Room) Content() fyne.CanvasObject {
	r.front.resume(r.where())
	r.scroll.Refresh()
	return r.scroll
}

// where is the place to go on at, in words; "" where there is none.
func (r *Room) where() string {
	at, open := r.calls.Where()
	switch {
	case !open:
		return ""
	case at.Step == 0:
		return r.say.Text("home.continue.start", "flow", at.Flow)
	}
	return r.say.Text("home.continue.where", "flow", at.Flow, "step", strconv.Itoa(at.Step), "steps", strconv.Itoa(at.Steps))
}

// Title is empty: the page says it all.
func (r *Room) Title() room.Title { return room.Title{} }

// Commands are the doors and the way back.
func (r *Room) Commands() []room.Command {
	var table []room.Command
	for i, d := range r.doors {
		table = append(table, room.Command{
			ID: "door." + d.ID, Menu: room.MenuGo, Words: d.Title, Keys: room.Keys(fyne.KeyName(strconv.Itoa(i + 1))),
			Do: func() { r.calls.Through(d) },
		})
	}
	table = append(table, room.Command{
		ID: "door.continue", Menu: room.MenuGo, Words: r.say.Text("home.continue.title"), Keys: room.Keys(fyne.KeyEscape),
		Off: r.where() == "", Do: r.calls.Back,
	})
	for _, k := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd} {
		table = append(table, room.Command{
			ID: "door.turn-" + string(k), Words: r.say.Text("home.turn"), Keys: room.Keys(k),
			Do: func() { r.scroll.Turn(&fyne.KeyEvent{Name: k}) },
		})
	}
	return table
}

// Rail is empty.
func (r *Room) Rail() []room.Section { return nil }

// State is what can be gone on with.
func (r *Room) State() any {
	return struct {
		Continue string `json:"continue"`
	}{r.where()}
}

// Open has nothing to wait for.
func (r *Room) Open(ready func()) { ready() }

// Tell changes nothing: whoever stands here has yet to choose how it is told.
func (r *Room) Tell(room.Manner) {}

// Remember has nothing to keep.
func (r *Room) Remember() {}

// Close ends nothing.
func (r *Room) Close() error { return nil }
