package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// The table of commands: what the window can be asked to do, and what the room can.

// table is every command there is now, those of the room first.
func (w *window) table() []room.Command {
	return slices.Concat(w.rooms.shown.Commands(), w.view.commands(), w.otherCommands())
}

// act does what a command says, if it can. While a dialog is open only those
// act that close it or that it does not cover.
func (w *window) act(id string) {
	c, found := room.Find(w.table(), id)
	if !found || c.Off || c.Do == nil || w.dialogs.IsOpen() && w.covered(c) {
		return
	}
	c.Do()
}

// covered reports whether an open dialog keeps a command from acting: what
// belongs to the room and opens no dialog in its place.
func (w *window) covered(c room.Command) bool {
	_, ofRoom := room.Find(w.rooms.shown.Commands(), c.ID)
	return ofRoom && !c.Opens
}

// addKeys lets other keys that carry the same letter act too; a menu has room for one.
func (w *window) addKeys() {
	for c := range room.All(w.view.commands()) {
		for _, k := range c.Also {
			w.win.Canvas().AddShortcut(k.Shortcut(), func(fyne.Shortcut) { w.act(c.ID) })
		}
	}
}

// otherCommands are those about the window itself.
func (w *window) otherCommands() []room.Command {
	say := w.words.Catalog()
	var rail []room.Command
	if words := w.rooms.title().Rail; words != "" {
		rail = append(rail, room.Command{
			ID: "window.rail", Menu: room.MenuView, Words: words, Keys: room.And(room.Ctrl, fyne.KeyB), Do: w.frame.ToggleRail,
		}, room.Command{
			ID: "window.rail-fold", Menu: room.MenuView, Words: say.Text("command.window.rail-fold"), Keys: room.Keys(fyne.KeyLeftBracket),
			Do: w.frame.FoldRail,
		})
	}
	return slices.Concat(rail, []room.Command{
		{
			ID: "window.full", Menu: room.MenuView, Words: say.Text("command.window.full"),
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyF, room.Keys(fyne.KeyF11)...), Do: func() { w.win.SetFullScreen(!w.win.FullScreen()) },
		},
		{ID: "window.region", Words: say.Text("command.window.region"), Keys: room.Keys(fyne.KeyF6), Do: w.region},
		{
			ID: "window.enter", Words: say.Text("command.window.enter"), Keys: room.Keys(fyne.KeyReturn), Also: room.Keys(fyne.KeyEnter),
			Do: w.pressFilled,
		},
		{ID: "window.tab", Words: say.Text("command.window.tab"), Keys: room.And(room.Shift, fyne.KeyTab, room.Keys(fyne.KeyTab)...)},
		{
			ID: frame.QuitID, Menu: room.MenuRun, Words: say.Text("command.window.quit"), Apart: true, Keys: room.And(room.Ctrl, fyne.KeyQ),
			Do: func() { w.ending.end(w.app.Quit) },
		},
		{
			ID: "window.keys", Menu: room.MenuHelp, Words: say.Text("command.window.keys"), Told: say.Text("command.told.window-keys"),
			Keys: room.And(room.Ctrl, fyne.KeySlash, room.Keys(fyne.KeyF1)...), Do: w.cards.keys,
		},
		{ID: "window.about", Menu: room.MenuHelp, Words: say.Text("command.window.about"), Do: w.cards.about},
	}, w.closing(), []room.Command{w.searching()}, w.way.turns(w.turn), w.way.places(w.Go))
}

// closing are the commands that take away what lies over a room or beside it,
// the topmost first. They get their key before the room does.
func (w *window) closing() []room.Command {
	words := w.text("command.window.rail-away")
	return []room.Command{
		{ID: "window.rail-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: !w.frame.Floats(), Do: w.frame.Clear},
		{ID: "window.beside-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: w.reader.sheet == nil, Do: w.reader.shut},
		{ID: "window.said-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: w.frame.Said() == "", Do: func() { w.Say("") }},
	}
}

// pressFilled presses the one filled button that the room shows. What has the keyboard and a use for Enter got it before:
// a field, a link, another button, a step that is marked in the diagram.
func (w *window) pressFilled() {
	for _, r := range w.rooms.regions() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.Area)
		if b := page.Filled(r.Area, at, w.win.Canvas().Size()); b != nil {
			b.Tapped(nil)
			return
		}
	}
}
