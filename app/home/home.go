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
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Door is a way in for one kind of person.
type Door struct {
	ID    string
	Title string
	Line  string          // what is behind it
	Scene string          // the illustration on it
	To    address.Address // where it leads, in which voice and through which lens
}

// Doors are the three of them.
func Doors(say *catalog.Catalog) []Door {
	return []Door{
		{
			ID: "new", Title: say.Text("home.new.title"), Line: say.Text("home.new.line"), Scene: "scene-desk",
			To: to("everyone", "hotel", "words", "authorization-code-pkce"),
		},
		{
			ID: "build", Title: say.Text("home.build.title"), Line: say.Text("home.build.line"), Scene: "scene-trade",
			To: to("developer", "protocol", "request"),
		},
		{
			ID: "present", Title: say.Text("home.present.title"), Line: say.Text("home.present.line"), Scene: "scene-badge",
			To: address.At("present").Choose("voice", "executive").Choose("lens", "office"),
		},
	}
}

// to is the walk, told in a way; without a flow, as it stands.
func to(voice, lens, tab string, flow ...string) address.Address {
	return address.At("walk", flow...).Choose("voice", voice).Choose("lens", lens).Choose("tab", tab)
}

// Where is the place to go on at, and what it is called; zero where there is none.
type Where func() (to address.Address, called string)

// Room is home.
type Room struct {
	// Again is how much that was missed is to be done again today; nil for whom that is nobody’s business.
	Again func() int

	window room.Window
	say    *catalog.Catalog
	where  Where
	doors  []Door
	kit    *page.Kit
	front  *front
	scroll *page.Scroll
}

var _ room.Room = (*Room)(nil)

// New returns the room.
func New(w room.Window, say *catalog.Catalog, where Where) *Room {
	r := &Room{window: w, say: say, where: where, doors: Doors(say)}
	kit := page.NewKit()
	r.kit = kit
	r.front = newFront(kit, say, r.doors, r.through, r.back, r.again)
	r.scroll = page.NewScroll(r.front)
	kit.Reveal = r.scroll.Reveal
	kit.Key = func(k *fyne.KeyEvent) {
		stops := page.Stops(r.front)
		_ = page.Along(stops, k, fyne.KeyLeft, fyne.KeyRight) || page.Along(stops, k, fyne.KeyUp, fyne.KeyDown) || w.Typed(k)
	}
	return r
}

// Content is the page, which says what can be gone on with now.
func (r *Room) Content() fyne.CanvasObject {
	_, called := r.where()
	r.front.resume(called)
	r.front.remind(r.due(), r.say)
	r.scroll.Refresh()
	return r.scroll
}

func (r *Room) through(d Door) { r.window.Go(d.To) }

func (r *Room) back() {
	to, _ := r.where()
	r.window.Go(to)
}

// due is how much is to be done again.
func (r *Room) due() int {
	if r.Again == nil {
		return 0
	}
	return r.Again()
}

func (r *Room) again() { r.window.Go(address.At("check", "again")) }

// Easel is what draws the pictures on the doors.
func (r *Room) Easel() *page.Easel { return r.kit.Easel }

// Address is the door step.
func (r *Room) Address() address.Address { return address.At(address.Home) }

// Go has nowhere else to go.
func (r *Room) Go(address.Address) {}

// Title is empty: the page says it all.
func (r *Room) Title() room.Title { return room.Title{} }

// Commands are the doors and the way back.
func (r *Room) Commands() []room.Command {
	var table []room.Command
	for i, d := range r.doors {
		table = append(table, room.Command{
			ID: "door." + d.ID, Menu: room.MenuGo, Words: d.Title, Keys: room.Keys(fyne.KeyName(strconv.Itoa(i + 1))),
			Do: func() { r.through(d) },
		})
	}
	table = append(table, room.Command{
		ID: "door.continue", Menu: room.MenuGo, Words: r.say.Text("home.continue.title"), Keys: room.Keys(fyne.KeyEscape),
		Off: r.called() == "", Do: r.back,
	}, room.Command{
		ID: "door.again", Menu: room.MenuGo, Words: r.say.Text("home.again.title"), Keys: room.Keys(fyne.KeyA), Off: r.due() == 0, Do: r.again,
	})
	return append(table, room.Turning("door.turn", r.say.Text("home.turn"), r.scroll)...)
}

// Rail is empty.
func (r *Room) Rail() []room.Section { return nil }

// Strip is empty too.
func (r *Room) Strip() []room.Chip { return nil }

// State is what can be gone on with.
func (r *Room) State() any {
	return struct {
		Continue string `json:"continue"`
	}{r.called()}
}

// called is what the place to go on at is called.
func (r *Room) called() string {
	_, called := r.where()
	return called
}

// Open has nothing to wait for.
func (r *Room) Open(ready func()) { ready() }

// Tell changes nothing: whoever stands here has yet to choose how it is told.
func (r *Room) Tell(room.Manner) {}

// Remember has nothing to keep.
func (r *Room) Remember() {}

// Close ends nothing.
func (r *Room) Close() error { return nil }
