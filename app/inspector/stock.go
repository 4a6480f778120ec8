package inspector

import "github.com/grantwalk/grantwalk/app/page"

// stock lends out the parts of a message too.
type stock struct {
	*page.Stock
	kit     *kit
	rows    page.Shelf[*row]
	checks  page.Shelf[*checkRow]
	lives   page.Shelf[*lifeRow]
	details *details
}

func newStock(k *kit) *stock { return &stock{Stock: page.NewStock(k.Kit), kit: k} }

// takeBack makes every part free again.
func (s *stock) takeBack() {
	s.TakeBack()
	s.rows.TakeBack()
	s.checks.TakeBack()
	s.lives.TakeBack()
}

func (s *stock) row() *row { return s.rows.Take(func() *row { return newRow(s.kit) }) }

func (s *stock) checkRow() *checkRow {
	return s.checks.Take(func() *checkRow { return newCheckRow(s.kit) })
}

// detailsOf lends the one panel of details.
func (s *stock) detailsOf(l wireLine) *page.Column {
	if s.details == nil {
		s.details = newDetails(s.kit)
	}
	return s.details.set(l).Column
}
