// Package looktest has an app of the toolkit for tests of screens. The toolkit reads every font again, and measures
// every text again, for an app that is new and for a theme that is put on; so there is one app in a program of tests,
// and each test finds it as if it were new. The package is for tests; the program does not hold it.
package looktest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

//nolint:gochecknoglobals // made once, see above
var shared fyne.App

// App is an app in the light theme that keeps nothing of the test before: no window, no choice, nothing copied.
func App(tb testing.TB) fyne.App {
	tb.Helper()
	return Dressed(tb, look.Light)
}

// Dressed is [App] in a theme.
func Dressed(tb testing.TB, mode look.Mode) fyne.App {
	tb.Helper()
	a := Bare(tb)
	look.Wear(a.Settings(), mode)
	return a
}

// Bare is [App] for what puts on a theme itself, as the window does.
func Bare(tb testing.TB) fyne.App {
	tb.Helper()
	if shared == nil || fyne.CurrentApp() != shared { // a test had one of its own
		shared = test.NewApp()
	}
	a := shared
	forget(tb, a)
	before := slices.Clone(a.Driver().AllWindows())
	tb.Cleanup(func() {
		for _, left := range slices.Clone(a.Driver().AllWindows()) {
			if !slices.Contains(before, left) { // else it is of the test around, which closes it
				left.SetOnClosed(nil) // who listened is gone
				left.Close()
			}
		}
	})
	return a
}

// forget takes away what was copied and kept.
func forget(tb testing.TB, a fyne.App) {
	tb.Helper()
	a.Clipboard().SetContent("")
	kept, ok := a.Preferences().(interface {
		WriteValues(write func(map[string]any))
	})
	if !ok {
		tb.Fatal("the toolkit keeps choices of a test in another way than it did")
	}
	kept.WriteValues(func(all map[string]any) { clear(all) })
}
