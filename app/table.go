package app

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

// The table of commands: what the window can be asked to do, and what the room can.

// table is every command there is now, those of the room first.
func (w *window) table() []room.Command {
	return slices.Concat(w.room.Commands(), w.viewCommands(), w.otherCommands())
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
	_, ofRoom := room.Find(w.room.Commands(), c.ID)
	return ofRoom && !c.Opens
}

// addKeys lets other keys that carry the same letter act too; a menu has room for one.
func (w *window) addKeys() {
	for c := range room.All(w.viewCommands()) {
		for _, k := range c.Also {
			w.win.Canvas().AddShortcut(k.Shortcut(), func(fyne.Shortcut) { w.act(c.ID) })
		}
	}
}

// viewCommands are those about how everything looks and sounds.
func (w *window) viewCommands() []room.Command {
	say := w.words.Catalog()
	return append(w.languageCommands(), []room.Command{
		{ID: "view.voice", Menu: room.MenuView, Words: say.Text("command.view.voice"), Below: w.voiceCommands()},
		{ID: "view.lens", Menu: room.MenuView, Words: say.Text("command.view.lens"), Below: w.lensCommands()},
		{ID: "view.theme", Menu: room.MenuView, Words: say.Text("command.view.theme"), Below: w.themeCommands()},
		{ID: "view.still", Menu: room.MenuView, Words: say.Text("command.view.still"), On: w.settings.reduceMotion, Do: w.toggleMotion},
		{ID: "view.next-lens", Words: say.Text("command.view.next-lens"), Keys: room.Keys(fyne.KeyL), Do: w.nextLens},
		{
			ID: "view.zoom-in", Menu: room.MenuView, Words: say.Text("command.view.zoom-in"), Told: say.Text("command.told.view-zoom-in"),
			Apart: true, Do: w.zoomIn,
			Keys: room.And(room.Ctrl, fyne.KeyEqual), Also: room.And(room.Ctrl, fyne.KeyPlus, room.And(room.Ctrl|room.Shift, fyne.KeyEqual)...),
		},
		{
			ID: "view.zoom-out", Menu: room.MenuView, Words: say.Text("command.view.zoom-out"),
			Told: say.Text("command.told.view-zoom-in"), Keys: room.And(room.Ctrl, fyne.KeyMinus), Do: w.zoomOut,
		},
		{
			ID: "view.zoom-reset", Menu: room.MenuView, Words: say.Text("command.view.zoom-reset"),
			Told: say.Text("command.told.view-zoom-in"), Keys: room.And(room.Ctrl, fyne.Key0), Do: w.zoomReset,
		},
	}...)
}

func (w *window) voiceCommands() []room.Command {
	say := w.words.Catalog()
	told := say.Text("command.told.voice")
	var voices []room.Command
	for i, v := range tutorials.Voices() {
		voices = append(voices, room.Command{
			ID: "voice." + string(v), Words: say.Text("frame.voice." + string(v)), Told: told,
			Keys: room.Keys(fyne.KeyName(strconv.Itoa(i + 1))), On: v == w.settings.voice, Do: func() { w.setVoice(v) },
		})
	}
	return voices
}

func (w *window) lensCommands() []room.Command {
	var lenses []room.Command
	for _, l := range w.words.Lenses() {
		lenses = append(lenses, room.Command{ID: "lens." + l.ID, Words: l.Title, On: l.ID == w.settings.lens, Do: func() { w.setLens(l.ID) }})
	}
	return lenses
}

func (w *window) themeCommands() []room.Command {
	var themes []room.Command
	for _, m := range look.Modes() {
		themes = append(themes, room.Command{
			ID: "theme." + string(m), Words: w.words.Catalog().Text("frame.theme." + string(m)), On: m == w.settings.theme,
			Do: func() { w.setTheme(m) },
		})
	}
	return themes
}

// otherCommands are those about the window itself.
func (w *window) otherCommands() []room.Command {
	say := w.words.Catalog()
	var rail []room.Command
	if words := w.title().Rail; words != "" {
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
		{ID: "window.tab", Words: say.Text("command.window.tab"), Keys: room.And(room.Shift, fyne.KeyTab, room.Keys(fyne.KeyTab)...)},
		{
			ID: frame.QuitID, Menu: room.MenuRun, Words: say.Text("command.window.quit"), Apart: true, Keys: room.And(room.Ctrl, fyne.KeyQ),
			Do: func() { w.end(w.app.Quit) },
		},
		{
			ID: "window.keys", Menu: room.MenuHelp, Words: say.Text("command.window.keys"), Told: say.Text("command.told.window-keys"),
			Keys: room.And(room.Ctrl, fyne.KeySlash, room.Keys(fyne.KeyF1)...), Do: w.showKeys,
		},
		{ID: "window.about", Menu: room.MenuHelp, Words: say.Text("command.window.about"), Do: w.showAbout},
	}, w.closing(), []room.Command{w.searchCommand()}, w.goingCommands(), w.placeCommands())
}

// closing are the commands that take away what lies over a room or beside it,
// the topmost first. They get their key before the room does.
func (w *window) closing() []room.Command {
	words := w.words.Catalog().Text("command.window.rail-away")
	return []room.Command{
		{ID: "window.rail-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: !w.frame.Floats(), Do: w.frame.Clear},
		{ID: "window.beside-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: w.beside == nil, Do: w.shut},
		{ID: "window.said-away", Words: words, Keys: room.Keys(fyne.KeyEscape), Off: w.said == "", Do: func() { w.Say("") }},
	}
}

// What the commands do.

func (w *window) setVoice(v tutorials.Voice) {
	w.settings.saveVoice(v)
	w.tell()
}

func (w *window) setLens(id string) {
	w.settings.saveLens(id)
	w.tell()
}

// nextLens goes round.
func (w *window) nextLens() {
	lenses := w.words.Lenses()
	for i, l := range lenses {
		if l.ID == w.settings.lens {
			w.setLens(lenses[(i+1)%len(lenses)].ID)
			return
		}
	}
}

func (w *window) setTheme(m look.Mode) {
	w.settings.saveTheme(m)
	w.app.Settings().SetTheme(look.NewTheme(m))
	w.Changed()
}

func (w *window) toggleMotion() {
	w.settings.saveMotion(!w.settings.reduceMotion)
	w.tell()
}
