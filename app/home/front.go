package home

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// front is the whole page: it collapses to a column where three doors do not fit side by side.
type front struct {
	page.Base
	head  *page.Text
	line  *page.Text
	cards []*card
	back  *card
	again *card // what was missed and comes back today
}

const (
	headSize   float32 = 30
	lineSize   float32 = 16
	mostWide   float32 = 1140
	besideFrom float32 = 720 // of the page, for three doors side by side
	margin     float32 = 32
	snug       float32 = 16 // the margin of a narrow page
)

func newFront(kit *page.Kit, say *catalog.Catalog, doors []Door, through func(Door), back, again func()) *front {
	f := &front{head: page.NewText(kit), line: page.NewText(kit)}
	f.head.Set(page.Plain(say.Text("home.title"), page.Face{Size: headSize, Bold: true}, look.Ink))
	f.line.Set(page.Plain(say.Text("home.line"), page.Face{Size: lineSize}, look.InkSoft))
	for i, d := range doors {
		f.cards = append(f.cards, newDoor(kit, i+1, d, func() { through(d) }))
	}
	f.cards[0].first = true
	f.back = newBack(kit, "Esc", say.Text("home.continue.title"), back)
	f.again = newBack(kit, "A", say.Text("home.again.title"), again)
	page.Show(f.again, false)
	f.Extend(f)
	return f
}

// resume offers to go on at a place; "" offers nothing.
func (f *front) resume(where string) {
	f.back.say(where)
	page.Show(f.back, where != "")
}

// remind offers what is to be done again today; none offers nothing.
func (f *front) remind(due int, say *catalog.Catalog) {
	f.again.say(say.Count("home.again-line", due))
	page.Show(f.again, due > 0)
}

// HeightFor is part of [page.Part].
func (f *front) HeightFor(width float32) float32 { return f.lay(width, 0, nil) }

// Arrange leaves a quarter of what room there is to spare above the page.
func (f *front) Arrange(size fyne.Size) {
	f.Shown = f.Shown[:0]
	spare := max(0, size.Height-f.HeightFor(size.Width))
	f.lay(size.Width, spare/4, func(p page.Part, x, y, w, h float32) {
		page.Place(p, x, y, w, h)
		f.Shown = append(f.Shown, p)
	})
}

// lay goes through the page from a height on and returns where it ends; put is told where each part belongs.
func (f *front) lay(width, y float32, put func(p page.Part, x, y, w, h float32)) float32 {
	if put == nil {
		put = func(page.Part, float32, float32, float32, float32) {}
	}
	edge := margin
	if width < besideFrom {
		edge = snug
	}
	inner := max(1, min(width-2*edge, mostWide))
	x := (width - inner) / 2
	down := func(p page.Part, before float32) {
		y += before
		h := p.HeightFor(inner)
		put(p, x, y, inner, h)
		y += h
	}
	down(f.head, edge)
	down(f.line, look.Gap/2)
	y += 24
	y = f.layDoors(x, y, inner, width >= besideFrom, put)
	before := float32(20)
	for _, c := range []*card{f.back, f.again} {
		if c.Visible() {
			down(c, before)
			before = 12
		}
	}
	return y + edge
}

// layDoors lays three equal doors and returns where they end.
func (f *front) layDoors(x, y, inner float32, beside bool, put func(p page.Part, x, y, w, h float32)) float32 {
	wide := inner
	if beside {
		wide = (inner - 2*doorGap) / 3
	}
	high := float32(0)
	for _, c := range f.cards {
		c.beside = !beside
		high = max(high, c.HeightFor(wide))
	}
	for i, c := range f.cards {
		if beside {
			put(c, x+float32(i)*(wide+doorGap), y, wide, high)
			continue
		}
		put(c, x, y, wide, high)
		y += high + doorGap
	}
	if beside {
		return y + high
	}
	return y - doorGap
}

const doorGap float32 = 20
