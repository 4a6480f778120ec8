//go:build !race

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
		mistakes{s.Room}.show()
		unmarked(t, "the list of mistakes", labelsOver(s))
	}
}

func TestAWordOfTheGlossaryAndASectionAreReadBesideTheWalk(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce"})
	for link, want := range map[string]string{
		"glossary:authorization-code":     "glossary/authorization-code",
		"mix-up:why-a-code-first":         "mix-up/why-a-code-first",
		"spec:RFC 7636 §4.6":              "standards/rfc7636/4.6",
		"spec:RFC 6749 Appendix A.5":      "standards/rfc6749/A.5",
		"spec:OpenID Connect Core 1.0 §2": "standards/openid-connect-core-1.0/2",
	} {
		s.followLink(link)
		if s.read != want || s.dialogs.IsOpen() {
			t.Errorf("the link %s reads %q, and a dialog lies over the walk: %t", link, s.read, s.dialogs.IsOpen())
		}
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
