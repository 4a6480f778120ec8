package inspector

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

const badgeTall float32 = 30

// badge is the sign and name of a token in its own colour, and a few words beside it.
type badge struct {
	part
	kit            *kit
	artefact, name string
	also           string // the standards' name, or ""
	says           string
	over           bool // it is good no more: grey and struck through

	back *canvas.Rectangle
	sign *canvas.Image
	text *canvas.Text
	std  *canvas.Text
	soft *canvas.Text
	line *canvas.Line
	ink  color.Color // what the sign was last drawn in
}

func newBadge(k *kit) *badge {
	b := &badge{kit: k, back: &canvas.Rectangle{CornerRadius: look.Round}, sign: &canvas.Image{FillMode: canvas.ImageFillContain}, text: &canvas.Text{}, std: &canvas.Text{}, soft: &canvas.Text{}, line: &canvas.Line{}}
	b.extend(b)
	return b
}

func (b *badge) set(artefact, name, also, says string) {
	if b.artefact != artefact || b.sign.Resource == nil {
		b.sign.Resource = look.IconIn(artefact, look.Artefact(artefact).Ink)
		b.ink = nil
	}
	b.artefact, b.name, b.also, b.says = artefact, name, also, says
}

func (b *badge) heightFor(float32) float32 { return badgeTall }

func (b *badge) arrange(size fyne.Size) {
	tone := look.Artefact(b.artefact)
	if b.over {
		tone = look.Tone{Ink: look.InkSoft, Ground: look.CardSoft, Line: look.Edge}
	}
	f := face{size: look.Body, bold: true}
	w := b.kit.ruler.width(f, b.name)
	fill(b.back, tone.Ground, tone.Line, 1)
	at(b.back, 0, 0, w+46, badgeTall)
	at(b.sign, 10, 6, 18, 18)
	if ink := theme.Color(tone.Ink); b.ink != ink { // a picture does not follow the theme by itself
		b.ink = ink
		b.sign.Resource, b.sign.Image = look.IconIn(b.artefact, tone.Ink), nil
		b.sign.Refresh()
	}
	setCanvasText(b.text, b.name, &run{ink: tone.Ink, face: f})
	at(b.text, 34, 0, w, badgeTall)
	b.all = append(b.all[:0], b.back, b.sign, b.text)
	if b.over {
		b.line.StrokeColor, b.line.StrokeWidth = theme.Color(tone.Ink), 1.4
		b.line.Position1, b.line.Position2 = fyne.NewPos(33, badgeTall/2+1), fyne.NewPos(35+w, badgeTall/2+1)
		b.line.Refresh()
		b.all = append(b.all, b.line)
	}
	b.addSoft(size.Width, w+56)
}

// addSoft writes what stands beside the badge, as far as there is room.
func (b *badge) addSoft(width, x float32) {
	f := face{size: look.Small}
	also, says := b.also, b.says
	if also != "" {
		also, says = "· "+also, "· "+says
	}
	for _, t := range []struct {
		on   *canvas.Text
		text string
	}{{b.std, also}, {b.soft, says}} {
		w := b.kit.ruler.width(f, t.text)
		if t.text == "" || x+w > width {
			continue
		}
		setCanvasText(t.on, t.text, &run{ink: look.InkSoft, face: f})
		at(t.on, x, 0, w, badgeTall)
		b.all = append(b.all, t.on)
		x += w + 4
	}
}
