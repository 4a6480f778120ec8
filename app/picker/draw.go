package picker

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// parts are what the picker is made of.
type parts struct {
	shortcuts []string // the folders that the buttons on top lead to
	places    []*page.Button
	ways      *fyne.Container // the buttons
	path      *page.Line
	field     *field
	list      *page.LongList
	none      *widget.Label
	problem   *widget.Label
	accepts   *page.Button
	content   fyne.CanvasObject
}

// field hands on the keys that go through the list.
type field struct {
	page.Field
	onKey func(*fyne.KeyEvent) bool
}

// TypedKey goes through the list with Up and Down.
func (f *field) TypedKey(k *fyne.KeyEvent) {
	if (k.Name == fyne.KeyUp || k.Name == fyne.KeyDown || k.Name == fyne.KeyPageUp || k.Name == fyne.KeyPageDown) && f.onKey(k) {
		return
	}
	f.Field.TypedKey(k)
}

// row shows one folder or file after the other.
type row struct {
	page.Base
	sign       *page.Glyph
	name, when *page.Line
}

const (
	rowHigh  float32 = 30
	signWide float32 = 16
	whenWide float32 = 130
)

func newRow() *row {
	r := &row{
		sign: page.NewGlyph("", look.InkSoft),
		name: page.NewLine("", look.Body, look.Ink), when: page.NewLine("", look.Small, look.InkSoft),
	}
	r.name.Least, r.when.Last = 40, true
	r.Shown = []fyne.CanvasObject{r.sign, r.name, r.when}
	r.Extend(r)
	return r
}

// HeightFor is part of [page.Part].
func (r *row) HeightFor(float32) float32 { return rowHigh }

// Arrange is part of [page.Part].
func (r *row) Arrange(size fyne.Size) {
	left := signWide + look.Gap
	page.Place(r.sign, 0, (size.Height-signWide)/2, signWide, signWide)
	page.Place(r.name, left, 0, size.Width-left-whenWide, size.Height)
	page.Place(r.when, size.Width-whenWide, 0, whenWide, size.Height)
}

// Content is all of it.
func (p *Picker) Content() fyne.CanvasObject { return p.content }

// furnish makes the parts.
func (p *Picker) furnish() {
	p.field = &field{onKey: func(k *fyne.KeyEvent) bool { return p.list.Turn(k) }}
	p.field.OnLeave, p.field.Narrowest = p.calls.Leave, 60
	p.field.ExtendBaseWidget(p.field)
	p.field.Wrapping = fyne.TextWrapOff
	p.field.PlaceHolder = p.say.Text("frame.file.field")
	if p.ask.Save {
		p.field.PlaceHolder = p.say.Text("frame.file.name")
		p.field.Text = p.ask.Name
	}
	p.field.OnChanged = func(string) { p.typed() }
	p.field.OnSubmitted = func(string) { p.accept() }
	p.list = page.NewLongList(rowHigh, newRow, p.write)
	p.list.OnOpen, p.list.OnKey, p.list.Quiet = p.open, p.key, p.ask.Save
	p.path = page.NewLine("", look.Body, look.Ink)
	p.path.Bold, p.path.Least = true, 60
	p.ways = container.New(layout.NewCustomPaddedHBoxLayout(look.Gap))
	p.none = widget.NewLabel("")
	p.none.Wrapping, p.none.Alignment, p.none.Importance = fyne.TextWrapWord, fyne.TextAlignCenter, widget.LowImportance
	p.problem = widget.NewLabel("")
	p.problem.Wrapping, p.problem.Importance = fyne.TextWrapWord, widget.WarningImportance
	p.problem.Hide()
	p.accepts = p.button(p.say.Text("frame.file."+p.verb()), p.accept)
	p.accepts.Primary = true
	p.content = p.lay()
}

// lay puts field, list and buttons below each other; Tab comes to them in that order.
func (p *Picker) lay() fyne.CanvasObject {
	padded := func(o fyne.CanvasObject, top, bottom float32) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(top, bottom, 0, 0), o)
	}
	up := page.NewIconButton("back", p.say.Text("frame.file.up"), p.up)
	up.OnKey = p.key
	path := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), p.path)
	where := container.New(layout.NewBorderLayout(nil, nil, up, p.ways), up, path, p.ways)
	top := container.NewVBox(p.field, padded(where, 6, 6))
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Gap),
		layout.NewSpacer(), p.button(p.say.Text("frame.cancel"), p.calls.Leave), p.accepts)
	foot := container.NewVBox(p.problem, padded(buttons, 10, 0))
	files := container.NewStack(p.list, container.NewVBox(layout.NewSpacer(), p.none, layout.NewSpacer()))
	return container.New(layout.NewBorderLayout(top, foot, nil, nil), top, files, foot)
}

// offer makes the buttons on top.
func (p *Picker) offer(folders []string) {
	p.shortcuts = folders
	for i, folder := range folders {
		label := filepath.Base(folder)
		if i == 0 {
			label = p.say.Text("frame.file.home")
		}
		b := p.button(label, func() { p.enter(folder) })
		b.Quiet = true
		p.places = append(p.places, b)
		p.ways.Add(b)
	}
}

func (p *Picker) button(label string, do func()) *page.Button {
	b := page.NewButton(label, do)
	b.OnKey = p.key
	return b
}

// write tells a row which folder or file it shows.
func (p *Picker) write(i int, r *row) {
	of := p.items[i]
	r.name.SetText(of.name)
	r.when.SetText(of.changed)
	sign := "file"
	if of.folder {
		sign = "folder"
	}
	r.sign.Set(sign, look.InkSoft)
}
