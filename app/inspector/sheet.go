package inspector

import (
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// view is what one tab shows. build is called again whenever the content, or
// what is open in it, changed.
type view interface {
	build(c *Content)
	sheetOf() *sheet
	reset()                // another message begins
	see(top, tall float32) // which part of it can be seen
}

// sheet is what the views have in common: a column of parts on loan, and what a person opened in it.
type sheet struct {
	*stock
	root   *page.Column
	open   string          // key of the row whose details are open
	turned map[string]bool // checks that a person opened or closed, by key
}

func newSheet(k *kit) *sheet {
	s := &sheet{stock: newStock(k), root: page.NewColumn(), turned: map[string]bool{}}
	s.root.Style("", "", look.Gutter, 0)
	return s
}

func (s *sheet) sheetOf() *sheet      { return s }
func (s *sheet) see(_, _ float32)     {}
func (s *sheet) start() *page.Column  { s.takeBack(); return s.root.Clear() }
func (s *sheet) isOpen(k string) bool { return s.open != "" && s.open == k }

// reset closes everything: the keys are another message's.
func (s *sheet) reset() {
	s.open = ""
	clear(s.turned)
}

// addRow adds a row of wire text and, when it is open, its details.
func (s *sheet) addRow(to *page.Column, before float32, l wireLine, note string) {
	open := s.isOpen(l.key)
	r := s.row().set(l, note, open, s.tapRow)
	r.enter = func() { s.enterRow(r) }
	to.AddWide(before, rowPad, r)
	if open {
		to.AddWide(4, rowPad, s.detailsOf(l))
		to.Add(8, s.Column())
	}
}

// tapRow opens a row or closes it. Following its value is a button in the details.
func (s *sheet) tapRow(r *row) {
	if s.isOpen(r.line.key) {
		s.open = ""
	} else {
		s.open = r.line.key
	}
	s.kit.relay()
	if s.details != nil && s.open != "" {
		s.kit.Reveal(s.details.Column)
		s.kit.Reveal(r)
	}
}

// enterRow is Enter on a row: it opens it and follows its value, or closes it and stops.
func (s *sheet) enterRow(r *row) {
	if lit := s.kit.content.Followed == r.line.followed(); r.line.canFollow() && lit == s.isOpen(r.line.key) {
		s.kit.toggle(r.line.followed())
	}
	s.tapRow(r)
}

// addValue adds a row that can be followed and copied but has nothing more to tell.
func (s *sheet) addValue(to *page.Column, before float32, l wireLine) {
	to.AddWide(before, rowPad, s.row().set(l, "", false, func(r *row) { s.kit.toggle(r.line.followed()) }))
}
