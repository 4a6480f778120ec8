package connect

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
)

// field is an entry in a column.
type field struct {
	*page.Field

	held *page.Holder
}

// Rows of a field with a long value.
const (
	rowLetters = 70 // that fit into one, about
	mostRows   = 8
)

// showWhole gives a field the rows in which its text is read whole. Enter begins
// one where list is set, and otherwise does what it would in a single row.
func (f *field) showWhole(list bool) {
	rows := 0
	for line := range strings.Lines(f.Text) {
		rows += 1 + len(line)/rowLetters
	}
	if !list && rows < 2 {
		return
	}
	f.MultiLine, f.Wrapping = true, fyne.TextWrapBreak
	f.SetMinRowsVisible(min(max(rows, 1), mostRows))
	if !list {
		f.OnEnter = func() {
			if f.OnSubmitted != nil {
				f.OnSubmitted(f.Text)
			}
		}
	}
}
