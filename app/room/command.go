package room

import (
	"iter"
	"slices"

	"fyne.io/fyne/v2"
)

// Command is one thing that can be asked for: one row of the one table from
// which menu, keys, the list of keys and the README's table are made. A table is
// made anew each time that somebody asks, so that it holds what is true now.
type Command struct {
	ID    string // "walk.next": never shown, and the same for ever
	Menu  string // that it stands in; "" for what has a key alone
	Words string
	Told  string // what the list of keys says, if not Words; commands that say the same share a line
	Keys  []Key
	Also  []Key     // act too and are not told: other keys that carry the same letter
	Apart bool      // a line stands before it in the menu
	Opens bool      // a dialog, in the place of one that is open
	On    bool      // marked in the menu
	Off   bool      // it can't act now
	Do    func()    // nil where a widget deals with the keys itself, and the list of keys only tells of them
	Below []Command // stand in a menu of their own below this one, which then does nothing by itself
}

// Label is what the menu calls it. What opens a dialog does nothing at once, and
// its three dots say so.
func (c Command) Label() string {
	if c.Opens {
		return c.Words + " …"
	}
	return c.Words
}

// Line is what the list of keys calls it.
func (c Command) Line() string {
	if c.Told != "" {
		return c.Told
	}
	return c.Words
}

// Held is the key of a command with something held down: from a menu it works
// while a field has the keyboard, too.
func (c Command) Held() (Key, bool) {
	for _, k := range c.Keys {
		if k.Mod != 0 {
			return k, true
		}
	}
	return Key{}, false
}

// All goes through a table in its order, what stands below a command included.
func All(table []Command) iter.Seq[Command] {
	return func(yield func(Command) bool) { each(table, yield) }
}

func each(table []Command, yield func(Command) bool) bool {
	for i := range table {
		if !yield(table[i]) || !each(table[i].Below, yield) {
			return false
		}
	}
	return true
}

// Find returns the command with that id.
func Find(table []Command, id string) (Command, bool) {
	for c := range All(table) {
		if c.ID == id {
			return c, true
		}
	}
	return Command{}, false
}

// Press has the first command act that has a key and can act. It reports whether
// there is one: whoever got the key may then have use for it.
func Press(table []Command, k Key) bool {
	for c := range All(table) {
		if c.Do != nil && !c.Off && (slices.Contains(c.Keys, k) || slices.Contains(c.Also, k)) {
			c.Do()
			return true
		}
	}
	return false
}

// Typed is [Press] for a key alone, as it arrives where no field has use for it.
func Typed(table []Command, k *fyne.KeyEvent) bool { return Press(table, Key{Name: k.Name}) }

// Menu is one of the bar, with what stands in it.
type Menu struct {
	Title    string
	Commands []Command
}

// Menus lays commands out: the menus in the order in which those of the room
// name them, then the others; in each of them first what the window offers
// before a room, then what the room offers, then the rest of the window's.
func Menus(before, ofRoom, after []Command) []Menu {
	var menus []Menu
	at := map[string]int{"": -1}
	for _, part := range [][]Command{ofRoom, before, after} {
		for i := range part {
			if _, known := at[part[i].Menu]; !known {
				at[part[i].Menu] = len(menus)
				menus = append(menus, Menu{Title: part[i].Menu})
			}
		}
	}
	for _, part := range [][]Command{before, ofRoom, after} {
		for i := range part {
			if m := at[part[i].Menu]; m >= 0 {
				menus[m].Commands = append(menus[m].Commands, part[i])
			}
		}
	}
	return menus
}

// Menus that several rooms, or a room and the window, have something for.
const (
	MenuRun   = "Run"
	MenuView  = "View"
	MenuGo    = "Go"
	MenuTools = "Tools"
	MenuHelp  = "Help"
)
