package look_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// The theme is the window's everywhere but at the edges: a text under a theme of
// its own would have Fyne read all fonts again.
func TestOnlyTheEdgesHaveAThemeOfTheirOwn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	tall := canvas.NewRectangle(color.Black)
	tall.SetMinSize(fyne.NewSize(10, 900))
	for name, o := range map[string]fyne.Widget{
		"a scroll": look.NewScroll(tall),
		"a split":  look.NewSplit(tall, canvas.NewRectangle(color.White)),
	} {
		w := test.NewTempWindow(t, o)
		w.Resize(fyne.NewSize(200, 200))
		if theme.CurrentForWidget(tall) != fyne.CurrentApp().Settings().Theme() {
			t.Errorf("%s: its content has a theme of its own", name)
		}
		calmed := 0
		for _, edge := range test.WidgetRenderer(o).Objects() {
			if theme.CurrentForWidget(edge) != fyne.CurrentApp().Settings().Theme() {
				calmed++
				if _, _, _, a := theme.ColorForWidget(theme.ColorNameShadow, asWidget(edge)).RGBA(); a != 0 {
					t.Errorf("%s: an edge has a shadow", name)
				}
			}
		}
		if calmed == 0 {
			t.Errorf("%s has no edge without a shadow", name)
		}
	}
}

func asWidget(o fyne.CanvasObject) fyne.Widget {
	w, _ := o.(fyne.Widget)
	return w
}
