package page

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

const badgeTall float32 = 30

// ArtefactBadge is the sign and name of a token in its own colour, and a few words beside it.
type ArtefactBadge struct {
	Base
	kit            *Kit
	artefact, name string
	also           string // the standards' name, or ""
	says           string
	Over           bool // it is good no more: grey and struck through

	back *canvas.Rectangle
	sign *canvas.Image
	text *canvas.Text
	std  *canvas.Text
	soft *canvas.Text
	line *canvas.Line
	ink  color.Color // what the sign was last drawn in
}

// NewArtefactBadge returns a badge of nothing yet.
func NewArtefactBadge(k *Kit) *ArtefactBadge {
	b := &ArtefactBadge{
		kit: k, back: &canvas.Rectangle{CornerRadius: look.Round}, sign: &canvas.Image{FillMode: canvas.ImageFillContain},
		text: &canvas.Text{}, std: &canvas.Text{}, soft: &canvas.Text{}, line: &canvas.Line{},
	}
	b.Extend(b)
	return b
}

// Set says whose badge it is; also is the standards' name, or "".
func (b *ArtefactBadge) Set(artefact, name, also, says string) {
	if b.artefact != artefact || b.sign.Resource == nil {
		b.sign.Resource = look.IconIn(artefact, look.Artefact(artefact).Ink)
		b.ink = nil
	}
	b.artefact, b.name, b.also, b.says = artefact, name, also, says
}

// HeightFor is part of [Part].
func (b *ArtefactBadge) HeightFor(float32) float32 { return badgeTall }

// Arrange is part of [Part].
func (b *ArtefactBadge) Arrange(size fyne.Size) {
	tone := look.Artefact(b.artefact)
	if b.Over {
		tone = look.Tone{Ink: look.InkSoft, Ground: look.CardSoft, Line: look.Edge}
	}
	f := Face{Size: look.Body, Bold: true}
	w := b.kit.Ruler.Width(f, b.name)
	Fill(b.back, tone.Ground, tone.Line, 1)
	Put(b.back, 0, 0, w+46, badgeTall)
	Put(b.sign, 10, 6, 18, 18)
	if ink := theme.Color(tone.Ink); b.ink != ink { // a picture does not follow the theme by itself
		b.ink = ink
		b.sign.Resource, b.sign.Image = look.IconIn(b.artefact, tone.Ink), nil
		b.sign.Refresh()
	}
	Write(b.text, b.name, &Span{Ink: tone.Ink, Face: f})
	Put(b.text, 34, 0, w, badgeTall)
	b.Shown = append(b.Shown[:0], b.back, b.sign, b.text)
	if b.Over {
		b.line.StrokeColor, b.line.StrokeWidth = theme.Color(tone.Ink), 1.4
		b.line.Position1, b.line.Position2 = fyne.NewPos(33, badgeTall/2+1), fyne.NewPos(35+w, badgeTall/2+1)
		b.line.Refresh()
		b.Shown = append(b.Shown, b.line)
	}
	b.addSoft(size.Width, w+56)
}

// addSoft writes what stands beside the badge, as far as there is room.
func (b *ArtefactBadge) addSoft(width, x float32) {
	f := Face{Size: look.Small}
	also, says := b.also, b.says
	if also != "" {
		also, says = "· "+also, "· "+says
	}
	for _, t := range []struct {
		on   *canvas.Text
		text string
	}{{b.std, also}, {b.soft, says}} {
		w := b.kit.Ruler.Width(f, t.text)
		if t.text == "" || x+w > width {
			continue
		}
		Write(t.on, t.text, &Span{Ink: look.InkSoft, Face: f})
		Put(t.on, x, 0, w, badgeTall)
		b.Shown = append(b.Shown, t.on)
		x += w + 4
	}
}
