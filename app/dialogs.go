package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// cards are the dialogs of the window itself.
type cards struct {
	*surface

	version string
	typed   func(*fyne.KeyEvent) bool
	table   func() []room.Command
}

func (c *cards) show(title string, content fyne.CanvasObject, width, height float32) {
	c.dialogs.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(width, height)})
}

// fail says that our program is broken. It is never how a refusal is shown.
func (c *cards) fail(err error) {
	text := widget.NewLabel(err.Error())
	text.Wrapping = fyne.TextWrapWord
	copied := page.NewButton(c.text("frame.copy"), func() { c.Copy(err.Error()) })
	c.show(c.text("frame.broken"), container.NewVBox(text, container.NewHBox(copied)), 560, 240)
}

// keys lists every key, by the menu in which what it does stands.
func (c *cards) keys() {
	grid := container.New(layout.NewFormLayout())
	for _, group := range c.keyGroups() {
		head := widget.NewLabel(group.title)
		head.TextStyle.Bold, head.Importance = true, widget.LowImportance
		grid.Add(head)
		grid.Add(widget.NewLabel(""))
		for _, line := range group.lines {
			key := widget.NewLabel(line.Keys)
			key.TextStyle.Bold = true
			grid.Add(key)
			grid.Add(widget.NewLabel(line.Words))
		}
	}
	c.show(c.text("frame.keys"), look.NewScroll(grid), 720, grid.MinSize().Height+90)
}

// keyGroup are the keys of what stands in one menu, or in none.
type keyGroup struct {
	title string
	lines []room.Line
}

// keyGroups are all keys, each once: under the menu of the first command that
// says the same, what stands in no menu last.
func (c *cards) keyGroups() []keyGroup {
	say, table := c.words.Catalog(), c.table()
	menus, of := menusOf(table)
	var groups []keyGroup
	for _, menu := range append(menus, "") {
		g := keyGroup{title: say.Text("frame.keys-else")}
		if menu != "" {
			g.title = say.Called("command.menu", menu)
		}
		g.lines = slices.DeleteFunc(room.Lines(table), func(l room.Line) bool { return of[l.Words] != menu })
		if len(g.lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// menusOf lists the menus in their order, and in which of them each line of the list of keys stands.
func menusOf(table []room.Command) (menus []string, of map[string]string) {
	of = map[string]string{}
	for i := range table {
		menu := table[i].Menu
		if menu != "" && !slices.Contains(menus, menu) {
			menus = append(menus, menu)
		}
		for c := range room.All(table[i : i+1]) {
			if _, known := of[c.Line()]; !known && len(c.Keys) > 0 {
				of[c.Line()] = menu
			}
		}
	}
	return menus, of
}

func (c *cards) about() {
	text := widget.NewLabel(c.text("frame.about.text", "version", c.version))
	text.Wrapping = fyne.TextWrapWord
	c.show(c.text("frame.about.title"), text, 460, 240)
}

// notice says what could not be done, and why. Nothing is broken.
func (c *cards) notice(title string, err error) {
	text := widget.NewLabel(sentence(err.Error()))
	text.Wrapping = fyne.TextWrapWord
	fine := page.NewButton(c.text("frame.fine"), c.Dismiss)
	fine.Primary = true
	fine.OnKey = c.typed
	content := container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), fine), nil, nil, text)
	c.dialogs.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(520, 220), First: fine})
}

// sentence makes one of the text of an error.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(text)
	if runes[0] >= 'a' && runes[0] <= 'z' {
		runes[0] += 'A' - 'a'
	}
	if last := runes[len(runes)-1]; last != '.' && last != '?' {
		runes = append(runes, '.')
	}
	return string(runes)
}
