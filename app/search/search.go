// Package search is the field in which somebody types what they are looking for,
// with what is found below it, by kind.
//
// A [Finder] looks among all words and commands; a [Panel] shows what it finds
// and says what was picked. Neither opens anything or knows the window or a room.
package search

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Calls are what the panel asks and tells.
type Calls struct {
	Find  func(typed string) []search.Group
	Pick  func(search.Entry) // somebody wants to go there
	Leave func()             // Escape

	Beside func(search.Entry) // somebody wants to read it beside what they look at
	Reads  func(search.Entry) bool
}

// beside is the key that reads the hit that is marked beside what one looks at.
func beside() *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
}

// Panel is the field and what was found.
type Panel struct {
	say     *catalog.Catalog
	calls   Calls
	field   *field
	rows    []*row
	heads   []*page.Line
	list    *fyne.Container
	scroll  *look.Scroll
	help    *page.Line
	content fyne.CanvasObject
	hits    []search.Entry
	at      int // the hit that Enter opens
}

// row is a hit.
type row struct {
	button *page.Button
	line   *page.Line
	beside *page.Button // reads it beside; not of every hit
	all    *fyne.Container
}

// field hands on the keys that go through the list.
type field struct {
	page.Field
	onKey    func(*fyne.KeyEvent) bool
	onBeside func()
}

// TypedShortcut reads the hit that is marked beside what one looks at.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if s.ShortcutName() == beside().ShortcutName() {
		f.onBeside()
		return
	}
	f.Field.TypedShortcut(s)
}

// TypedKey goes through the list with Up and Down, and opens with Enter.
func (f *field) TypedKey(k *fyne.KeyEvent) {
	if !f.onKey(k) {
		f.Field.TypedKey(k)
	}
}

// most is how many hits are listed: more is not read, but typed away.
const most = 24

// New returns a panel with an empty field.
func New(say *catalog.Catalog, calls Calls) *Panel {
	p := &Panel{say: say, calls: calls}
	p.field = &field{onKey: p.key, onBeside: func() { p.read(p.at) }}
	p.field.OnLeave, p.field.Narrowest = calls.Leave, 60
	p.field.ExtendBaseWidget(p.field)
	p.field.Wrapping = fyne.TextWrapOff
	p.field.PlaceHolder = say.Text("search.field")
	p.field.OnChanged = func(typed string) { p.find(typed) }
	p.list = container.New(layout.NewCustomPaddedVBoxLayout(1))
	p.scroll = look.NewScroll(container.New(layout.NewCustomPaddedLayout(6, 2, 0, 10), p.list))
	p.help = page.NewLine(say.Text("search.keys"), look.Small, look.InkSoft)
	p.help.Least = 40
	p.content = container.NewBorder(p.field, container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), p.help), nil, nil, p.scroll)
	p.find("")
	return p
}

// Content is all of it.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

// First has the keyboard at first.
func (p *Panel) First() fyne.Focusable { return p.field }

// Type puts a text into the field.
func (p *Panel) Type(text string) { p.field.SetText(text) }

// Hits are the entries that are listed, and which of them Enter opens.
func (p *Panel) Hits() (hits []search.Entry, at int) { return p.hits, p.at }

func (p *Panel) find(typed string) {
	p.list.Objects, p.hits, p.at = nil, nil, 0
	var groups []search.Group
	if len(search.Words(typed)) > 0 { // the field opens before there is anything to look in
		groups = p.calls.Find(typed)
	}
	heads := 0
	for _, g := range groups {
		room := most - len(p.hits)
		if room <= 0 {
			break
		}
		more := g.More + max(0, len(g.Hits)-room)
		p.head(heads, p.headOf(g.Kind, more))
		heads++
		for _, h := range g.Hits[:min(room, len(g.Hits))] {
			p.add(h)
		}
	}
	if len(groups) == 0 {
		p.nothing(typed, heads)
	}
	p.mark()
	p.list.Refresh()
	p.scroll.ScrollToTop()
	p.scroll.Refresh()
}

func (p *Panel) headOf(kind search.Kind, more int) string {
	words := p.say.Text("search.kind." + string(kind))
	if more > 0 {
		words += " · " + p.say.Count("search.more", more)
	}
	return words
}

// nothing helps whoever has not typed yet, or typed what is nowhere.
func (p *Panel) nothing(typed string, heads int) {
	words := p.say.Text("search.empty")
	if len(search.Words(typed)) > 0 {
		words = p.say.Text("search.nothing", "typed", page.Elide(typed, 40))
	}
	p.head(heads, words)
	for _, example := range []string{"refresh token", "code_verifier", "thief", "rfc 7636 4.6", "invalid_grant"} {
		p.add(search.Entry{Title: p.say.Called("search.typed", example), Line: p.say.Called("search.example", example)})
	}
}

func (p *Panel) head(i int, words string) {
	h := page.Nth(&p.heads, i, func() *page.Line {
		l := page.NewLine("", look.Small, look.InkSoft)
		l.Bold, l.Least = true, 40
		return l
	})
	h.SetText(words)
	p.list.Add(container.New(layout.NewCustomPaddedLayout(8, 2, 10, 0), h))
}

func (p *Panel) add(h search.Entry) {
	i := len(p.hits)
	r := page.Nth(&p.rows, i, func() *row {
		r := &row{line: page.NewLine("", look.Small, look.InkSoft)}
		r.button = page.NewButton("", func() { p.pick(i) })
		r.button.Quiet, r.button.Leading, r.button.Least, r.button.Wide = true, true, 160, r.line
		r.line.Last, r.line.Least = true, 60
		r.beside = page.NewIconButton(look.IconBeside, p.say.Text("search.beside"), func() { p.read(i) })
		r.beside.Quiet = true
		r.button.OnKey, r.beside.OnKey = p.key, p.key
		r.all = container.NewBorder(nil, nil, nil, r.beside, r.button)
		return r
	})
	p.hits = append(p.hits, h)
	r.line.SetText(h.Line)
	r.button.Set(h.Title, "")
	page.Show(r.beside, p.reads(h))
	p.list.Add(r.all)
}

// reads reports whether a hit is something to be read beside what one looks at.
func (p *Panel) reads(h search.Entry) bool {
	return p.calls.Reads != nil && h.Kind != "" && p.calls.Reads(h)
}

// read opens a hit beside what one looks at, or where that is not to be had, in its place.
func (p *Panel) read(i int) {
	if i < len(p.hits) && p.reads(p.hits[i]) {
		p.calls.Beside(p.hits[i])
		return
	}
	p.pick(i)
}

// mark shows which hit Enter opens.
func (p *Panel) mark() {
	for i := range p.hits {
		p.rows[i].button.SetChosen(i == p.at)
	}
}

// key goes through the hits and opens the one that is marked.
func (p *Panel) key(k *fyne.KeyEvent) bool {
	to := p.at
	switch k.Name {
	case fyne.KeyDown:
		to++
	case fyne.KeyUp:
		to--
	case fyne.KeyPageDown:
		to += 8
	case fyne.KeyPageUp:
		to -= 8
	case fyne.KeyReturn, fyne.KeyEnter:
		p.pick(p.at)
		return true
	case fyne.KeyEscape:
		p.calls.Leave()
		return true
	default:
		return false
	}
	p.at = max(0, min(to, len(p.hits)-1))
	p.mark()
	p.reveal(p.rows[p.at].all)
	return true
}

func (p *Panel) reveal(o fyne.CanvasObject) {
	y, at, high := o.Position().Y, p.scroll.Offset.Y, p.scroll.Size().Height
	const air = 40 // the heading above a hit is seen with it
	if y < at+air {
		at = max(0, y-air)
	} else if below := y + o.Size().Height + 12 - high; below > at {
		at = below
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, at))
}

// pick opens a hit; an example is typed.
func (p *Panel) pick(i int) {
	if i >= len(p.hits) {
		return
	}
	if h := p.hits[i]; h.Kind != "" {
		p.calls.Pick(h)
		return
	}
	p.field.SetText(p.hits[i].Title)
	p.field.CursorColumn = len([]rune(p.field.Text))
	p.field.Refresh()
}
