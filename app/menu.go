package app

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// menu lists every command, so that each can be found and reached by keyboard.
func (w *window) menu() *fyne.MainMenu {
	return fyne.NewMainMenu(w.runMenu(), w.walkMenu(), w.viewMenu(), w.whatIfMenu(), w.clockMenu(), w.goMenu(), w.toolsMenu(), w.helpMenu())
}

// refreshMenu marks what is on.
func (w *window) refreshMenu() {
	w.marked = w.marks()
	w.win.SetMainMenu(w.menu())
}

// markMenu marks anew where something else was chosen.
func (w *window) markMenu() {
	if w.marks() != w.marked {
		w.refreshMenu()
	}
}

// marks is all that the menu of what-ifs shows.
func (w *window) marks() string {
	p := w.screen.Player()
	if p == nil {
		return ""
	}
	c := p.Choices()
	return fmt.Sprint(p.Flow().ID, w.person(), c.SignsIn(), c.Deny, c.Withhold, c.Switches, p.Asked())
}

// item is a command with its key. The key stands in the label: Fyne draws the
// shortcuts of a menu too faint to be read, see [unseen].
func item(label string, do func(), key fyne.KeyName, mod fyne.KeyModifier) *fyne.MenuItem {
	m := fyne.NewMenuItem(label, do)
	if key != "" {
		s := &desktop.CustomShortcut{KeyName: key, Modifier: mod}
		m.Shortcut = s
		if runtime.GOOS != "darwin" { // where the menu is the system's, which draws it well
			m.Label += "  (" + keyWords(s) + ")"
			m.Shortcut = unseen(s.ShortcutName())
		}
	}
	return m
}

// unseen is a shortcut that works and is not drawn. A shortcut of the menu is
// the only one that works while a field has the keyboard.
type unseen string

// ShortcutName is what Fyne finds the shortcut by.
func (u unseen) ShortcutName() string { return string(u) }

func keyWords(s *desktop.CustomShortcut) string {
	words := ""
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if s.Modifier&m.mod != 0 {
			words += m.name
		}
	}
	switch s.KeyName {
	case fyne.KeyEqual:
		return words + "Plus"
	case fyne.KeyMinus:
		return words + "Minus"
	}
	return words + string(s.KeyName)
}

const (
	ctrl = fyne.KeyModifierShortcutDefault
	alt  = fyne.KeyModifierAlt
)

func (w *window) walkMenu() *fyne.Menu {
	s := w.screen
	return fyne.NewMenu("Walk",
		item("Next step", s.Next, fyne.KeyRight, alt),
		item("Back", s.Back, fyne.KeyLeft, alt),
		item("To the beginning", s.Home, fyne.KeyHome, alt),
		item("To the end", s.End, fyne.KeyEnd, alt),
		fyne.NewMenuItemSeparator(),
		item("Play or pause", s.TogglePlay, fyne.KeyP, ctrl),
		item("Speed of Play", s.NextSpeed, "", 0),
		item("Tamper with a request …", s.ToggleTamper, fyne.KeyT, ctrl),
		item("Restart without changes", s.Restart, fyne.KeyR, ctrl),
		fyne.NewMenuItemSeparator(),
		item("Copy request as curl", s.CopyCurl, fyne.KeyC, ctrl|fyne.KeyModifierShift),
		item("Next place of the followed value", func() { s.FollowOn(+1) }, fyne.KeyG, ctrl),
		item("Place before", func() { s.FollowOn(-1) }, fyne.KeyG, ctrl|fyne.KeyModifierShift),
		item("Who can see the value?", s.ShowSeen, fyne.KeyE, ctrl),
		item("Stop following a value", s.StopFollowing, "", 0),
	)
}

// runMenu is what can be done with a run as a whole.
func (w *window) runMenu() *fyne.Menu {
	return fyne.NewMenu("Run",
		item("Open a saved run …", w.openRun, fyne.KeyO, ctrl),
		item("Save this run …", w.saveRun, fyne.KeyS, ctrl),
		item("Export …", w.showExport, fyne.KeyE, ctrl|fyne.KeyModifierShift),
		fyne.NewMenuItemSeparator(),
		w.quitItem(),
	)
}

// quitItem is marked, so that Fyne does not add one of its own.
func (w *window) quitItem() *fyne.MenuItem {
	quit := item("Quit", func() { w.remember(); w.app.Quit() }, fyne.KeyQ, ctrl)
	quit.IsQuit = true
	return quit
}

func (w *window) viewMenu() *fyne.Menu {
	voices := fyne.NewMenuItem("Voice", nil)
	voices.ChildMenu = fyne.NewMenu("")
	for _, v := range tutorials.Voices() {
		m := fyne.NewMenuItem(titled(string(v)), func() { w.setVoice(v) })
		m.Checked = v == w.settings.voice
		voices.ChildMenu.Items = append(voices.ChildMenu.Items, m)
	}
	lenses := fyne.NewMenuItem("Lens", nil)
	lenses.ChildMenu = fyne.NewMenu("")
	for _, l := range w.words.Lenses() {
		m := fyne.NewMenuItem(l.Title, func() { w.setLens(l.ID) })
		m.Checked = l.ID == w.settings.lens
		lenses.ChildMenu.Items = append(lenses.ChildMenu.Items, m)
	}
	themes := fyne.NewMenuItem("Theme", nil)
	themes.ChildMenu = fyne.NewMenu("")
	for _, mode := range look.Modes() {
		m := fyne.NewMenuItem(themeTitle(mode), func() { w.setTheme(mode) })
		m.Checked = mode == w.settings.theme
		themes.ChildMenu.Items = append(themes.ChildMenu.Items, m)
	}
	motion := item("Reduce motion", w.toggleMotion, "", 0)
	motion.Checked = w.settings.reduceMotion
	return fyne.NewMenu("View", voices, lenses, themes, motion,
		fyne.NewMenuItemSeparator(),
		item("Zoom in", w.zoomIn, fyne.KeyEqual, ctrl),
		item("Zoom out", w.zoomOut, fyne.KeyMinus, ctrl),
		item("Actual size", w.zoomReset, fyne.Key0, ctrl),
		fyne.NewMenuItemSeparator(),
		item("Diagram or details", w.togglePane, fyne.KeyD, ctrl),
		item("Flows, people and what-ifs", w.toggleRail, fyne.KeyB, ctrl),
		item("Full screen", func() { w.win.SetFullScreen(!w.win.FullScreen()) }, fyne.KeyF, ctrl|fyne.KeyModifierShift),
	)
}

func themeTitle(m look.Mode) string {
	if m == look.HighContrast {
		return "High contrast"
	}
	return titled(string(m))
}

func (w *window) whatIfMenu() *fyne.Menu {
	menu := fyne.NewMenu("What if")
	add := func(label string, on bool, do func()) {
		m := fyne.NewMenuItem(label, do)
		m.Checked = on
		menu.Items = append(menu.Items, m)
	}
	offers, p := w.offers(), w.screen.Player()
	if offers.Person {
		for _, p := range stage.People() {
			add(p.Name+" signs in", w.person() == p.Username, func() { w.choosePerson(p.Username) })
		}
		menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
	}
	if offers.SignIn {
		add("The password is wrong", !w.choices().SignsIn(), w.wrongPassword)
	}
	if offers.Consent {
		add("Consent is refused", w.choices().Deny, w.refuseConsent)
		for _, permission := range p.Asked() {
			add(permission+" is left out", slices.Contains(w.choices().Withhold, permission), func() { w.withhold(permission) })
		}
	}
	if len(menu.Items) > 0 {
		menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
	}
	if p != nil {
		menu.Items = append(menu.Items, w.switchItems(p.Flow().Switches)...)
	}
	menu.Items = append(menu.Items, item("Try a classic mistake …", w.showMistakes, fyne.KeyM, ctrl))
	return menu
}

// switchItems are the flow's own alternatives, each with its values below it.
func (w *window) switchItems(switches []flows.Switch) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, s := range switches {
		words := w.screen.Narrator().Switch(s.ID, s.Values...)
		m := fyne.NewMenuItem(words.Title, nil)
		m.ChildMenu = fyne.NewMenu("")
		for _, value := range s.Values {
			v := fyne.NewMenuItem(words.Values[value], func() { w.turn(s, value) })
			v.Checked = w.turned(s) == value
			m.ChildMenu.Items = append(m.ChildMenu.Items, v)
		}
		items = append(items, m)
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	return items
}

// clockMenu lets time pass on the stage.
func (w *window) clockMenu() *fyne.Menu {
	menu := fyne.NewMenu("Clock")
	for i, leap := range player.Leaps() {
		m := item("Before the next step, "+leap.Words, func() { w.screen.Jump(leap.By) }, fyne.KeyName(strconv.Itoa(i+1)), alt)
		menu.Items = append(menu.Items, m)
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		item("Take the last jump back", w.screen.TakeJumpBack, fyne.Key0, alt))
	return menu
}

func (w *window) goMenu() *fyne.Menu {
	menu := fyne.NewMenu("Go")
	n := w.screen.Narrator()
	for i, f := range flows.All() {
		n.Flow = f.ID
		m := item(n.About().Title, func() { w.openFlow(f.ID) }, fyne.KeyName(strconv.Itoa(i+1)), ctrl)
		m.Checked = f.ID == w.settings.flow
		menu.Items = append(menu.Items, m)
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		item("Next chapter", func() { w.turnChapter(+1) }, fyne.KeyPageDown, alt),
		item("Chapter before", func() { w.turnChapter(-1) }, fyne.KeyPageUp, alt),
	)
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
	for _, tab := range inspector.Tabs() {
		menu.Items = append(menu.Items, fyne.NewMenuItem("Tab: "+tab.Title, func() { w.screen.ShowTab(tab.ID) }))
	}
	return menu
}

func (w *window) toolsMenu() *fyne.Menu {
	return fyne.NewMenu("Tools",
		item("Token workbench …", w.showTokenBench, fyne.KeyJ, ctrl),
		item("PKCE workbench …", w.showPKCEBench, fyne.KeyK, ctrl),
	)
}

func (w *window) helpMenu() *fyne.Menu {
	return fyne.NewMenu("Help",
		item("Keys, also F1", w.showKeys, fyne.KeySlash, ctrl),
		item("About Grantwalk", w.showAbout, "", 0),
	)
}
