package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// notice is a sentence under the header, which stays until something else is
// opened or it is closed. Where one can come back from, it has a button for that.
type notice struct {
	page.Base
	words  *page.Text
	back   *page.Button
	shut   *page.Button
	ground *canvas.Rectangle
	said   string
	leads  bool // back
}

func newNotice(say *catalog.Catalog, onKey func(*fyne.KeyEvent) bool, back, shut func()) *notice {
	n := &notice{words: page.NewText(page.NewKit()), ground: &canvas.Rectangle{CornerRadius: look.Round}}
	n.back = page.NewSoftButton(nil, say.Text("frame.come-back"), "", back)
	n.shut = page.NewIconButton("close", say.Text("frame.close"), shut)
	n.shut.Quiet, n.shut.OnKey, n.back.OnKey = true, onKey, onKey
	n.Extend(n)
	n.Hide()
	return n
}

// say shows a sentence, with the button that leads back or without; "" takes the notice away.
func (n *notice) say(words string, leads bool) {
	n.said, n.leads = words, leads
	visible(n.back, leads)
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
	return max(n.words.HeightFor(n.inner(width)), 36) + 4
}

// inner is the width that the sentence has.
func (n *notice) inner(width float32) float32 {
	width -= 2*noticePad + 44
	if n.leads {
		width -= n.back.MinSize().Width + noticePad
	}
	return max(1, width)
}

// Arrange is part of [page.Part].
func (n *notice) Arrange(size fyne.Size) {
	page.Fill(n.ground, look.CautionGround, "", 0)
	page.Put(n.ground, 0, 0, size.Width, size.Height)
	inner := n.inner(size.Width)
	high := n.words.HeightFor(inner)
	page.Place(n.words, noticePad, (size.Height-high)/2, inner, high)
	page.Place(n.shut, size.Width-40, (size.Height-36)/2, 36, 36)
	n.Shown = append(n.Shown[:0], n.ground, n.words)
	if n.leads {
		least := n.back.MinSize()
		page.Place(n.back, size.Width-40-noticePad-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
		n.Shown = append(n.Shown, n.back)
	}
	n.Shown = append(n.Shown, n.shut)
}
