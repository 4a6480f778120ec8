// Package picker asks for a file: which one to open, or where to save one.
//
// The toolkit's own dialog keeps the keys of its lists and buttons for itself,
// Escape among them, lays a second dialog over the first where a file is there
// already, and names nobody who may not read a folder. This one reads folders
// and says what was picked; it opens and writes nothing. It reads out of the way
// of whoever draws, since a folder can be at the other end of a slow network.
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

	Elsewhere func(work func() error, then func(error)) // does work out of the way; then is for whoever draws
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

	reading bool   // a folder, or what is at a path
	waits   func() // what was asked for meanwhile; the last counts

	parts
}

// New returns a picker that stands in a folder.
func New(say *catalog.Catalog, ask Question, calls Calls) *Picker {
	p := &Picker{say: say, ask: ask, calls: calls}
	p.furnish()
	p.tell()
	var folders []string
	var begins bool
	p.read(func() error {
		folders, begins = shortcuts(), isFolder(ask.Folder)
		return nil
	}, func(error) {
		p.offer(folders)
		folder := ask.Folder
		if !begins {
			folder = append(folders, string(filepath.Separator))[0]
		}
		p.enter(folder)
	})
	return p
}

// read asks the disk, and goes on with what was asked for meanwhile.
func (p *Picker) read(work func() error, then func(error)) {
	p.reading = true
	p.calls.Elsewhere(work, func(err error) {
		p.reading = false
		then(err)
		if next := p.waits; next != nil && !p.reading {
			p.waits = nil
			next()
		}
	})
}

// later reports whether something is to wait until the disk has answered.
func (p *Picker) later(do func()) bool {
	if p.reading {
		p.waits = do
	}
	return p.reading
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
	if p.later(func() { p.enter(folder) }) {
		return
	}
	typed := p.field.Text
	var items []item
	p.read(func() (err error) {
		items, err = read(folder, p.ask.Ending)
		return err
	}, func(err error) {
		if err != nil {
			p.warn(p.say.Text("frame.file.closed", "folder", folder))
			p.tell()
			return
		}
		p.entered(folder, items, typed)
	})
}

// entered shows what a folder holds. What led here goes; a name that somebody began to type meanwhile stays.
func (p *Picker) entered(folder string, items []item, typed string) {
	p.folder, p.all = folder, items
	if !p.ask.Save && p.field.Text == typed {
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
	if p.reading { // the row is of a folder that is being left
		return
	}
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
	if p.later(p.accept) {
		return
	}
	text := strings.TrimSpace(p.field.Text)
	if !p.ask.Save && !isPath(text) {
		p.list.Open(p.list.Marked())
		return
	}
	at := reach(p.folder, text)
	var is found
	p.read(func() error {
		is = find(at)
		if p.ask.Save && !is.folder && filepath.Ext(at) == "" {
			at += p.ask.Ending
			is = find(at)
		}
		return nil
	}, func(error) { p.found(text, at, is) })
}

// found deals with what is at a path that was typed.
func (p *Picker) found(text, at string, is found) {
	switch {
	case isPath(text) && is.folder:
		if p.ask.Save {
			p.field.SetText(p.ask.Name)
		}
		p.enter(at)
	case p.ask.Save:
		p.save(text, at, is)
	case is.there:
		p.calls.Picked(at, false)
	default:
		p.warn(p.say.Text("frame.file.none", "file", at))
	}
}

// save takes a path to write to. What would be written over, and a folder that
// is not there, are told first; the same again is a yes.
func (p *Picker) save(text, at string, is found) {
	switch {
	case text == "":
		p.warn(p.say.Text("frame.file.nameless"))
	case p.agreed == at:
		p.calls.Picked(at, !is.home)
	case !is.home:
		p.agreed = at
		p.confirm("frame.file.fresh", filepath.Dir(at), "frame.file.make")
	case is.folder:
		p.warn(p.say.Text("frame.file.is-folder", "file", filepath.Base(at)))
	case is.there:
		p.agreed = at
		p.confirm("frame.file.there", filepath.Base(at), "frame.file.replace")
	default:
		p.calls.Picked(at, false)
	}
}

// up leads out of the folder.
func (p *Picker) up() {
	if !p.later(p.up) { // above which folder, the disk has yet to say
		p.enter(filepath.Dir(p.folder))
	}
}

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
	if p.folder == "" && p.Problem() == "" {
		return p.say.Text("frame.file.reading")
	}
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
