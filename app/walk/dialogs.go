package walk

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
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

// showMistakes offers every classic mistake of the flow, by the step that it changes.
func (r *Room) showMistakes() {
	p := r.screen.Player()
	if p == nil {
		return
	}
	if p.IsSaved() {
		r.fail(player.ErrSaved)
		return
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	step := ""
	for _, m := range p.Flow().Mistakes {
		if m.Step != step {
			step = m.Step
			list.Add(container.New(layout.NewCustomPaddedLayout(14, 6, 0, 0), r.mistakeHead(step)))
		}
		list.Add(r.mistake(m))
	}
	r.show(r.words.Catalog().Text("player.mistakes"), look.NewScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 14),
		list)), 640, 680)
}

// mistakeHead names the step that the mistakes below change.
func (r *Room) mistakeHead(step string) fyne.CanvasObject {
	words := r.screen.Narrator().Step(step).Title
	if i := r.screen.Player().Find(step); i >= 0 {
		words = r.words.Catalog().Text("player.step.titled", "n", strconv.Itoa(i+1), "title", words)
	}
	head := page.NewLine(words, look.Body, look.Ink)
	head.Bold, head.Least = true, 100
	return head
}

func (r *Room) mistake(m flows.Mistake) fyne.CanvasObject {
	title, tries := r.screen.Narrator().Mistake(m.ID)
	b := page.NewButton(title, func() {
		r.window.Dismiss()
		r.screen.Try(m.ID)
	})
	b.Leading, b.Icon, b.Least, b.OnKey = true, look.IconPencil, 120, r.window.Typed
	text := widget.NewLabel(markup.Plain(tries))
	text.Wrapping, text.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), b, container.New(layout.NewCustomPaddedLayout(0, 0, 26, 0), text))
}
