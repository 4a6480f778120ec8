package page

import "fyne.io/fyne/v2"

// Kit is what the parts of one page share: the ruler, and the ways out of it.
type Kit struct {
	Ruler  *Ruler
	Easel  *Easel
	Link   func(link string)
	Reveal func(fyne.CanvasObject) // scroll so that it can be seen
	Key    func(*fyne.KeyEvent)    // a key that the focused part had no use for
	Copy   func(text string)       // a text belongs on the clipboard
	// Context offers what can be done with a text, of which some may be marked, at a place of the canvas.
	Context func(marked string, at fyne.Position)
}

// NewKit returns a kit whose ways out lead nowhere yet.
func NewKit() *Kit {
	return &Kit{
		Ruler: newRuler(fyneMeasure), Easel: &Easel{}, Link: func(string) {}, Reveal: func(fyne.CanvasObject) {}, Key: func(*fyne.KeyEvent) {},
		Copy: func(string) {}, Context: func(string, fyne.Position) {},
	}
}
