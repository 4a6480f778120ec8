package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// notice is a sentence under the header, which stays until something else is
// opened or it is closed.
type notice struct {
	page.Base
	words *page.Text
	shut  *page.Button
	back  *canvas.Rectangle
	said  string
}

func newNotice(say *catalog.Catalog, onKey func(*fyne.KeyEvent) bool, shut func()) *notice {
	n := &notice{words: page.NewText(page.NewKit()), back: &canvas.Rectangle{CornerRadius: look.Round}}
	n.shut = page.NewIconButton("close", say.Text("frame.close"), shut)
	n.shut.Quiet, n.shut.OnKey = true, onKey
	n.Extend(n)
	n.Hide()
	return n
}

// say shows a sentence; "" takes the notice away.
func (n *notice) say(words string) {
	n.said = words
	n.words.Set(page.Plain(words, page.Face{Size: look.Body}, look.Caution))
	visible(n, words != "")
	n.Refresh()
}

const noticePad float32 = 10

// HeightFor is part of [page.Part].
func (n *notice) HeightFor(width float32) float32 {
	if n.said == "" {
		return 0
	}
	return max(n.words.HeightFor(max(1, width-2*noticePad-44)), 36) + 4
}

// Arrange is part of [page.Part].
func (n *notice) Arrange(size fyne.Size) {
	page.Fill(n.back, look.CautionGround, "", 0)
	page.Put(n.back, 0, 0, size.Width, size.Height)
	inner := max(1, size.Width-2*noticePad-44)
	high := n.words.HeightFor(inner)
	page.Place(n.words, noticePad, (size.Height-high)/2, inner, high)
	page.Place(n.shut, size.Width-40, (size.Height-36)/2, 36, 36)
	n.Shown = append(n.Shown[:0], n.back, n.words, n.shut)
}
