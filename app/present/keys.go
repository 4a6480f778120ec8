package present

import "fyne.io/fyne/v2"

// action is what a key of a presenter does.
type action int

const (
	nothing action = iota
	forward
	back
	first
	last
	blacken
	whiten
	listAll
	askWhere
	openToken
	letPass
	magnify
	reduce
	spotlight
	showNotes
	begin
	takeBack
	leave
)

// binding is a row of the table of keys.
type binding struct {
	keys   []fyne.KeyName
	action action
	told   string // id of what the list of keys says of it
}

// bindings are the keys as presenters know them from elsewhere, and those that
// remotes send: Page Down and Page Up, the full stop, B, F5 and Esc.
func bindings() []binding {
	return []binding{
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeySpace, fyne.KeyPageDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter}, forward, "forward"},
		{[]fyne.KeyName{fyne.KeyLeft, fyne.KeyPageUp, fyne.KeyUp}, back, "back"},
		{[]fyne.KeyName{fyne.KeyHome}, first, "first"},
		{[]fyne.KeyName{fyne.KeyEnd}, last, "last"},
		{[]fyne.KeyName{fyne.KeyB, fyne.KeyPeriod}, blacken, "black"},
		{[]fyne.KeyName{fyne.KeyW, fyne.KeyComma}, whiten, "white"},
		{[]fyne.KeyName{fyne.KeyO}, listAll, "overview"},
		{[]fyne.KeyName{fyne.KeyG}, askWhere, "go-to"},
		{[]fyne.KeyName{fyne.KeyT}, openToken, "token"},
		{[]fyne.KeyName{fyne.KeyC}, letPass, "pass"},
		{[]fyne.KeyName{fyne.KeyPlus, fyne.KeyEqual}, magnify, "magnify"},
		{[]fyne.KeyName{fyne.KeyMinus}, reduce, "reduce"},
		{[]fyne.KeyName{fyne.KeyL}, spotlight, "spotlight"},
		{[]fyne.KeyName{fyne.KeyN}, showNotes, "notes"},
		{[]fyne.KeyName{fyne.KeyF5}, begin, "begin"},
		{[]fyne.KeyName{fyne.KeyBackspace}, takeBack, "take-back"},
		{[]fyne.KeyName{fyne.KeyEscape}, leave, "leave"},
	}
}

// actionOf is what a key does.
func actionOf(k fyne.KeyName) action {
	for _, b := range bindings() {
		for _, name := range b.keys {
			if name == k {
				return b.action
			}
		}
	}
	return nothing
}
