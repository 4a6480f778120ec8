package player

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// hints say what something does, and what was done.
type hints struct {
	body   *fyne.Container // over which they stand
	status *page.Line      // below it
	tip    *page.Tip
	toast  *toast
}

func newHints() hints {
	h := hints{status: page.NewLine("", look.Small, look.InkSoft), tip: page.NewTip()}
	h.status.Least = 40
	return h
}

// Done tells what was done, or why it was not, for a while: in the line below
// and over the screen, with a button where there is something to do with it.
func (h *hints) Done(words, label string, act func()) {
	h.hint(words)
	h.toast.say(words, label, act)
}

// hintAt shows what something does in the line below, and right beside it.
func (h *hints) hintAt(beside fyne.CanvasObject) func(words string) {
	return func(words string) {
		h.hint(words)
		h.tip.Show(words, beside, h.body)
	}
}

// hint shows words in the line below. Fyne draws a box where a space follows its arrow.
func (h *hints) hint(words string) {
	h.status.SetText(strings.NewReplacer("\n", " ", "→", "›").Replace(words))
}
