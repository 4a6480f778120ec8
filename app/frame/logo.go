package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
)

// logo is the program's icon with its name behind it, and leads home.
type logo struct {
	page.Pressable
	icon  *canvas.Image
	name  *page.Line
	named bool // there is room for the name
}

const (
	iconSide float32 = 28
	iconGap  float32 = 10
)

func newLogo(onKey func(*fyne.KeyEvent) bool) *logo {
	l := &logo{icon: canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", assets.IconSVG()))}
	l.icon.FillMode = canvas.ImageFillContain
	l.name = page.NewLine("Grantwalk", look.Heading, look.Ink)
	l.name.Bold = true
	l.Extend(l, nil, nil)
	l.OnKey = onKey
	return l
}

// wide is how much room it takes.
func (l *logo) wide() float32 {
	if l.named {
		return iconSide + iconGap + l.name.MinSize().Width
	}
	return iconSide
}

// HeightFor is part of [page.Part].
func (l *logo) HeightFor(float32) float32 { return iconSide }

// LeastSize is part of [page.Part].
func (l *logo) LeastSize() fyne.Size { return fyne.NewSize(l.wide(), iconSide) }

// Arrange is part of [page.Part].
func (l *logo) Arrange(size fyne.Size) {
	page.Put(l.icon, 0, (size.Height-iconSide)/2, iconSide, iconSide)
	l.Shown = append(l.Shown[:0], l.icon)
	if l.named {
		page.Place(l.name, iconSide+iconGap, 0, l.name.MinSize().Width, size.Height)
		l.Shown = append(l.Shown, l.name)
	}
	l.DrawRing(-4, 0, size.Width+8, size.Height)
}
