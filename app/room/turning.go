package room

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
)

// Turning is the commands of a page that is longer than its room: the keys by
// which it scrolls, which share a line of the list. Without keys they are those
// that turn a page; a room that has a use for some of them names the others.
func Turning(id, words string, s *page.Scroll, keys ...fyne.KeyName) []Command {
	if len(keys) == 0 {
		keys = []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd}
	}
	table := make([]Command, 0, len(keys))
	for _, k := range keys {
		table = append(table, Command{
			ID: id + "-" + string(k), Words: words, Keys: Keys(k), Do: func() { s.Shift(&fyne.KeyEvent{Name: k}) },
		})
	}
	return table
}
