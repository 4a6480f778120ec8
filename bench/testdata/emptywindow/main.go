// Emptywindow opens a window with nothing in it: what any program of the same
// Fyne version has to pay. The benchmarks compare Grantwalk with it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

func main() {
	w := app.NewWithID("io.github.grantwalk.emptywindow").NewWindow("Empty")
	w.Resize(fyne.NewSize(1440, 900)) // as large as Grantwalk's: its pixels cost memory too
	w.ShowAndRun()
}
