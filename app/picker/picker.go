// Package picker asks for a file: which one to open, or where to save one.
//
// The toolkit's own dialog keeps the keys of its lists and buttons for itself,
// Escape among them, lays a second dialog over the first where a file is there
// already, and names nobody who may not read a folder. This one reads folders
// and says what was picked; it opens and writes nothing.
package picker

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Question is what is asked.
type Question struct {
	Save   bool
	Ending string // of the files that are listed, such as ".json"
	Name   string // under which it would be saved
	Folder string // in which one begins; the person's own where that is gone
}

// Calls are what the picker asks and tells.
type Calls struct {
	Key    func(*fyne.KeyEvent) bool     // a key that nothing here has use for
	Leave  func()                        // somebody thinks again
	Picked func(path string, fresh bool) // fresh: its folder is to be made
	Focus  func(fyne.Focusable)
}

// Picker is the field, and the files below it.
type Picker struct {
	say    *catalog.Catalog
	ask    Question
	calls  Calls
	folder string
	all    []item
	items  []item
	agreed string // the path that is written although somebody was warned of it

	parts
}

// New returns a picker that stands in a folder.
func New(say *catalog.Catalog, ask Question, calls Calls) *Picker {
	p := &Picker{say: say, ask: ask, calls: calls}
	p.furnish()
	folder := ask.Folder
	if !isFolder(folder) {
		folder = append(shortcuts(), string(filepath.Separator))[0]
	}
	p.enter(folder)
	return p
}

// First has the keyboard at first.
func (p *Picker) First() fyne.Focusable { return p.field }

// Begin marks the name that is offered, all but its ending, so that another one is typed over it.
func (p *Picker) Begin() {
	p.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	p.field.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for range strings.TrimSuffix(p.field.Text, filepath.Ext(p.field.Text)) {
		p.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	p.field.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// Folder is the one that is listed.
func (p *Picker) Folder() string { return p.folder }

// Problem is what the picker says is in the way; "" is nothing.
func (p *Picker) Problem() string { return p.problem.Text }

// enter lists another folder, or says why it can't.
func (p *Picker) enter(folder string) {
	items, err := read(folder, p.ask.Ending)
	if err != nil {
		p.warn(p.say.Text("frame.file.closed", "folder", folder))
		return
	}
	p.folder, p.all = folder, items
	if !p.ask.Save {
		p.field.SetText("")
	}
	p.warn("")
	p.list.Set(0) // the mark begins at the top
	p.typed()
}

// typed narrows the list to what somebody types, where that is a name that they look for.
func (p *Picker) typed() {
	p.items = narrow(p.all, "")
	if text := p.field.Text; !p.ask.Save && !isPath(text) {
		p.items = narrow(p.all, text)
	}
	p.agreed = ""
	p.warn("")
	p.tell()
}

// open goes into the folder of a row, or takes its file.
func (p *Picker) open(i int) {
	at := filepath.Join(p.folder, p.items[i].name)
	switch {
	case p.items[i].folder:
		p.enter(at)
	case p.ask.Save: // under the same name: they are asked before it is written over
		p.field.SetText(p.items[i].name)
		p.calls.Focus(p.field)
	default:
		p.calls.Picked(at, false)
	}
}

// accept deals with what was typed.
func (p *Picker) accept() {
	text := strings.TrimSpace(p.field.Text)
	at := reach(p.folder, text)
	switch {
	case isPath(text) && isFolder(at):
		if p.ask.Save {
			p.field.SetText(p.ask.Name)
		}
		p.enter(at)
	case p.ask.Save:
		p.save(text, at)
	case isPath(text) && exists(at):
		p.calls.Picked(at, false)
	case isPath(text):
		p.warn(p.say.Text("frame.file.none", "file", at))
	default:
		p.list.Open(p.list.Marked())
	}
}

// save takes a path to write to. What would be written over, and a folder that
// is not there, are told first; the same again is a yes.
func (p *Picker) save(text, at string) {
	if text == "" {
		p.warn(p.say.Text("frame.file.nameless"))
		return
	}
	if filepath.Ext(at) == "" {
		at += p.ask.Ending
	}
	home := filepath.Dir(at)
	switch fresh := !exists(home); {
	case p.agreed == at:
		p.calls.Picked(at, fresh)
	case fresh:
		p.agreed = at
		p.confirm("frame.file.fresh", home, "frame.file.make")
	case isFolder(at):
		p.warn(p.say.Text("frame.file.is-folder", "file", filepath.Base(at)))
	case exists(at):
		p.agreed = at
		p.confirm("frame.file.there", filepath.Base(at), "frame.file.replace")
	default:
		p.calls.Picked(at, false)
	}
}

// up leads out of the folder.
func (p *Picker) up() { p.enter(filepath.Dir(p.folder)) }

// key deals with what no control has use for.
func (p *Picker) key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyBackspace {
		p.up()
		return true
	}
	return p.calls.Key(k)
}

// tell shows what is listed now.
func (p *Picker) tell() {
	p.path.SetText(p.folder)
	p.list.Set(len(p.items))
	p.none.Hide()
	if len(p.items) == 0 {
		p.none.SetText(p.emptiness())
		p.none.Show()
	}
	p.accepts.Set(p.say.Text("frame.file."+p.verb()), "")
	if p.ask.Save || len(p.items) > 0 || isPath(p.field.Text) {
		p.accepts.Enable()
	} else {
		p.accepts.Disable()
	}
	for i, b := range p.places {
		b.SetChosen(p.shortcuts[i] == p.folder)
	}
}

// emptiness says why nothing is listed: there is nothing, or nothing of the name that somebody looks for.
func (p *Picker) emptiness() string {
	if len(narrow(p.all, "")) > 0 {
		return p.say.Text("frame.file.unmatched", "text", p.field.Text)
	}
	return p.say.Text("frame.file.empty", "kind", p.ask.Ending)
}

func (p *Picker) verb() string {
	if p.ask.Save {
		return "save"
	}
	return "open"
}

// warn says what is in the way; "" is nothing.
func (p *Picker) warn(words string) {
	p.problem.SetText(words)
	page.Show(p.problem, words != "")
}

// confirm warns, and lets the button say what pressing it again does.
func (p *Picker) confirm(warning, of, does string) {
	p.warn(p.say.Text(warning, "name", of))
	p.accepts.Set(p.say.Text(does), "")
}
