package walk

import (
	"bytes"
	"fmt"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// exportDialog lets somebody choose a form for the run, and where it goes.
type exportDialog struct {
	room    *Room
	content fyne.CanvasObject
	chosen  export.Format
	mask    *page.Checkbox
	rows    []*page.Button
	copied  *page.Line
	copy    *page.Button
}

// exporting takes the run along, in any form.
type exporting struct{ room *Room }

// show offers every form that a run can be written in.
func (e exporting) show() {
	if e.room.screen.Player() == nil {
		return
	}
	d := e.dialog()
	e.room.window.Show(room.Dialog{
		Title: e.room.words.Catalog().Text("player.export.title"), Content: d.content, Size: fyne.NewSize(660, 720),
		First: d.rows[0],
	})
}

func (e exporting) dialog() *exportDialog {
	d := &exportDialog{room: e.room, copied: page.NewLine("", look.Small, look.InkSoft)}
	d.copied.Least = 40
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	say := e.room.screen.Narrator().Say()
	for i, f := range export.Formats() {
		b := page.NewButton(f.Title(say), func() { d.choose(i) })
		b.Quiet, b.Leading, b.Least = true, true, 120
		b.OnKey = func(k *fyne.KeyEvent) bool { return d.typed(i, k) }
		d.rows = append(d.rows, b)
		use := page.NewLine(f.For(say), look.Small, look.InkSoft)
		use.Least = 120
		list.Add(container.New(layout.NewCustomPaddedVBoxLayout(1), b, container.New(layout.NewCustomPaddedLayout(0, 3, 10, 0), use)))
	}
	d.mask = page.NewCheckbox(say.Text("player.export.mask"), e.room.window.Typed)
	why := small(say.Text("player.export.mask-why"))
	save := page.NewButton(say.Text("player.export.save"), d.save)
	save.Primary = true
	d.copy = page.NewButton(say.Text("frame.copy"), d.toClipboard)
	for _, b := range []*page.Button{save, d.copy} {
		b.OnKey = e.room.window.Typed
	}
	below := container.NewVBox(
		d.mask, container.New(layout.NewCustomPaddedLayout(-10, 0, 26, 0), why),
		container.NewBorder(nil, nil, nil, container.NewHBox(d.copy, save), d.copied),
	)
	d.choose(0)
	d.content = container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), below), nil, nil,
		look.NewScroll(container.New(layout.NewCustomPaddedLayout(2, 0, 2, 14), list)))
	return d
}

// small is a line of explanation.
func small(words string) *widget.Label {
	l := widget.NewLabel(words)
	l.Wrapping, l.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	return l
}

func (d *exportDialog) choose(i int) {
	d.chosen = export.Formats()[i]
	for j, b := range d.rows {
		b.SetChosen(i == j)
	}
	if d.chosen.Text {
		d.copy.Enable()
	} else {
		d.copy.Disable()
	}
	d.copied.SetText("")
}

// typed goes through the list with the arrow keys; other keys are the window's.
func (d *exportDialog) typed(i int, k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown:
		i++
	case fyne.KeyUp:
		i--
	default:
		return d.room.window.Typed(k)
	}
	i = max(0, min(i, len(d.rows)-1))
	d.choose(i)
	d.room.window.Focus(d.rows[i])
	return true
}

// written is the run in the form that is chosen.
func (d *exportDialog) written() ([]byte, error) {
	return exporting{d.room}.write(d.chosen.ID, d.mask.Checked)
}

// write writes the run that is open, whole, in the voice and through the lens of now.
func (e exporting) write(format string, mask bool) ([]byte, error) {
	var out bytes.Buffer
	p := e.room.screen.Player()
	n := e.room.screen.Narrator()
	n.Person, n.Switches, n.Withheld, n.Mistaken = p.FirstName(), p.Choices().Switches, len(p.Choices().Withhold) > 0, p.Mistake()
	o := export.Options{Mask: mask, Version: e.room.options.Version, Text: export.TextOptions{Width: 80}}
	if err := export.Write(&out, format, p.Plan(), handout.Story(n), o); err != nil {
		return nil, fmt.Errorf("export as %s: %w", format, err)
	}
	return out.Bytes(), nil
}

func (d *exportDialog) toClipboard() {
	text, err := d.written()
	if err != nil {
		d.room.window.Notice(d.room.words.Catalog().Text("player.export.failed"), err)
		return
	}
	d.room.window.Copy(string(text))
	d.copied.SetText(d.room.words.Catalog().Text("player.copied", "what", d.chosen.Title(d.room.words.Catalog())))
}

func (d *exportDialog) save() {
	content, err := d.written()
	if err != nil {
		d.room.window.Notice(d.room.words.Catalog().Text("player.export.failed"), err)
		return
	}
	d.room.window.Dismiss()
	name := d.room.screen.Player().Flow().ID
	if d.mask.Checked {
		name += "-masked"
	}
	exporting{d.room}.save(name+d.chosen.Extension, content)
}

// saveRun saves everything, to be opened again.
func (e exporting) saveRun() {
	if e.room.screen.Player() == nil {
		return
	}
	content, err := e.write("json", false)
	if err != nil {
		e.room.fail(err)
		return
	}
	e.save(e.room.screen.Player().Flow().ID+".json", content)
}

// save asks where to, and tells in the line below that it is done.
func (e exporting) save(name string, content []byte) {
	e.room.window.Files().Save(name, func(to io.Writer) error {
		_, err := to.Write(content)
		return err
	}, func(at fyne.URI) {
		say := e.room.words.Catalog()
		folder := ""
		if parent, err := storage.Parent(at); err == nil {
			folder = parent.Path()
		}
		e.room.screen.Done(say.Text("player.saved.as", "file", at.Name(), "folder", folder), say.Text("player.saved.launch"), func() {
			if err := e.room.window.Files().Launch(at); err != nil {
				e.room.window.Notice(say.Text("player.saved.unreadable", "file", at.Name()), err)
			}
		})
	})
}
