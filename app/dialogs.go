package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

func (w *window) show(title string, content fyne.CanvasObject, width, height float32) {
	w.dialogs.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(width, height)})
}

// Fail says that our program is broken. It is never how a refusal is shown.
func (w *window) Fail(err error) {
	text := widget.NewLabel(err.Error())
	text.Wrapping = fyne.TextWrapWord
	copied := page.NewButton(w.words.Catalog().Text("frame.copy"), func() { w.Copy(err.Error()) })
	w.show(w.words.Catalog().Text("frame.broken"), container.NewVBox(text, container.NewHBox(copied)), 560, 240)
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
	w.show(w.words.Catalog().Text("frame.keys"), container.NewVScroll(grid), 720, grid.MinSize().Height+90)
}

func (w *window) showAbout() {
	text := widget.NewLabel(w.words.Catalog().Text("frame.about.text", "version", w.options.Version))
	text.Wrapping = fyne.TextWrapWord
	w.show(w.words.Catalog().Text("frame.about.title"), text, 460, 240)
}

// Notice says what could not be done, and why. Nothing is broken.
func (w *window) Notice(title string, err error) {
	text := widget.NewLabel(sentence(err.Error()))
	text.Wrapping = fyne.TextWrapWord
	fine := page.NewButton(w.words.Catalog().Text("frame.fine"), w.dialogs.Dismiss)
	fine.Primary = true
	fine.OnKey = w.Typed
	content := container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), fine), nil, nil, text)
	w.dialogs.Show(room.Dialog{Title: title, Content: content, Size: fyne.NewSize(520, 220), First: fine})
}

// sentence makes one of the text of an error.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(text)
	if runes[0] >= 'a' && runes[0] <= 'z' {
		runes[0] += 'A' - 'a'
	}
	if last := runes[len(runes)-1]; last != '.' && last != '?' {
		runes = append(runes, '.')
	}
	return string(runes)
}
