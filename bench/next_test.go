//go:build bench

package bench_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// rounds are the walks through the flow of which each step's median counts.
// One more comes first, in which everything is seen for the first time.
const rounds = 9

// measureNext walks the flow forward on the real screen, for each voice and tab.
func measureNext(b *testing.B, t *table) {
	b.Helper()
	for _, voice := range []tutorials.Voice{tutorials.Developer, tutorials.Everyone} {
		for _, tab := range []string{"words", "request", "checks", "tokens"} {
			b.Run(string(voice)+"/"+tab, func(b *testing.B) {
				var s steps
				for b.Loop() {
					s = walk(b, voice, tab)
				}
				b.ReportMetric(0, "ns/op") // says nothing here
				b.ReportMetric(milliseconds(s.mean), "ms/step")
				b.ReportMetric(milliseconds(s.worst), "ms/worst-step")
				b.ReportMetric(milliseconds(s.first), "ms/worst-step-of-first-walk")
				t.put(row{
					what: fmt.Sprintf("Next, %s, %s, worst step", voice, tab), unit: "ms", ours: milliseconds(s.worst), aim: 8,
					note: fmt.Sprintf("at %s; mean %.1f ms; first walk %.1f ms at %s", s.where, milliseconds(s.mean), milliseconds(s.first), s.firstWhere),
				})
			})
		}
	}
}

// steps is how long the steps of a flow took: mean and worst of each step's
// median, and the worst of the first walk.
type steps struct {
	mean, worst, first time.Duration
	where, firstWhere  string
}

func walk(b *testing.B, voice tutorials.Voice, tab string) (s steps) {
	b.Helper()
	screen, content := newScreen(b, voice)
	read := reading(screen)
	keys, err := mockidp.GenerateKeys()
	if err != nil {
		b.Fatal(err)
	}
	took := map[string][]time.Duration{}
	for round := range rounds + 1 {
		w, err := flows.Start(b.Context(), flows.Default(), flows.Options{Provider: onstage.Provider(keys), Say: english(b)})
		if err != nil {
			b.Fatal(err)
		}
		p := player.New(w)
		screen.Open(p)
		screen.ShowTab(tab)
		sizes := sizes{}
		sizes.settle(content)
		for !p.AtEnd() {
			read()
			from := time.Now()
			screen.Next()
			sizes.settle(content)
			d, step := time.Since(from), p.Current().Step
			switch {
			case round > 0:
				took[step] = append(took[step], d)
			case d > s.first:
				s.first, s.firstWhere = d, step
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for step, of := range took {
		d := median(of)
		s.mean += d / time.Duration(len(took))
		if d > s.worst {
			s.worst, s.where = d, step
		}
	}
	return s
}

// reading is what the time is good for in which a person reads: pictures are
// drawn beside the window then, the one of the next step included.
func reading(screen *player.Screen) func() {
	var left []func()
	screen.Easel().Beside = func(work, then func()) { left = append(left, work, then) }
	return func() {
		for len(left) > 0 {
			do := left[0]
			left = left[1:]
			do()
		}
	}
}

// newScreen puts the screen together as package app does, in a window that is drawn nowhere.
func newScreen(b *testing.B, voice tutorials.Voice) (*player.Screen, fyne.CanvasObject) {
	b.Helper()
	words, err := tutorials.Load("en")
	if err != nil {
		b.Fatal(err)
	}
	flow := flows.Default()
	test.NewTempApp(b).Settings().SetTheme(look.NewTheme(look.Light))
	screen := player.NewScreen(tutorials.Narrator{
		Words: words, Flow: flow.ID, Voice: voice, Lens: "protocol",
		Person: flow.Cast.FirstName(stage.Choices{}), App: flow.Cast.Client.Name, Provider: stage.ProviderName,
	})
	screen.OnError = func(err error) { b.Error(err) }
	window := test.NewTempWindow(b, screen)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1440, 900))
	return screen, window.Content()
}

// sizes remembers the least size of everything on a canvas, as Fyne's window does.
type sizes map[fyne.CanvasObject]fyne.Size

// settle does what Fyne's window does before it draws a frame: it asks every
// visible object for its least size and lays out again what holds one whose
// size is another now.
func (s sizes) settle(o fyne.CanvasObject) (changed bool) {
	if !o.Visible() {
		return false
	}
	var children []fyne.CanvasObject
	var layout func()
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
		layout = func() {
			if o.Layout != nil {
				o.Layout.Layout(o.Objects, o.Size())
			}
		}
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		children = r.Objects()
		layout = func() { r.Layout(o.Size()) }
	}
	anew := false
	for _, c := range slices.Clone(children) {
		anew = s.settle(c) || anew
	}
	if anew {
		layout()
	}
	least := o.MinSize()
	was, known := s[o]
	s[o] = least
	return known && was != least
}
