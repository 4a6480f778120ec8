package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/tutorials"
)

func TestEveryTermAndEveryMistakeIsShownWithoutMarks(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{Flow: "authorization-code-pkce"})
	for _, voice := range tutorials.Voices() {
		w.setVoice(voice)
		for _, term := range w.words.Terms() {
			w.showTerm(term)
			shown := labelsOver(w)
			if len(shown) == 0 {
				t.Fatalf("%s: the term %s shows nothing", voice, term.ID)
			}
			unmarked(t, term.ID, shown)
		}
		w.showMistakes()
		unmarked(t, "the list of mistakes", labelsOver(w))
	}
}

func unmarked(t *testing.T, what string, shown []string) {
	t.Helper()
	for _, text := range shown {
		if strings.Contains(text, "`") || strings.Contains(text, "**") || strings.Contains(text, "](") {
			t.Errorf("%s shows %q", what, text)
		}
	}
}

// labelsOver are the wrapping texts of the dialog that is open.
func labelsOver(w *window) []string {
	var shown []string
	var visit func(fyne.CanvasObject)
	visit = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			shown = append(shown, o.Text)
		case *fyne.Container:
			for _, child := range o.Objects {
				visit(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				visit(child)
			}
		}
	}
	if over := w.win.Canvas().Overlays().Top(); over != nil {
		visit(over)
	}
	return shown
}
