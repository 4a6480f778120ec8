package app

import (
	"errors"
	"fmt"
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
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

func (w *window) show(title string, content fyne.CanvasObject, width, height float32) {
	w.dialogs.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(width, height)})
}

// fail says that our program is broken. It is never how a refusal is shown.
func (w *window) fail(err error) {
	if errors.Is(err, player.ErrSaved) {
		w.notice("A saved run stays as it is", err)
		return
	}
	text := widget.NewLabel(err.Error())
	text.Wrapping = fyne.TextWrapWord
	copied := page.NewButton("Copy", func() { w.copy(err.Error(), "the fault") })
	w.show("Something went wrong in Grantwalk", container.NewVBox(text, container.NewHBox(copied)), 560, 240)
}

// showKeys lists every key.
func (w *window) showKeys() {
	grid := container.New(layout.NewFormLayout())
	for _, line := range room.Lines(w.table()) {
		key := widget.NewLabel(line.Keys)
		key.TextStyle.Bold = true
		grid.Add(key)
		grid.Add(widget.NewLabel(line.Words))
	}
	w.show("Keys", container.NewVScroll(grid), 720, grid.MinSize().Height+90)
}

// showTerm explains a word.
func (w *window) showTerm(t tutorials.Term) {
	n := w.screen.Narrator()
	parts := []string{t.Plain}
	if n.Voice == tutorials.Developer {
		parts = []string{t.Exact}
	}
	if likeness := t.Likeness[n.Lens]; likeness != "" {
		parts = append(parts, "Think of it like this: "+likeness)
	}
	if t.Spec != "" {
		parts = append(parts, t.Spec)
	}
	text := widget.NewLabel(markup.Plain(strings.Join(parts, "\n\n")))
	text.Wrapping = fyne.TextWrapWord
	w.show(t.Title, container.NewVScroll(text), 480, 280)
}

// showMistakes offers every classic mistake of the flow, by the step that it changes.
func (w *window) showMistakes() {
	p := w.screen.Player()
	if p == nil {
		return
	}
	if p.IsSaved() {
		w.fail(player.ErrSaved)
		return
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	step := ""
	for _, m := range p.Flow().Mistakes {
		if m.Step != step {
			step = m.Step
			list.Add(container.New(layout.NewCustomPaddedLayout(14, 6, 0, 0), w.mistakeHead(step)))
		}
		list.Add(w.mistake(m))
	}
	w.show("Try a classic mistake", container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 14), list)), 640, 680)
}

// mistakeHead names the step that the mistakes below change.
func (w *window) mistakeHead(step string) fyne.CanvasObject {
	words := w.screen.Narrator().Step(step).Title
	if i := w.screen.Player().Find(step); i >= 0 {
		words = fmt.Sprintf("Step %d · %s", i+1, words)
	}
	head := page.NewLine(words, look.Body, look.Ink)
	head.Bold, head.Least = true, 100
	return head
}

func (w *window) mistake(m flows.Mistake) fyne.CanvasObject {
	title, tries := w.screen.Narrator().Mistake(m.ID)
	b := page.NewButton(title, func() {
		w.dialogs.Dismiss()
		w.screen.Try(m.ID)
	})
	b.Leading, b.Icon, b.Least = true, look.IconPencil, 120
	text := widget.NewLabel(markup.Plain(tries))
	text.Wrapping, text.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), b, container.New(layout.NewCustomPaddedLayout(0, 0, 26, 0), text))
}

func (w *window) showAbout() {
	text := widget.NewLabel("Grantwalk " + w.options.Version + "\n\nShows how “Log in with …” really works: real parties, real messages, " +
		"every rule by name and section.\n\nMIT licence. Nothing leaves this machine.")
	text.Wrapping = fyne.TextWrapWord
	w.show("About", text, 460, 240)
}
