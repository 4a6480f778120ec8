package workbench

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// factName is how wide a name is.
const factName float32 = 112

// fact is a name, its value, broken to the room there is, and what it means.
func (d *Desk) fact(name, value, meaning string) fyne.CanvasObject {
	head := page.NewLine(name, look.Mono, look.WireName)
	head.Mono, head.Least = true, 40
	right := []fyne.CanvasObject{mono(wrapped(value, columnsIn(d.Width()-factName-40)))}
	if meaning != "" {
		right = append(right, prose(meaning, true))
	}
	left := container.NewVBox(container.NewGridWrap(fyne.NewSize(factName, 33), head))
	return container.NewBorder(nil, nil, container.NewHBox(container.NewGridWrap(fyne.NewSize(8, 1)), left), nil, container.New(tightLayout{}, right...))
}

// tightLayout stacks labels without the room that each keeps above and below.
type tightLayout struct{}

const tight float32 = 12

// MinSize is that of all of them.
func (tightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		least := o.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height
		if i > 0 {
			size.Height -= tight
		}
	}
	return size
}

// Layout places them.
func (tightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		o.Move(fyne.NewPos(0, y))
		y += o.MinSize().Height - tight
	}
}
