package practice

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// commands are yes and no, the finger, and going on and back.
func (d *decider) commands() []room.Command {
	say := d.room.manner.Words.Catalog()
	waits := d.waits()
	return []room.Command{
		{
			ID: "check.next", Menu: room.MenuGo, Words: say.Text("practice.next"), Off: d.at >= len(d.all)-1,
			Keys: room.Keys(fyne.KeyRight, fyne.KeySpace), Do: func() { d.turn(1) },
		},
		{
			ID: "check.back", Menu: room.MenuGo, Words: say.Text("practice.back"), Off: d.at == 0,
			Keys: room.Keys(fyne.KeyLeft), Do: func() { d.turn(-1) },
		},
		{
			ID: "check.accept", Menu: room.MenuRun, Words: say.Text("practice.accept.any"), Off: !waits,
			Keys: room.Keys(fyne.KeyA), Do: d.accept,
		},
		{
			ID: "check.refuse", Menu: room.MenuRun, Words: say.Text("practice.refuse"), Off: !waits,
			Keys: room.Keys(fyne.KeyR), Do: d.refuse,
		},
		{
			ID: "check.down", Words: say.Text("practice.point"), Off: !waits, Keys: room.Keys(fyne.KeyDown), Do: func() { d.step(1) },
		},
		{
			ID: "check.up", Words: say.Text("practice.point"), Off: !waits, Keys: room.Keys(fyne.KeyUp), Do: func() { d.step(-1) },
		},
		{
			ID: "check.anew", Menu: room.MenuRun, Words: say.Text("practice.anew"), Off: waits,
			Keys: room.Keys(fyne.KeyN), Do: func() { d.begin(d.at); d.room.show() },
		},
		{
			ID: "check.walk", Menu: room.MenuGo, Words: say.Text("practice.walk"), Off: len(d.all) == 0, Keys: room.Keys(fyne.KeyW), Do: d.walk,
		},
	}
}

// commands are the options by their letters, and going on and back.
func (k *asker) commands() []room.Command {
	say := k.room.manner.Words.Catalog()
	table := []room.Command{
		{
			ID: "check.next", Menu: room.MenuGo, Words: say.Text("practice.next-question"), Off: k.ends(1),
			Keys: room.Keys(fyne.KeyRight, fyne.KeySpace), Do: func() { k.turn(1) },
		},
		{
			ID: "check.back", Menu: room.MenuGo, Words: say.Text("practice.question-before"), Off: k.ends(-1),
			Keys: room.Keys(fyne.KeyLeft), Do: func() { k.turn(-1) },
		},
		{
			ID: "check.compare", Menu: room.MenuRun, Words: say.Text("practice.compare"), Off: !k.waits() || !k.asks.Many,
			Also: room.Keys(fyne.KeyReturn, fyne.KeyEnter), Do: k.compare, // its filled button, be it scrolled away
		},
		{
			ID: "check.anew", Menu: room.MenuRun, Words: say.Text("practice.anew"), Off: k.waits(),
			Keys: room.Keys(fyne.KeyN), Do: func() { k.begin(k.flow, k.at); k.room.show() },
		},
		{ID: "check.walk", Menu: room.MenuGo, Words: say.Text("practice.see"), Keys: room.Keys(fyne.KeyW), Do: k.walk},
	}
	for i := range mostOptions {
		table = append(table, room.Command{
			ID: "check.choose-" + letter(i), Words: say.Text("practice.choose"), Keys: room.Keys(fyne.KeyName(letter(i))),
			Off: !k.waits() || i >= len(k.asks.Options), Do: func() { k.choose(i) },
		})
	}
	return table
}

// mostOptions are as many as have a letter; L and N mean something else already.
const mostOptions = 11
