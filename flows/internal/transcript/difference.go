package transcript

import (
	"fmt"
	"slices"
	"strings"
)

// opening is the first line of a difference.
const opening = "what differs from the happy run"

// Difference writes what in a transcript is otherwise than in a usual one, step
// by step and in the same form:
//
//	… to sign-in-page          steps as usual up to that one
//	- 9 sign-in: request …     a step that is gone
//	+ 9 refusal: response …    a step that is added, line by line or
//	like sign-in-page          as a usual one with other lines
//	10 consent-page: …         a step that remains; below it,
//	…                          lines as usual,
//	  header                   one of them, to tell where we are,
//	- Age: 1                   a line that is gone,
//	-- pass code-fresh         one that is gone with all that stands under it,
//	+ Age: 2                   and one that came
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
	if len(w.same) > 0 {
		w.parts = append(w.parts, skipped)
	}
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
)

// writer gathers the parts of a difference, which empty lines keep apart.
type writer struct {
	usual []block
	parts []string
	same  []block // that went by as usual since the last part
	moved shift   // of every step since the one that said so
	drops bool    // whether the last part is steps that are gone
}

// kept goes over a step that both runs have.
func (w *writer) kept(a, b block) {
	if slices.Equal(w.moved.of(a), b) {
		w.same, w.drops = append(w.same, b), false
		return
	}
	w.catchUp()
	w.moved = w.moved.seen(a, b)
	w.parts = append(w.parts, strings.Join(append([]string{b[0]}, changed(a[1:], b[1:])...), "\n"))
}

func (w *writer) gone(a block) {
	again := w.drops && len(w.same) == 0
	w.catchUp()
	if line := goneBy + a[0]; again {
		w.parts[len(w.parts)-1] += "\n" + line
	} else {
		w.parts = append(w.parts, line)
	}
	w.drops = true
}

func (w *writer) added(b block) {
	w.catchUp()
	if model, lines := w.model(b); model != "" {
		w.parts = append(w.parts, strings.Join(append([]string{addedBy + b[0], likeA + model}, lines...), "\n"))
		return
	}
	w.parts = append(w.parts, addedBy+strings.Join(b, "\n"+addedBy))
}

// model finds the usual step of the same kind that a new one resembles most, and
// what differs then; none where that takes more than half as many lines as the step itself.
func (w *writer) model(b block) (key string, lines []string) {
	least := len(b)/2 + 1
	for i, a := range w.usual {
		if !a.isKindOf(b) || count(w.usual[:i], a.key()) > 0 { // the first of its name stands for them
			continue
		}
		if differ := changed(a[1:], b[1:]); len(differ) < least {
			key, lines, least = a.key(), differ, len(differ)
		}
	}
	return key, lines
}

// catchUp says up to which step all went as usual. A chapter that has just
// begun is named instead, because it tells where we are.
func (w *writer) catchUp() {
	same := w.same
	w.same, w.drops = nil, false
	if len(same) == 0 {
		return
	}
	last := same[len(same)-1]
	var chapter []string
	if last.isChapter() {
		chapter = []string{last[0]}
		same = same[:len(same)-1]
	}
	if len(same) > 0 {
		key := same[len(same)-1].key()
		to := skipped + " to " + key
		if n := count(same, key); n > 1 {
			to += fmt.Sprintf(", number %d", n)
		}
		w.parts = append(w.parts, to)
	}
	w.parts = append(w.parts, chapter...)
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
