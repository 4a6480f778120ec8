package home

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
)

// card is pressed as a whole: a door, or the way back.
type card struct {
	page.Pointable
	first bool // the one for whoever hesitates

	beside  bool          // the picture stands beside the words, not above them
	picture *page.Picture // nil: words alone
	name    *page.Text
	line    *page.Text
	key     *page.Badge

	back, ground *page.Plate
}

const (
	cardPad  float32 = 20
	keyWide  float32 = 26
	mostTall float32 = 170 // of a picture
)

func newCard(kit *page.Kit, key string, tapped func()) *card {
	c := &card{
		name: page.NewText(kit), line: page.NewText(kit), key: page.NewBadge(key, look.Quiet, look.Ink),
		back: page.NewPlate(), ground: page.NewPlate(),
	}
	c.Extend(c, kit, tapped)
	return c
}

func newDoor(kit *page.Kit, number int, d Door, tapped func()) *card {
	c := newCard(kit, strconv.Itoa(number), tapped)
	c.name.Set(page.Plain(d.Title, page.Face{Size: look.Heading, Bold: true}, look.Ink))
	c.line.Set(page.Plain(d.Line, page.Face{Size: look.Body}, look.InkSoft))
	svg, _ := assets.Illustration(d.Scene) // a test sees each of them
	c.picture = page.NewPicture().On(kit.Easel).Set(fyne.NewStaticResource(d.Scene+".svg", svg))
	c.picture.Most = func() float32 { return mostTall }
	return c
}

func newBack(kit *page.Kit, key, title string, tapped func()) *card {
	c := newCard(kit, key, tapped)
	c.name.Set(page.Plain(title, page.Face{Size: look.Body, Bold: true}, look.Ink))
	return c
}

// Label is what the card is for.
func (c *card) Label() string { return c.name.Words() }

// say changes the line below the title.
func (c *card) say(line string) {
	c.line.Set(page.Plain(line, page.Face{Size: look.Body}, look.InkSoft))
}

// HeightFor is part of [page.Part].
func (c *card) HeightFor(width float32) float32 {
	switch {
	case c.picture == nil:
		return 2*14 + c.words(width-2*cardPad-c.keyRoom())
	case c.beside:
		return max(c.pictureBeside(width)*260/640+2*look.Gap, 2*look.Gutter+c.words(width-c.pictureBeside(width)-2*cardPad))
	}
	return c.pictureAbove(width) + 2*cardPad + c.words(width-2*cardPad)
}

// pictureBeside is how wide a picture is that stands beside the words.
func (c *card) pictureBeside(width float32) float32 { return min(width*0.36, 240) }

// pictureAbove is how high the ground of a picture is that stands above the words.
func (c *card) pictureAbove(width float32) float32 {
	return c.picture.HeightFor(width-2*look.Gap) + 2*look.Gap
}

// words is the height of title and line; the key stands at the end of the title.
func (c *card) words(width float32) float32 {
	return c.name.HeightFor(max(1, width-c.keyRoom())) + 4 + c.line.HeightFor(max(1, width))
}

// keyRoom is what the key takes of the title's line.
func (c *card) keyRoom() float32 { return c.keyWidth() + look.Gap }

func (c *card) keyWidth() float32 { return max(keyWide, c.key.MinSize().Width) }

// Arrange is part of [page.Part].
func (c *card) Arrange(size fyne.Size) {
	line, width := look.Edge, float32(1)
	if c.first || c.Hovered {
		line, width = look.Primary, 2
	}
	ground := page.Surface{Ground: look.Card, Line: line, Width: width, Radius: look.Radius}
	c.Shown = append(c.Shown[:0], c.back.Lay(fyne.Position{}, size, ground)...)
	switch {
	case c.picture == nil:
		c.write(cardPad, 14, size.Width-2*cardPad-c.keyRoom()) // the key stands beside both lines
		page.Place(c.key, size.Width-cardPad-c.keyWidth(), (size.Height-24)/2, c.keyWidth(), 24)
	case c.beside:
		wide := c.pictureBeside(size.Width)
		c.paint(wide, size.Height-2*width, width)
		words := size.Width - wide - 2*cardPad
		c.write(wide+cardPad, (size.Height-c.words(words))/2, words)
	default:
		high := c.pictureAbove(size.Width)
		c.paint(size.Width-2*width, high, width)
		c.write(cardPad, high+cardPad, size.Width-2*cardPad)
	}
	c.DrawRing(-3, -3, size.Width+6, size.Height+6)
}

// paint draws the picture on its ground, inside the line around the card.
func (c *card) paint(w, h, line float32) {
	soft := page.Surface{Ground: look.CardSoft, Radius: look.Radius - 1}
	c.Shown = append(c.Shown, c.ground.Lay(fyne.NewPos(line, line), fyne.NewSize(w, h), soft)...)
	const air = look.Gap + 2 // whatever the line is, the picture stays where it is
	page.Place(c.picture, air, air, w+2*line-2*air, h-2*look.Gap)
	c.Shown = append(c.Shown, c.picture)
}

// write draws title, key and line.
func (c *card) write(x, y, width float32) {
	named := max(1, width-c.keyRoom())
	high := c.name.HeightFor(named)
	page.Place(c.name, x, y, named, high)
	page.Place(c.key, x+width-c.keyWidth(), y, c.keyWidth(), min(high, 24))
	page.Place(c.line, x, y+high+4, max(1, width), c.line.HeightFor(max(1, width)))
	c.Shown = append(c.Shown, c.name, c.key, c.line)
}
