package walk

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/tutorials"
)

func TestEveryMistakeIsShownWithoutMarks(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce"})
	for _, voice := range tutorials.Voices() {
		s.as(voice, tutorials.ProtocolLens)
		s.showMistakes()
		unmarked(t, "the list of mistakes", labelsOver(s))
	}
}

func TestAWordOfTheGlossaryIsReadBesideTheWalk(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce"})
	s.followLink("glossary:authorization-code")
	if s.read != "glossary/authorization-code" || s.dialogs.IsOpen() {
		t.Errorf("the link reads %q, and a dialog lies over the walk: %t", s.read, s.dialogs.IsOpen())
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
func labelsOver(s *stand) []string {
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
	if over := s.win.Canvas().Overlays().Top(); over != nil {
		visit(over)
	}
	return shown
}
