package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// brought is the page of what somebody brought that does not show who sent what
// to whom, such as the words of an error: why it failed is told without a diagram.
type brought struct {
	tools

	name  string
	told  *diagnosis.Diagnosis // with a cause
	again func()               // reads what is copied now
	back  func()
}

// holds is part of leaf.
func (b *brought) holds() bool { return true }

// draw is part of leaf.
func (b *brought) draw() fyne.CanvasObject {
	s, say := b.sheet, b.words.say
	s.clear()
	s.column.Add(0, s.soft(b.name))
	(&finding{tools: b.tools}).drawCause(b.told)
	s.column.Add(look.Gutter, s.bar(s.button(say("paste.begin"), b.again), s.button(say("paste.back"), b.back)))
	return s
}
