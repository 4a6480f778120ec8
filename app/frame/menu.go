package frame

import (
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// Menu is the bar of menus, made from a table of commands.
type Menu struct {
	act   func(id string)
	set   func(*fyne.MainMenu)
	items map[string]*fyne.MenuItem // by the id of the command
	shown string                    // all that only a new bar can show, see [signature]
}

// QuitID is the id of the command that ends the program, which a Mac wants to know.
const QuitID = "window.quit"

// NewMenu returns a bar that set puts on the window and whose items ask act for the command with that id.
func NewMenu(set func(*fyne.MainMenu), act func(id string)) *Menu { return &Menu{set: set, act: act} }

// Update shows a table. Fyne makes a bar of menus from its items at once, which
// takes longer than a step of a walk; what can act, it reads when a menu opens.
func (m *Menu) Update(menus []room.Menu) {
	if now := signature(menus); now != m.shown {
		m.shown = now
		m.items = map[string]*fyne.MenuItem{}
		m.set(m.bar(menus))
		return
	}
	for _, one := range menus {
		for c := range room.All(one.Commands) {
			m.items[c.ID].Disabled = c.Off
		}
	}
}

// signature tells two bars apart by what they say and mark.
func signature(menus []room.Menu) string {
	var b strings.Builder
	for _, one := range menus {
		for c := range room.All(one.Commands) {
			for _, said := range []string{one.Title, c.ID, c.Label(), strconv.FormatBool(c.On), strconv.FormatBool(c.Apart)} {
				b.WriteString(said)
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

func (m *Menu) bar(menus []room.Menu) *fyne.MainMenu {
	bar := fyne.NewMainMenu()
	for _, one := range menus {
		bar.Items = append(bar.Items, fyne.NewMenu(one.Title, m.itemsOf(one.Commands)...))
	}
	return bar
}

func (m *Menu) itemsOf(commands []room.Command) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, c := range commands {
		if c.Apart && i > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, m.item(c))
	}
	return items
}

// item is a command with its key. The key stands in the label: Fyne draws the
// shortcuts of a menu too faint to be read, see [unseen].
func (m *Menu) item(c room.Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Label(), nil)
	item.Checked, item.Disabled = c.On, c.Off
	item.IsQuit = c.ID == QuitID // so that Fyne does not add one of its own
	m.items[c.ID] = item
	if len(c.Below) > 0 {
		item.ChildMenu = fyne.NewMenu("", m.itemsOf(c.Below)...)
		return item
	}
	item.Action = func() { m.act(c.ID) }
	if k, ok := c.Held(); ok {
		item.Shortcut = k.Shortcut()
		if runtime.GOOS != "darwin" { // where the menu is the system's, which draws it well
			item.Label += "  (" + k.String() + ")"
			item.Shortcut = unseen(item.Shortcut.ShortcutName())
		}
	}
	return item
}

// unseen is a shortcut that works and is not drawn. A shortcut of the menu is
// the only one that works while a field has the keyboard.
type unseen string

// ShortcutName is what Fyne finds the shortcut by.
func (u unseen) ShortcutName() string { return string(u) }
