package room

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is a key with what is held down with it. One that has nothing held down
// arrives only where no field has use for it; the others always do.
type Key struct {
	Name fyne.KeyName
	Mod  fyne.KeyModifier
}

// Modifiers that commands use. On a Mac Ctrl is the Command key.
const (
	Ctrl  = fyne.KeyModifierShortcutDefault
	Alt   = fyne.KeyModifierAlt
	Shift = fyne.KeyModifierShift
)

// Keys are keys with nothing held down.
func Keys(names ...fyne.KeyName) []Key {
	var keys []Key
	for _, n := range names {
		keys = append(keys, Key{Name: n})
	}
	return keys
}

// And adds a key with something held down.
func And(mod fyne.KeyModifier, name fyne.KeyName, to ...Key) []Key {
	return append(to, Key{Name: name, Mod: mod})
}

// Shortcut is the key as Fyne's menus know it.
func (k Key) Shortcut() *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Mod}
}

// String is what stands on the keys: "Ctrl+Page Down".
func (k Key) String() string { return k.held() + k.name() }

func (k Key) held() string {
	words := ""
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{Ctrl, "Ctrl+"}, {Alt, "Alt+"}, {Shift, "Shift+"}} {
		if k.Mod&m.mod != 0 {
			words += m.name
		}
	}
	return words
}

func (k Key) name() string {
	switch k.Name {
	case fyne.KeyEqual:
		return "Plus"
	case fyne.KeyMinus:
		return "Minus"
	case fyne.KeyPageDown:
		return "Page Down"
	case fyne.KeyPageUp:
		return "Page Up"
	case fyne.KeyEscape:
		return "Esc"
	case fyne.KeyReturn:
		return "Enter"
	}
	return string(k.Name)
}

// Line is one of the list of keys.
type Line struct {
	Keys  string // "Right · Space · Page Down"
	Words string
}

// Lines is the list of keys of a table: a line for each command that has one, in
// the order of the table, and one line for all that say the same. What a key
// alone does comes first.
func Lines(table []Command) []Line {
	var order []string
	keys := map[string][]Key{}
	for c := range All(table) {
		if len(c.Keys) == 0 {
			continue
		}
		if _, known := keys[c.Line()]; !known {
			order = append(order, c.Line())
		}
		for _, k := range c.Keys {
			if !slices.Contains(keys[c.Line()], k) { // Escape closes more than one thing
				keys[c.Line()] = append(keys[c.Line()], k)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return chords(keys[a]) - chords(keys[b]) })
	lines := make([]Line, 0, len(order))
	for _, words := range order {
		lines = append(lines, Line{Keys: named(keys[words]), Words: words})
	}
	return lines
}

// chords is 0 where a key alone is among the keys, and 1 where something must be held down.
func chords(keys []Key) int {
	if slices.ContainsFunc(keys, func(k Key) bool { return k.Mod == 0 }) {
		return 0
	}
	return 1
}

// named names keys, those with nothing held down first. Digits that follow one
// another are told by the first and the last.
func named(keys []Key) string {
	slices.SortStableFunc(keys, func(a, b Key) int { return min(1, int(a.Mod)) - min(1, int(b.Mod)) })
	var words []string
	for i := 0; i < len(keys); i++ {
		words = append(words, keys[i].String())
		if n := following(keys[i:]); n > 2 {
			i += n - 1
			words[len(words)-1] += " … " + keys[i].String()
		}
	}
	return strings.Join(words, " · ")
}

// following is how many keys at the beginning are digits that count up.
func following(keys []Key) int {
	first, err := strconv.Atoi(string(keys[0].Name))
	if err != nil {
		return 1
	}
	n := 1
	for n < len(keys) && keys[n].Mod == keys[0].Mod && string(keys[n].Name) == strconv.Itoa(first+n) {
		n++
	}
	return n
}
