package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// popped is a menu below a button, with what it is made of.
type popped struct {
	menu  *widget.PopUpMenu
	items []*fyne.MenuItem
}

// popCommands opens a menu of commands below a button, with a mark at those that are on.
func (c *Calls) popCommands(below fyne.CanvasObject, commands []room.Command) {
	menu := make([]*fyne.MenuItem, 0, len(commands))
	for _, one := range commands {
		item := fyne.NewMenuItem(one.Words, one.Do)
		item.Checked = one.On
		menu = append(menu, item)
	}
	c.pop(below, menu)
}

// pop opens a menu below a button.
func (c *Calls) pop(below fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(below).AddXY(0, below.Size().Height+4)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), driver.CanvasForObject(below))
	c.popped = popped{menu, items}
	menu.ShowAtPosition(at)
}

// Popped are the lines of the menu that is open below a button, and of those
// that it has unfolded; none where no menu is open.
func (f *Frame) Popped() []page.Target {
	p := f.calls.popped
	if p.menu == nil || !p.menu.Visible() {
		return nil
	}
	return linesOf(p.menu.Menu, p.items)
}

// linesOf are the lines of a menu that can be pressed.
func linesOf(menu *widget.Menu, items []*fyne.MenuItem) []page.Target {
	var lines []page.Target
	for i, line := range menu.Items {
		if items[i].Disabled || items[i].IsSeparator {
			continue
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
		lines = append(lines, page.Target{Label: items[i].Label, At: at, Size: line.Size()})
		unfolded, ok := line.(interface{ Child() *widget.Menu })
		if ok && items[i].ChildMenu != nil && unfolded.Child().Visible() {
			lines = append(lines, linesOf(unfolded.Child(), items[i].ChildMenu.Items)...)
		}
	}
	return lines
}
