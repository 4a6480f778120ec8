package inspector_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// paneFor returns a pane in a window of its own.
func paneFor(tb testing.TB, size fyne.Size) *inspector.Inspector {
	tb.Helper()
	looktest.App(tb)
	v := inspector.New(inspector.English(tb))
	w := test.NewTempWindow(tb, v)
	w.SetPadded(false)
	w.Resize(size)
	return v
}

func wide() fyne.Size { return fyne.NewSize(620, 900) }

// paneOn returns a wide pane that shows a tab of some content.
func paneOn(tb testing.TB, tab string, c inspector.Content) *inspector.Inspector {
	tb.Helper()
	v := paneFor(tb, wide())
	v.SetContent(c)
	v.SelectTab(tab)
	return v
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// seen is something drawn, where it is on the canvas.
type seen struct {
	object fyne.CanvasObject
	at     fyne.Position
}

// everything lists what is visible, in the order in which it is drawn.
func everything(o fyne.CanvasObject, at fyne.Position) []seen {
	if !o.Visible() {
		return nil
	}
	out := []seen{{o, at}}
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case fyne.Widget:
		inner = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		inner = o.Objects
	}
	for _, child := range inner {
		out = append(out, everything(child, at.Add(child.Position()))...)
	}
	return out
}

// textsOf lists the texts that are visible.
func textsOf(o fyne.CanvasObject) []string {
	var out []string
	for _, s := range everything(o, fyne.Position{}) {
		if t, ok := s.object.(*canvas.Text); ok && t.Text != "" {
			out = append(out, t.Text)
		}
	}
	return out
}

// shows reports whether a text is visible, over however many pieces it is spread.
func shows(o fyne.CanvasObject, text string) bool {
	flat := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return strings.Contains(flat(strings.Join(textsOf(o), " ")), flat(text))
}

// chainAt lists the widgets that hold the middle of the first text with the words, outermost first.
func chainAt(tb testing.TB, v *inspector.Inspector, words string) (chain []fyne.Widget, at fyne.Position) {
	tb.Helper()
	all := everything(v, fyne.Position{})
	n := slices.IndexFunc(all, func(s seen) bool {
		t, ok := s.object.(*canvas.Text)
		return ok && strings.Contains(t.Text, words)
	})
	if n < 0 {
		tb.Fatalf("no text %q; there is %q", words, textsOf(v))
	}
	text := all[n]
	at = text.at.AddXY(text.object.MinSize().Width/2, text.object.Size().Height/2)
	for _, s := range all {
		end := s.at.Add(s.object.Size())
		if w, ok := s.object.(fyne.Widget); ok && s.at.X <= at.X && at.X < end.X && s.at.Y <= at.Y && at.Y < end.Y {
			chain = append(chain, w)
		}
	}
	return chain, at
}

// tapText taps the middle of the first visible text that contains the words.
func tapText(tb testing.TB, v *inspector.Inspector, words string) {
	tb.Helper()
	_, at := chainAt(tb, v, words)
	test.TapCanvas(canvasOf(v), at)
}

// entryOf returns the n-th visible field.
func entryOf(tb testing.TB, v *inspector.Inspector, n int) *page.Field {
	tb.Helper()
	for _, s := range everything(v, fyne.Position{}) {
		if e, ok := s.object.(*page.Field); ok {
			if n == 0 {
				return e
			}
			n--
		}
	}
	tb.Fatal("no such field")
	return nil
}
