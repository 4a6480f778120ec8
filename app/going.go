package app

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Going from place to place by addresses. What an address means is known to its
// place; the window knows the first part, the voice and the lens.

const chosenVoice, chosenLens = "voice", "lens"

// way is where somebody was, in order, and what the places on it are called.
type way struct {
	*surface

	rooms   *rooms
	history address.History
	going   bool // somewhere: what shows meanwhile is no place to come back to
	names   names
}

// names are what addresses are called, in words.
type names struct {
	words  *tutorials.Library
	called map[string]string
}

// begin makes an address the next stop on the way.
func (w *way) begin(to address.Address) {
	w.stand()
	w.history.Go(to.Choose(chosenVoice, "").Choose(chosenLens, ""))
}

// stand keeps where one stands by now.
func (w *way) stand() {
	if w.rooms.shown != nil && !w.going {
		w.history.Stand(w.rooms.shown.Address())
	}
}

// move goes back with -1 and forward with +1, and says where that leads.
func (w *way) move(by int) address.Address {
	w.stand()
	return w.history.Move(by)
}

// arrive keeps where one came to.
func (w *way) arrive() {
	w.going = false
	w.history.Settle(w.rooms.shown.Address())
}

// resolve finds the place that an address means, or the nearest; said is the
// sentence about an address that means none.
func (w *way) resolve(to address.Address) (p place, there address.Address, said string) {
	head := to.Place
	if p, known := w.rooms.of(head); known {
		return p, to, ""
	}
	nearest, _ := address.Nearest(head, w.rooms.heads())
	p, _ = w.rooms.of(nearest)
	to.Place = p.id
	return p, to, w.text("address.no-place", "typed", head, "place", w.titleOf(p))
}

// first is where the window begins: where somebody was last time, or home for
// whoever was never anywhere else, if nobody asks for anything.
func (w *way) first(o Options) address.Address {
	switch {
	case o.Address != "":
		return o.Walk.Along(addressIn(o.Address))
	case o.Walk.Asks():
		return address.At(walk.Place)
	case w.settings.address != "":
		return addressIn(w.settings.address)
	case !w.settings.met && o.Voice == "" && o.Lens == "":
		return address.At(placeHome)
	}
	return address.At(walk.Place)
}

// addressIn reads an address; one that can't be is where the house begins.
func addressIn(text string) address.Address {
	a, err := address.Parse(text)
	if err != nil {
		return address.At(placeHome)
	}
	return a
}

// last is where home leads back to, and what that is called.
func (w *way) last() (to address.Address, called string) {
	if to = w.history.Last(placeHome); to.IsZero() && w.settings.address != "" {
		to = addressIn(w.settings.address)
	}
	return to, w.called(to)
}

// called says in words what an address leads to; "" for nowhere. It is asked
// after each step, and the same until somebody goes elsewhere.
func (w *way) called(to address.Address) string {
	key := to.String() + "\n" + string(w.settings.voice) + "\n" + w.settings.lens
	if w.names.words != w.words || len(w.names.called) > 200 {
		w.names = names{w.words, map[string]string{}}
	}
	words, known := w.names.called[key]
	if !known {
		words = w.name(to)
		w.names.called[key] = words
	}
	return words
}

func (w *way) name(to address.Address) string {
	p, known := w.rooms.of(to.Place)
	switch {
	case !known:
		return ""
	case p.named == nil:
		return w.titleOf(p)
	}
	return p.named(w.manner(), to)
}

func (w *way) titleOf(p place) string { return w.words.Catalog().Called("command.place", p.title) }

const idBack, idForward = "window.back", "window.forward"

// turns go back and forward.
func (w *way) turns(turn func(by int)) []room.Command {
	return []room.Command{
		{
			ID: idBack, Menu: room.MenuGo, Words: w.text("command.window.back"), Apart: true, Off: w.history.Before().IsZero(),
			Keys: room.And(room.Alt, fyne.KeyLeft), Do: func() { turn(-1) },
		},
		{
			ID: idForward, Menu: room.MenuGo, Words: w.text("command.window.forward"), Off: w.history.After().IsZero(),
			Keys: room.And(room.Alt, fyne.KeyRight), Do: func() { turn(+1) },
		},
	}
}

// named are the same two, each with what it leads to.
func (w *way) named(turn func(by int)) (back, forward room.Command) {
	both := w.turns(turn)
	for i, to := range []address.Address{w.history.Before(), w.history.After()} {
		if called := w.called(to); called != "" {
			both[i].Words += ": " + called
		}
	}
	return both[0], both[1]
}

// places go from room to room, where there is more than one.
func (w *way) places(leave func(address.Address)) []room.Command {
	var table []room.Command
	for i, p := range w.rooms.places {
		table = append(table, room.Command{
			ID: "place." + p.id, Menu: room.MenuGo, Words: w.titleOf(p), Apart: i == 0,
			On: p.id == w.rooms.here, Do: func() { leave(address.At(p.id)) },
		})
	}
	if len(table) == 1 {
		return nil
	}
	return table
}
