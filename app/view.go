package app

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// view is how everything looks and sounds: language, voice, lens, colours, motion.
type view struct {
	*surface

	options *Options
	zoom    zoom
	tell    func()                   // has every room tell in the manner of now
	speak   func(*tutorials.Library) // has everything speak another language
	fail    func(error)
}

// commands are those about how everything looks and sounds.
func (v *view) commands() []room.Command {
	say := v.words.Catalog()
	return append(v.languages(), []room.Command{
		{ID: "view.voice", Menu: room.MenuView, Words: say.Text("command.view.voice"), Below: v.voices()},
		{ID: "view.lens", Menu: room.MenuView, Words: say.Text("command.view.lens"), Below: v.lenses()},
		{ID: "view.theme", Menu: room.MenuView, Words: say.Text("command.view.theme"), Below: v.themes()},
		{ID: "view.still", Menu: room.MenuView, Words: say.Text("command.view.still"), On: v.settings.reduceMotion, Do: v.toggleMotion},
		{ID: "view.next-lens", Words: say.Text("command.view.next-lens"), Keys: room.Keys(fyne.KeyL), Do: v.nextLens},
		{
			ID: "view.zoom-in", Menu: room.MenuView, Words: say.Text("command.view.zoom-in"), Told: say.Text("command.told.view-zoom-in"),
			Apart: true, Do: v.zoom.in,
			Keys: room.And(room.Ctrl, fyne.KeyEqual), Also: room.And(room.Ctrl, fyne.KeyPlus, room.And(room.Ctrl|room.Shift, fyne.KeyEqual)...),
		},
		{
			ID: "view.zoom-out", Menu: room.MenuView, Words: say.Text("command.view.zoom-out"),
			Told: say.Text("command.told.view-zoom-in"), Keys: room.And(room.Ctrl, fyne.KeyMinus), Do: v.zoom.out,
		},
		{
			ID: "view.zoom-reset", Menu: room.MenuView, Words: say.Text("command.view.zoom-reset"),
			Told: say.Text("command.told.view-zoom-in"), Keys: room.And(room.Ctrl, fyne.Key0), Do: v.zoom.reset,
		},
	}...)
}

func (v *view) voices() []room.Command {
	say := v.words.Catalog()
	told := say.Text("command.told.voice")
	var voices []room.Command
	for i, one := range tutorials.Voices() {
		voices = append(voices, room.Command{
			ID: "voice." + string(one), Words: say.Text("frame.voice." + string(one)), Told: told,
			Keys: room.Keys(fyne.KeyName(strconv.Itoa(i + 1))), On: one == v.settings.voice, Do: func() { v.setVoice(one) },
		})
	}
	return voices
}

func (v *view) lenses() []room.Command {
	var lenses []room.Command
	for _, l := range v.words.Lenses() {
		lenses = append(lenses, room.Command{ID: "lens." + l.ID, Words: l.Title, On: l.ID == v.settings.lens, Do: func() { v.setLens(l.ID) }})
	}
	return lenses
}

func (v *view) themes() []room.Command {
	var themes []room.Command
	for _, m := range look.Modes() {
		themes = append(themes, room.Command{
			ID: "theme." + string(m), Words: v.text("frame.theme." + string(m)), On: m == v.settings.theme,
			Do: func() { v.setTheme(m) },
		})
	}
	return themes
}

func (v *view) setVoice(voice tutorials.Voice) {
	v.settings.saveVoice(voice)
	v.tell()
}

func (v *view) setLens(id string) {
	v.settings.saveLens(id)
	v.tell()
}

// nextLens goes round.
func (v *view) nextLens() {
	lenses := v.words.Lenses()
	for i, l := range lenses {
		if l.ID == v.settings.lens {
			v.setLens(lenses[(i+1)%len(lenses)].ID)
			return
		}
	}
}

func (v *view) setTheme(m look.Mode) {
	v.settings.saveTheme(m)
	look.Wear(v.app.Settings(), m)
	v.changed()
}

func (v *view) toggleMotion() {
	v.settings.saveMotion(!v.settings.reduceMotion)
	v.tell()
}

// retell changes voice and lens to those that an address names, and returns the rest of it.
func (v *view) retell(to address.Address) address.Address {
	changed := false
	if voice := tutorials.Voice(to.Get(chosenVoice)); slices.Contains(tutorials.Voices(), voice) && voice != v.settings.voice {
		v.settings.saveVoice(voice)
		changed = true
	}
	if lens, known := v.words.Lens(to.Get(chosenLens)); known && lens.ID != v.settings.lens {
		v.settings.saveLens(lens.ID)
		changed = true
	}
	if changed {
		v.tell()
	}
	return to.Choose(chosenVoice, "").Choose(chosenLens, "")
}

// languages choose a language, where there is more than one.
func (v *view) languages() []room.Command {
	languages := tutorials.LanguagesIn(v.options.files())
	if len(languages) < 2 {
		return nil
	}
	menu := room.Command{ID: "view.language", Menu: room.MenuView, Words: v.text("command.view.language")}
	for _, l := range languages {
		menu.Below = append(menu.Below, room.Command{
			ID: "language." + l.Tag, Words: l.Name, On: l.Tag == v.words.Catalog().Language(), Do: func() { v.setLanguage(l.Tag) },
		})
	}
	return []room.Command{menu}
}

// setLanguage has everything speak another language: frame, dialogs and rooms.
func (v *view) setLanguage(tag string) {
	words, err := v.options.load(tag)
	if err != nil {
		v.fail(err)
		return
	}
	v.settings.store.SetString(keyLanguage, tag)
	v.speak(words)
}
