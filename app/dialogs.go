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
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// show opens a card over the window that Escape and Enter close; while it is
// open no other key acts.
func (w *window) show(title string, content fyne.CanvasObject, width, height float32) {
	if w.modal != nil {
		w.modal()
	}
	head := page.NewLine(title, look.Heading, look.Ink)
	head.Bold, head.Least = true, 60
	var pop *widget.PopUp
	w.modal = func() {
		w.modal = nil
		w.benches.open = ""
		pop.Hide()
		w.writeState()
	}
	shut := page.NewIconButton("close", "Close (Esc)", func() { w.modal() })
	shut.OnKey = func(k *fyne.KeyEvent) bool { w.typed(k); return true }
	top := container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), container.NewBorder(nil, nil, nil, shut, head))
	card := page.NewCard(container.NewBorder(top, nil, nil, nil, content), look.Gutter)
	pop = widget.NewModalPopUp(container.NewThemeOverride(card, look.Flat()), w.win.Canvas())
	size := w.win.Canvas().Size()
	pop.Resize(fyne.NewSize(min(width, size.Width-32), min(height, size.Height-32)))
	pop.Show()
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
	rows := [][2]string{
		{"Right · Space · Page Down", "Next step"},
		{"Left · Page Up", "One step back"},
		{"Home · End", "To the beginning, to the end"},
		{"P", "Play or pause"},
		{"T", "Tamper: change a request before it is sent"},
		{"W", "Who can see the value that is followed, or the one that matters here"},
		{"C", "Clock: let time pass before the next step"},
		{"Alt+1 · 2 · 3 · 4 · 0", "30 s, 5 min, 1 h, 1 day pass; take that back"},
		{"1 · 2 · 3", "Voice: everyone, executive, developer"},
		{"L", "Next lens"},
		{"Ctrl+J · Ctrl+K", "The workbenches: tokens, PKCE"},
		{"Up · Down · Enter", "In the diagram: mark a step, go to it"},
		{"Tab · Shift+Tab", "From one control to the next"},
		{"Ctrl+O · Ctrl+S · Ctrl+Shift+E", "Open a saved run, save this one, export it"},
		{"D", "Diagram or details, in a narrow window"},
		{"Ctrl+1 … Ctrl+9", "A flow"},
		{"Alt+Page Down, Alt+Page Up", "The next chapter, the one before"},
		{"Ctrl+Plus · Ctrl+Minus · Ctrl+0", "Zoom"},
		{"Esc", "Close, leave a field, stop following a value"},
		{"F1", "This list"},
		{"F11", "Full screen"},
	}
	grid := container.New(layout.NewFormLayout())
	for _, row := range rows {
		key := widget.NewLabel(row[0])
		key.TextStyle.Bold = true
		grid.Add(key)
		grid.Add(widget.NewLabel(row[1]))
	}
	w.show("Keys", container.NewVScroll(grid), 640, grid.MinSize().Height+90)
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
		w.modal()
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
