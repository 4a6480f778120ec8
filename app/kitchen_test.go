package app

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// kitchen is a room such as a folder under app would hold: all that a screen
// needs to have a menu, keys, a line in F1's list, a rail, a state and an end.
type kitchen struct {
	window  room.Window
	manner  room.Manner
	content *widget.Label
	pots    int
	opened  bool
	closed  bool
	dropped int
	ends    error // what Close returns
}

var (
	_ room.Room    = (*kitchen)(nil)
	_ room.Dropper = (*kitchen)(nil)
)

func (k *kitchen) Content() fyne.CanvasObject { return k.content }

func (k *kitchen) Title() room.Title {
	return room.Title{Name: "Kitchen", Short: "Kitchen", Rail: "Pots"}
}

func (k *kitchen) Commands() []room.Command {
	return []room.Command{
		{ID: "kitchen.fill", Menu: "Soup", Words: "Fill a pot", Keys: room.And(room.Ctrl, fyne.KeyU, room.Keys(fyne.KeyU)...), Do: k.fill},
		{ID: "kitchen.empty", Menu: "Soup", Words: "Empty all", Keys: room.Keys(fyne.KeyV), Off: k.pots == 0, Do: func() { k.pots = 0 }},
	}
}

func (k *kitchen) fill() {
	k.pots++
	k.window.Changed()
}

func (k *kitchen) Rail() []room.Section {
	pots := room.Section{Title: "Pots"}
	for range k.pots {
		pots.Rows = append(pots.Rows, room.Row{Label: "A pot", Do: func() { k.pots--; k.window.Changed() }})
	}
	return []room.Section{pots}
}

func (k *kitchen) Strip() []room.Chip {
	return []room.Chip{{Section: room.Section{Title: "Spice", Rows: []room.Row{{Label: "Hot", Do: k.fill}}}, Now: "mild"}}
}

func (k *kitchen) State() any {
	return struct {
		Pots int `json:"pots"`
	}{k.pots}
}

func (k *kitchen) Address() address.Address { return address.At("kitchen", strconv.Itoa(k.pots)) }

func (k *kitchen) Go(to address.Address) {
	if pots, err := strconv.Atoi(to.Part(0)); err == nil {
		k.pots = pots
	} else if to.Part(0) != "" {
		k.window.Say("There are no " + to.Part(0) + " in this kitchen.")
	}
}

func (k *kitchen) Open(ready func())     { k.opened = true; ready() }
func (k *kitchen) Tell(m room.Manner)    { k.manner = m }
func (k *kitchen) Remember()             { k.window.Store().SetInt("pots", k.pots) }
func (k *kitchen) Close() error          { k.closed = true; return k.ends }
func (k *kitchen) Drop(files []fyne.URI) { k.dropped += len(files) }

// withKitchen is a window with one room more: one row of the table.
func withKitchen(t *testing.T) (*window, *kitchen) {
	t.Helper()
	k := &kitchen{content: widget.NewLabel("soup")}
	w := openingWith(t, looktest.Bare(t), Options{},
		append(places(), place{"kitchen", "Kitchen", "", nil, func(w room.Window, _ *tutorials.Library, _ Options) room.Room {
			k.window = w
			return k
		}, nil}))
	return w, k
}
