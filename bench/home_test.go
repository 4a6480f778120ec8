//go:build bench

package bench_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/home"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// measureHome opens home in a window that is drawn nowhere, anew each time.
func measureHome(b *testing.B, t *table) {
	b.Helper()
	words, err := tutorials.Load("en")
	if err != nil {
		b.Fatal(err)
	}
	test.NewTempApp(b).Settings().SetTheme(look.NewTheme(look.Light))
	window := test.NewTempWindow(b, nil)
	window.SetPadded(false)
	var took []float64
	for b.Loop() {
		for range 2*rounds + 1 {
			from := time.Now()
			room := home.New(nil, words.Catalog(), func() (address.Address, string) { return address.At("walk"), "a flow" })
			room.Easel().Beside = func(_, _ func()) {} // on a screen, the pictures come when they are drawn
			window.SetContent(room.Content())
			window.Resize(fyne.NewSize(1440, 900))
			sizes{}.settle(window.Content())
			took = append(took, milliseconds(time.Since(from)))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(row{what: "opening home", unit: "ms", ours: median(took), aim: 50})
}
