package intake

import (
	"strconv"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// blanks puts a mark where somebody blacked a value out or let a shell fill it in:
// $TOKEN, <code>, {{secret}}, ****, eyJ…. Each mark is another, since nobody knows
// which of the values were the same.
type blanks struct{ n int }

func (b *blanks) out(text string) string {
	return grammar().blank.ReplaceAllStringFunc(text, func(string) string {
		b.n++
		return diagnosis.LeftOut + strconv.Itoa(b.n)
	})
}
