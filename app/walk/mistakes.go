package walk

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// mistakes is the list of classic mistakes of the flow that is walked.
type mistakes struct{ room *Room }

// show offers every classic mistake of the flow, by the step that it changes.
func (m mistakes) show() {
	p := m.room.screen.Player()
	if p == nil {
		return
	}
	if p.IsSaved() {
		m.room.fail(player.ErrSaved)
		return
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	step := ""
	for _, one := range p.Flow().Mistakes {
		if one.Step != step {
			step = one.Step
			list.Add(container.New(layout.NewCustomPaddedLayout(14, 6, 0, 0), m.head(step)))
		}
		list.Add(m.offer(one))
	}
	m.room.show(m.room.words.Catalog().Text("player.mistakes"), look.NewScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 14),
		list)), 640, 680)
}

// head names the step that the mistakes below change.
func (m mistakes) head(step string) fyne.CanvasObject {
	words := m.room.screen.Narrator().Step(step).Title
	if i := m.room.screen.Player().Find(step); i >= 0 {
		words = m.room.words.Catalog().Text("player.step.titled", "n", strconv.Itoa(i+1), "title", words)
	}
	head := page.NewLine(words, look.Body, look.Ink)
	head.Bold, head.Least = true, 100
	return head
}

func (m mistakes) offer(one flows.Mistake) fyne.CanvasObject {
	title, tries := m.room.screen.Narrator().Mistake(one.ID)
	b := page.NewButton(title, func() {
		m.room.window.Dismiss()
		m.room.screen.Try(one.ID)
	})
	b.Leading, b.Icon, b.Least, b.OnKey = true, look.IconPencil, 120, m.room.window.Typed
	text := widget.NewLabel(markup.Plain(tries))
	text.Wrapping, text.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), b, container.New(layout.NewCustomPaddedLayout(0, 0, 26, 0), text))
}
