package transcript

import (
	"fmt"
	"slices"
	"strings"
)

// opening is the first line of a difference.
const opening = "what differs from the happy run"

// Difference writes what in a transcript is otherwise than in a usual one, step
// by step and in the same form. What is not written is as usual:
//
//	… to sign-in-page            steps as usual up to that one, before
//	+ 9 refusal: response …      a step that is added, line by line or
//	like sign-in-page            as another one with other lines
//	- sign-in · consent-page     steps that are gone
//	10 consent-page: …           a step that remains; below it,
//	  header                     a line as usual, to tell where we are,
//	… 4 lines                    those that such a line might be mistaken for,
//	- Age: 1                     a line that is gone,
//	-- pass code-fresh           one that is gone with all that stands under it,
//	+ Age: 2                     and one that came
//
// That later steps have higher numbers and times is said once, by the first of them.
func Difference(usual, run string) string {
	a, b := blocksOf(usual), blocksOf(run)
	w := writer{usual: a, parts: []string{opening}}
	for _, e := range align(len(a), len(b), func(i, j int) int { return a[i].likeness(b[j]) }) {
		switch e.op {
		case keep:
			w.kept(a[e.i], b[e.j])
		case drop:
			w.gone(a[e.i])
		case add:
			w.added(b[e.j])
		}
	}
	w.putGone()
	return strings.Join(w.parts, "\n\n") + "\n"
}

// The marks of a difference. A line that both runs have is indented by two.
const (
	skipped = "…"
	goneBy  = "- "
	allGone = "--"
	addedBy = "+ "
	both    = "  "
	likeA   = "like "
	between = " · " // of steps that are gone
)

// writer gathers the parts of a difference, which empty lines keep apart.
type writer struct {
	usual []block
	news  []block // that were added, which others may be like
	parts []string
	same  []block  // that went by as usual since the last part
	drops []string // the keys of those that are gone since
	moved shift    // of every step since the one that said so
}

// kept goes over a step that both runs have.
func (w *writer) kept(a, b block) {
	w.putGone()
	if slices.Equal(w.moved.of(a), b) {
		w.same = append(w.same, b)
		return
	}
	w.catchUp(b.key())
	w.moved = w.moved.seen(a, b)
	w.parts = append(w.parts, strings.Join(append([]string{b[0]}, changed(a[1:], b[1:])...), "\n"))
}

func (w *writer) gone(a block) {
	w.catchUp(a.key())
	w.drops = append(w.drops, a.key())
}

// goneWidth is how long a line of steps that are gone gets.
const goneWidth = 100

func (w *writer) putGone() {
	var lines []string
	for _, key := range w.drops {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+len(key) < goneWidth {
			lines[last] += between + key
		} else {
			lines = append(lines, goneBy+key)
		}
	}
	if w.drops = nil; len(lines) > 0 {
		w.parts = append(w.parts, strings.Join(lines, "\n"))
	}
}

func (w *writer) added(b block) {
	w.putGone()
	w.catchUp("")
	model, lines := w.model(b)
	w.news = append(w.news, b)
	if model != "" {
		w.parts = append(w.parts, strings.Join(append([]string{addedBy + b[0], likeA + model}, lines...), "\n"))
		return
	}
	w.parts = append(w.parts, addedBy+strings.Join(b, "\n"+addedBy))
}

// model finds the step of the same kind that a new one resembles most, and what
// differs then; none where that takes more than three quarters as many lines as the step itself.
func (w *writer) model(b block) (key string, lines []string) {
	least := len(b) * 3 / 4
	others := slices.Concat(w.usual, w.news)
	for i, a := range others {
		if !a.isKindOf(b) || count(others[:i], a.key()) > 0 { // the first of its name stands for them
			continue
		}
		if differ := changed(a[1:], b[1:]); len(differ) < least {
			key, lines, least = a.key(), differ, len(differ)
		}
	}
	return key, lines
}

// catchUp says up to which step all went as usual, where the next part does not: it
// is a new one, or one whose name has gone by.
func (w *writer) catchUp(next string) {
	same := w.same
	w.same = nil
	if len(same) == 0 || next != "" && count(same, next) == 0 {
		return
	}
	key := same[len(same)-1].key()
	to := skipped + " to " + key
	if n := count(same, key); n > 1 {
		to += fmt.Sprintf(", number %d", n)
	}
	w.parts = append(w.parts, to)
}

func count(blocks []block, key string) int {
	n := 0
	for _, b := range blocks {
		if b.key() == key {
			n++
		}
	}
	return n
}
