package inspector

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

const lifeTall float32 = 26 // of the line with its name

// lifeRow is one thing that expires: its sign and name, and what is left. What
// has expired or was used up is grey and struck through, and says so.
type lifeRow struct {
	page.Base
	kit  *kit
	life Life

	sign   *canvas.Image
	name   *canvas.Text
	says   *canvas.Text
	held   *page.Text
	strike *canvas.Line
	mark   *page.Glyph
	drawn  string      // what the sign was last drawn as
	tint   color.Color // and in which colour
}

func newLifeRow(k *kit) *lifeRow {
	r := &lifeRow{
		kit: k, sign: &canvas.Image{FillMode: canvas.ImageFillContain}, name: &canvas.Text{}, says: &canvas.Text{},
		held: page.NewText(k.Kit), strike: &canvas.Line{}, mark: page.NewGlyph("", ""),
	}
	r.Extend(r)
	return r
}

func (r *lifeRow) set(l Life) *lifeRow {
	r.life = l
	r.held.Set(page.Plain(l.Held, page.Face{Size: look.Small}, look.InkSoft))
	return r
}

func (r *lifeRow) HeightFor(width float32) float32 {
	if r.life.Held == "" {
		return lifeTall
	}
	return lifeTall - 4 + r.held.HeightFor(width-24)
}

func (r *lifeRow) Arrange(size fyne.Size) {
	ink := look.Artefact(r.life.Artefact).Ink
	says, mark := look.Ink, "clock"
	gone := r.life.Over || r.life.Used
	switch {
	case r.life.Used:
		ink, says, mark = look.InkSoft, look.InkSoft, "pass"
	case r.life.Over:
		ink, says, mark = look.InkSoft, look.Fail, "fail"
	}
	if want := r.life.Artefact + string(ink); r.drawn != want || r.tint != theme.Color(ink) {
		r.drawn, r.tint = want, theme.Color(ink)
		r.sign.Resource, r.sign.Image = look.IconIn(r.life.Artefact, ink), nil // a picture does not follow the theme by itself
		r.sign.Refresh()
	}
	page.Put(r.sign, 0, (lifeTall-16)/2, 16, 16)
	bold, small := page.Face{Size: look.Small, Bold: true}, page.Face{Size: look.Small}
	w := r.kit.Ruler.Width(bold, r.life.Name)
	page.Write(r.name, r.life.Name, &page.Span{Ink: ink, Face: bold})
	page.Put(r.name, 24, 0, w, lifeTall)
	r.Shown = append(r.Shown[:0], r.sign, r.name)
	if gone {
		r.strike.StrokeColor, r.strike.StrokeWidth = theme.Color(ink), 1.2
		r.strike.Position1, r.strike.Position2 = fyne.NewPos(23, lifeTall/2+1), fyne.NewPos(25+w, lifeTall/2+1)
		r.strike.Refresh()
		r.Shown = append(r.Shown, r.strike)
	}
	if r.life.Held != "" {
		page.Place(r.held, 24, lifeTall-4, size.Width-24, r.held.HeightFor(size.Width-24))
		r.Shown = append(r.Shown, r.held)
	}
	if r.life.Says == "" {
		return
	}
	wide := r.kit.Ruler.Width(small, r.life.Says)
	x := max(24+w+30, size.Width-wide)
	page.Write(r.says, r.life.Says, &page.Span{Ink: says, Face: small})
	page.Put(r.says, x, 0, wide, lifeTall)
	r.mark.Set(mark, says)
	page.Place(r.mark, x-20, (lifeTall-14)/2, 14, 14)
	r.Shown = append(r.Shown, r.mark, r.says)
}

// lifeList is a card of all that expires, or nil where nothing does.
func (s *sheet) lifeList(lives []Life) *page.Column {
	if len(lives) == 0 {
		return nil
	}
	card := s.Card(look.CardSoft, look.Line, 12)
	card.Add(0, s.Heading(s.kit.say.Text("inspector.words.lives")))
	for i, l := range lives {
		card.Add(gapIf(i == 0, 4), s.lives.Take(func() *lifeRow { return newLifeRow(s.kit) }).set(l))
	}
	return card
}
