package player

import "github.com/grantwalk/grantwalk/tutorials"

// Some steps are told in the words of another flow: whoever has walked that one
// need not read them again.

// asIn is what the flow is called that tells step i in the same words, or "".
func asIn(p *Player, n tutorials.Narrator, i int) string {
	if told(p, n).Repeats(i) == "" {
		return ""
	}
	f, ok := n.Words.Flows().Repeats(n.Flow, p.At(i).Step)
	if !ok {
		return ""
	}
	return f.Called(n.Voice)
}

// nextNew is the first step after the cursor that no other flow tells in the
// same words; the last one where all do.
func nextNew(p *Player, n tutorials.Narrator) int {
	t := told(p, n)
	for i := p.Cursor() + 1; i < p.Len(); i++ {
		if t.Repeats(i) == "" {
			return i
		}
	}
	return p.Len() - 1
}
