package app

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// opening is a window with a classroom run, as Run would show it.
func opening(t *testing.T, a fyne.App, o Options) *window {
	t.Helper()
	return openingWith(t, a, o, places())
}

// openingWith is a window with other rooms.
func openingWith(t *testing.T, a fyne.App, o Options, places []place) *window {
	t.Helper()
	return openingAs(t, a, o, places, true)
}

// inPlace does at once what a window does on another goroutine.
func inPlace(work func() error, then func(error)) { then(work()) }

// openingAs is a window for somebody who was here before, or never.
func openingAs(t *testing.T, a fyne.App, o Options, places []place, met bool) *window {
	t.Helper()
	words := wordstest.English(t)
	keys, err := mockidp.DemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	o.Walk.Classroom, o.Walk.Provider = true, onstage.Provider(keys)
	if met {
		a.Preferences().SetBool(keyMet, true)
	}
	w := newWindow(a, a.NewWindow("Grantwalk"), words, o, places)
	w.files = fileDialogs{w.surface, w.Typed, w.Notice, inPlace}
	w.win.Show()
	ready := make(chan struct{})
	w.begin(func() { close(ready) })
	<-ready
	t.Cleanup(func() {
		w.win.Close()
		if err := w.close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// at is a window that begins at a step.
func at(step string) Options { return Options{Walk: walk.Options{At: step}} }

// shown is what the state file would say.
type shown struct {
	state
	walk.State
}

func now(t *testing.T, w *window) shown {
	t.Helper()
	text, err := w.stateText()
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, text)
}

func parsed(t *testing.T, text []byte) (s shown) {
	t.Helper()
	if err := errors.Join(json.Unmarshal(text, &s.state), json.Unmarshal(text, &s.State)); err != nil {
		t.Fatal(err)
	}
	return s
}

func typeKeys(w *window, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.Typed(&fyne.KeyEvent{Name: k})
	}
}

// escape is pressed where the keyboard is.
func escape(w *window) {
	if f := w.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		return
	}
	typeKeys(w, fyne.KeyEscape)
}

func TestKeysChangeVoiceAndLensInPlace(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	for key, want := range map[fyne.KeyName]tutorials.Voice{
		fyne.Key1: tutorials.Everyone, fyne.Key2: tutorials.Executive, fyne.Key3: tutorials.Developer,
	} {
		typeKeys(w, key)
		if got := now(t, w); got.Voice != string(want) || got.Step != "token" {
			t.Errorf("%s leads to %s at %s", key, got.Voice, got.Step)
		}
	}
	after := map[string]string{"protocol": "hotel", "hotel": "office", "office": "protocol"}
	for range 3 {
		want := after[now(t, w).Lens]
		typeKeys(w, fyne.KeyL)
		if got := now(t, w); got.Lens != want || got.Step != "token" {
			t.Errorf("L again leads to %s at %s, want %s", got.Lens, got.Step, want)
		}
	}
}

func TestWhatWasChosenComesBackAtTheNextStart(t *testing.T) {
	a := looktest.Bare(t)
	w := opening(t, a, Options{})
	w.view.setVoice(tutorials.Executive)
	w.view.setLens("hotel")
	w.view.setTheme(look.Dark)
	w.view.toggleMotion()
	w.view.zoom.to(1.3)
	w.win.Resize(fyne.NewSize(1300, 700))
	if err := w.remember(); err != nil {
		t.Fatal(err)
	}

	again := opening(t, a, Options{})
	s := again.settings
	if s.voice != tutorials.Executive || s.lens != "hotel" || s.theme != look.Dark || !s.reduceMotion || s.zoom != 1.3 {
		t.Errorf("what came back: %+v", s)
	}
	if s.width != 1300 || s.height < 690 {
		t.Errorf("the window comes back as %v × %v", s.width, s.height)
	}
	if s := opening(t, a, Options{Width: 1300, Height: 650}).settings; s.width != 1000 || s.height != 500 {
		t.Errorf("drawn at 130 %%, a window that is to be 1300 × 650 has %v × %v units", s.width, s.height)
	}
}

func TestALensThatNobodyChoseIsThatOfTheVoice(t *testing.T) {
	a := looktest.Bare(t)
	w := opening(t, a, at("token"))
	for _, c := range []struct {
		voice tutorials.Voice
		lens  string
	}{{tutorials.Everyone, "hotel"}, {tutorials.Executive, "office"}, {tutorials.Developer, "protocol"}, {tutorials.Everyone, "hotel"}} {
		if w.view.setVoice(c.voice); w.settings.lens != c.lens {
			t.Errorf("%s begins in the lens %s, want %s", c.voice, w.settings.lens, c.lens)
		}
	}
	w.view.setLens("office")
	if w.view.setVoice(tutorials.Developer); w.settings.lens != "office" {
		t.Errorf("a lens that was chosen became %s by another voice", w.settings.lens)
	}
	w.view.setLens("protocol") // which is the developer's own
	if again := opening(t, a, at("token")).settings; again.lens != "protocol" || again.lensChosen {
		t.Errorf("the next start finds the lens %s, chosen: %t", again.lens, again.lensChosen)
	}
}

func TestDamagedSettingsDoNotHideTheWindow(t *testing.T) {
	a := looktest.Bare(t)
	p := a.Preferences()
	p.SetString(keyVoice, "martian")
	p.SetString(keyTheme, "plaid")
	p.SetString(keyLens, "kaleidoscope")
	p.SetFloat(keyZoom, 900)
	p.SetFloat(keyWidth, -4)
	w := opening(t, a, at("token"))
	s := w.settings
	if s.voice != tutorials.Everyone || s.theme != look.System || s.zoom != 1 || s.width != 1440 || s.lens != "hotel" {
		t.Errorf("what was made of it: %+v", s)
	}
}

// items lists every item of a menu that does something, those of submenus included.
func items(of []*fyne.MenuItem) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, i := range of {
		switch {
		case i.ChildMenu != nil:
			out = append(out, items(i.ChildMenu.Items)...)
		case !i.IsSeparator:
			out = append(out, i)
		}
	}
	return out
}

// inMenu finds an item by how its label begins.
func inMenu(t *testing.T, w *window, title, label string) *fyne.MenuItem {
	t.Helper()
	for _, m := range w.win.MainMenu().Items {
		for _, i := range items(m.Items) {
			if m.Label == title && strings.HasPrefix(i.Label, label) {
				return i
			}
		}
	}
	t.Fatalf("the menu %s has no %q", title, label)
	return nil
}

func TestNoTwoCommandsShareAnIDOrAKey(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	ids, keys := map[string]bool{}, map[room.Key]string{}
	for c := range room.All(w.table()) {
		if ids[c.ID] {
			t.Errorf("two commands are called %s", c.ID)
		}
		ids[c.ID] = true
		for _, k := range slices.Concat(c.Keys, c.Also) {
			if other, taken := keys[k]; taken && k.Name != fyne.KeyEscape { // it closes what is on top
				t.Errorf("%s and %s share %s", c.ID, other, k)
			}
			keys[k] = c.ID
		}
	}
}

func TestEveryCommandOfAMenuActsAndKeysThatNeedAMenuHaveOne(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	for c := range room.All(w.table()) {
		if c.Menu != "" && c.Do == nil && len(c.Below) == 0 {
			t.Errorf("%s stands in the menu and does nothing", c.ID)
		}
		if k, needs := c.Held(); needs && c.Menu == "" && c.Do != nil {
			t.Errorf("%s: %s works only from a menu, and no menu has it", c.ID, k)
		}
	}
}

func TestTheMenusStandInTheirOrderAndNameEveryKeyAsItIsNamed(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	var titles, labels []string
	for _, m := range w.win.MainMenu().Items {
		titles = append(titles, m.Label)
		for _, i := range items(m.Items) {
			labels = append(labels, i.Label)
		}
	}
	if got := strings.Join(titles, ", "); got != "Run, Walk, View, What if, Clock, Go, Tools, Help" {
		t.Errorf("the menus are %s", got)
	}
	all := strings.Join(labels, "\n")
	for _, want := range []string{"Next chapter  (Alt+Page Down)", "Export …  (Ctrl+Shift+E)", "Zoom in  (Ctrl+Plus)", "Quit  (Ctrl+Q)"} {
		if !strings.Contains(all, want) {
			t.Errorf("no label is %q in:\n%s", want, all)
		}
	}
	if first := w.win.MainMenu().Items[2].Items; first[0].Label != "Voice" || first[1].Label != "Lens" || first[2].Label != "Theme" {
		t.Errorf("View begins with %q, %q, %q", first[0].Label, first[1].Label, first[2].Label)
	}
}

// goTo steps to a step.
func goTo(t *testing.T, w *window, step string) {
	t.Helper()
	for range now(t, w).Steps {
		if now(t, w).Step == step {
			return
		}
		w.act("walk.next")
	}
	t.Fatalf("the run does not come to %s", step)
}

func TestWhatCannotActIsDisabledUntilItCan(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	for _, at := range []struct {
		when                              string
		act                               func()
		back, next, follow, request, over bool
	}{
		{"before the first step", func() {}, false, true, false, false, false},
		{"at a request", func() { goTo(t, w, "token") }, true, true, false, true, false},
		{"following a value", func() { w.act("walk.seen") }, true, true, true, true, true},
		{"at the end", func() { w.act("walk.follow-stop"); w.act("walk.end") }, true, false, false, false, false},
	} {
		at.act()
		for label, want := range map[string]bool{
			"Back": at.back, "Next step": at.next, "Next place": at.follow, "Copy request": at.request,
		} {
			if got := !inMenu(t, w, "Walk", label).Disabled; got != want {
				t.Errorf("%s: %q can be chosen: %v", at.when, label, got)
			}
		}
		if got := !inMenu(t, w, "Go", "Tab: Who sees it").Disabled; got != at.over {
			t.Errorf("%s: the tab of a followed value can be chosen: %v", at.when, got)
		}
	}
}

func TestADialogTakesThePlaceOfAnotherAndKeepsTheRestFromActing(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.act("bench.pkce")
	w.act("walk.next")
	if got := now(t, w); got.Step != "token" || got.Bench != "pkce" {
		t.Errorf("behind a bench a command of the menu walked: %+v", got)
	}
	w.act("view.zoom-in")
	if got := now(t, w); got.Zoom < 1.05 || got.Bench != "pkce" {
		t.Errorf("the window can't be zoomed while a bench is open: %+v", got)
	}
	w.act("view.zoom-reset")
	for _, id := range []string{"run.save", "run.open", "bench.token", "run.export", "window.keys"} {
		w.act(id)
		if over := w.win.Canvas().Overlays().List(); len(over) != 1 || !w.dialogs.IsOpen() {
			t.Errorf("after %s %d dialogs are open", id, len(over))
		}
	}
	typeKeys(w, fyne.KeyEscape)
	if over := w.win.Canvas().Overlays().List(); len(over) != 0 || w.dialogs.IsOpen() {
		t.Errorf("after Escape %d dialogs are open", len(over))
	}
}

func TestTheListOfKeysNamesEveryKeyOfEveryCommand(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	lines := map[string]string{}
	for _, l := range room.Lines(w.table()) {
		lines[l.Words] = l.Keys
	}
	for words, want := range map[string]string{
		"Next step": "Right · Space · Page Down · Alt+Down", "Voice: everyone, executive, developer": "1 … 3",
		"Zoom": "Ctrl+Plus · Ctrl+Minus · Ctrl+0", "A flow, in the order of the rail": "Ctrl+1 … Ctrl+9",
		"The next chapter, the one before": "Alt+Page Down · Alt+Page Up", "This list": "F1 · Ctrl+/",
		"Close, leave a field, stop following a value": "Esc",
	} {
		if lines[words] != want {
			t.Errorf("%s: %q, want %q", words, lines[words], want)
		}
	}
}

func TestTheListOfKeysIsGroupedByMenuAndNamesEachKeyOnce(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	var titles []string
	lines := 0
	for _, g := range w.cards.keyGroups() {
		titles = append(titles, g.title)
		lines += len(g.lines)
	}
	if lines != len(room.Lines(w.table())) {
		t.Errorf("of %d lines %d are listed in groups", len(room.Lines(w.table())), lines)
	}
	for _, want := range []string{"Walk", "View", "Go", "Everywhere"} {
		if !slices.Contains(titles, want) {
			t.Errorf("the groups are %q", titles)
		}
	}
}

// button finds one by its label, wherever it is drawn.
func button(t *testing.T, w *window, label string) *page.Button {
	t.Helper()
	var found *page.Button
	each(w.frame.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*page.Button); ok && b.Label == label && found == nil {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("there is no button %q", label)
	}
	return found
}

// each visits an object and all that is drawn in it.
func each(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		each(child, visit)
	}
}

func TestTheStateNamesTheRowOfTheRailThatHasTheKeyboard(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{Width: 1440, Height: 620})
	w.Focus(button(t, w, "On a TV"))
	if got := now(t, w).Focus; got != "On a TV" {
		t.Errorf("the state says that %q has the keyboard", got)
	}
	w.Focus(nil)
	if got := now(t, w).Focus; got != "" {
		t.Errorf("nothing has the keyboard, and the state says %q", got)
	}
}

func TestCtrlAndADigitOpenAFlow(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	for i, f := range flows.All() {
		c, ok := room.Find(w.table(), "flow."+f.ID)
		if i > 8 { // there are no more digits
			if !ok || len(c.Keys) != 0 {
				t.Errorf("%s opens by %v, want no key", f.ID, c.Keys)
			}
			continue
		}
		if want := (room.Key{Name: fyne.KeyName('1' + rune(i)), Mod: room.Ctrl}); !ok || len(c.Keys) != 1 || c.Keys[0] != want {
			t.Errorf("%s opens by %v, want %s", f.ID, c.Keys, want)
		}
	}
}

func TestADialogTakesTheKeysAndEscapeClosesIt(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	for name, show := range map[string]func(){
		"keys": w.cards.keys, "mistakes": func() { w.act("what-if.mistake") }, "about": w.cards.about,
		"fault": func() { w.Fail(os.ErrNotExist) }, "notice": func() { w.Notice("It can't be done", os.ErrNotExist) },
	} {
		show()
		if !w.dialogs.IsOpen() {
			t.Errorf("%s: no dialog is open", name)
			continue
		}
		typeKeys(w, fyne.KeyRight)
		if now(t, w).Cursor != -1 {
			t.Errorf("%s: a key under the dialog walked the flow", name)
		}
		typeKeys(w, fyne.KeyEscape)
		if w.dialogs.IsOpen() {
			t.Errorf("%s: Escape does not close the dialog", name)
		}
	}
}

func TestTheCommandLineSaysWhereToBegin(t *testing.T) {
	w := opening(t, looktest.Bare(t),
		Options{Voice: tutorials.Developer, Walk: walk.Options{Mistake: "other-verifier", Tab: "checks", Follow: "state"}})
	s := now(t, w)
	if s.Step != "token" || s.Tab != "checks" || s.Followed == "" || s.Voice != "developer" {
		t.Errorf("the window begins as %+v", s)
	}
	if w.app.Preferences().String(keyVoice) != "" {
		t.Error("a flag of one start is kept for the next")
	}
}

func TestTheStateFileIsWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	w := opening(t, looktest.Bare(t), Options{StateFile: file})
	typeKeys(w, fyne.KeyRight, fyne.KeyRight)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := parsed(t, text)
	if s.Step != "login" || s.Cursor != 1 || s.Steps != 23 || s.Waiting != "create-state" {
		t.Errorf("the file says %+v", s)
	}
}

func TestANarrowWindowShowsTheRailOnDemandAndEscapeTakesItAway(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{Width: 1000, Height: 640})
	if w.frame.Floats() {
		t.Fatal("the rail covers the room from the beginning")
	}
	w.act("window.rail")
	if !w.frame.Floats() {
		t.Fatal("the rail cannot be opened")
	}
	typeKeys(w, fyne.KeyEscape)
	if w.frame.Floats() {
		t.Error("Escape does not take it away")
	}
}
