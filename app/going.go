package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Going from place to place by addresses. What an address means is known to its
// place; the window knows the first part, the voice and the lens.

const chosenVoice, chosenLens = "voice", "lens"

// Go opens what is nearest to an address, and says so where that is something else.
func (w *window) Go(to address.Address) {
	if to.IsZero() {
		return
	}
	w.stand()
	w.history.Go(to.Choose(chosenVoice, "").Choose(chosenLens, ""))
	w.open(to)
}

// stand keeps where one stands by now.
func (w *window) stand() {
	if w.room != nil && !w.going {
		w.history.Stand(w.room.Address())
	}
}

// turn goes back with -1 and forward with +1.
func (w *window) turn(by int) {
	w.stand()
	if to := w.history.Move(by); !to.IsZero() {
		w.open(to)
	}
}

func (w *window) open(to address.Address) {
	w.Say("")
	w.going = true
	p, to := w.resolve(to)
	to = w.retell(to)
	begins := w.begun && !w.opened[p.id]
	w.roomOf(p).Go(to) // first: a room that was never open begins there
	w.enter(p)
	w.going = false
	w.history.Settle(w.room.Address())
	w.Changed()
	if begins { // last, because it goes on beside us
		w.room.Open(w.stands)
	}
}

// resolve finds the place that an address means, or home.
func (w *window) resolve(to address.Address) (place, address.Address) {
	head := to.Place
	if p, known := w.placeOf(head); known {
		return p, to
	}
	var heads []string
	for _, p := range w.places {
		heads = append(append(heads, p.id), p.heads...)
	}
	nearest, _ := address.Nearest(head, heads)
	p, _ := w.placeOf(nearest)
	w.Say(w.words.Catalog().Text("address.no-place", "typed", head, "place", w.titleOf(p)))
	to.Place = p.id
	return p, to
}

// retell changes voice and lens to those that an address names, and returns the rest of it.
func (w *window) retell(to address.Address) address.Address {
	changed := false
	if voice := tutorials.Voice(to.Get(chosenVoice)); slices.Contains(tutorials.Voices(), voice) && voice != w.settings.voice {
		w.settings.saveVoice(voice)
		changed = true
	}
	if lens, known := w.words.Lens(to.Get(chosenLens)); known && lens.ID != w.settings.lens {
		w.settings.saveLens(lens.ID)
		changed = true
	}
	if changed {
		w.tell()
	}
	return to.Choose(chosenVoice, "").Choose(chosenLens, "")
}

// first is where the window begins: where somebody was last time, or home for
// whoever was never anywhere else, if nobody asks for anything.
func (w *window) first() address.Address {
	o := w.options
	switch {
	case o.Address != "":
		return o.Walk.Along(w.read(o.Address))
	case o.Walk.Asks():
		return address.At(walk.Place)
	case w.settings.address != "":
		return w.read(w.settings.address)
	case !w.settings.met && o.Voice == "" && o.Lens == "":
		return address.At(placeHome)
	}
	return address.At(walk.Place)
}

// read reads an address; one that can't be is where the house begins.
func (w *window) read(text string) address.Address {
	a, err := address.Parse(text)
	if err != nil {
		return address.At(placeHome)
	}
	return a
}

// goOnAt is where home leads back to, and what that is called.
func (w *window) goOnAt() (to address.Address, called string) {
	if to = w.history.Last(placeHome); to.IsZero() && w.settings.address != "" {
		to = w.read(w.settings.address)
	}
	return to, w.called(to)
}

// called says in words what an address leads to; "" for nowhere. It is asked
// after each step, and the same until somebody goes elsewhere.
func (w *window) called(to address.Address) string {
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

// names are what addresses are called, in words.
type names struct {
	words  *tutorials.Library
	called map[string]string
}

func (w *window) name(to address.Address) string {
	p, known := w.placeOf(to.Place)
	switch {
	case !known:
		return ""
	case p.named == nil:
		return w.titleOf(p)
	}
	return p.named(w.manner(), to)
}

func (w *window) goHome() { w.Go(address.At(placeHome)) }

// Say shows a sentence under the header; "" takes it away.
func (w *window) Say(words string) {
	w.said = words
	w.frame.Say(words)
	if words == "" {
		return
	}
	w.writeState()
}

// goingCommands go back and forward, each to what it names.
func (w *window) goingCommands() []room.Command {
	say := w.words.Catalog()
	back, forward := w.history.Before(), w.history.After()
	return []room.Command{
		{
			ID: idBack, Menu: room.MenuGo, Words: say.Text("command.window.back"), Apart: true, Off: back.IsZero(),
			Keys: room.And(room.Alt, fyne.KeyLeft), Do: func() { w.turn(-1) },
		},
		{
			ID: idForward, Menu: room.MenuGo, Words: say.Text("command.window.forward"), Off: forward.IsZero(),
			Keys: room.And(room.Alt, fyne.KeyRight), Do: func() { w.turn(+1) },
		},
	}
}

const idBack, idForward = "window.back", "window.forward"
