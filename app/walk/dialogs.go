package walk

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
)

func (r *Room) show(title string, content fyne.CanvasObject, width, height float32) {
	r.window.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(width, height)})
}

// followLink opens a word of the glossary, a mix-up or a section of a standard beside the walk.
func (r *Room) followLink(link string) {
	switch kind, _, _ := strings.Cut(link, ":"); kind {
	case "glossary", "mix-up", address.LinkSpec:
		r.window.Read(address.OfLink(link))
	}
}
