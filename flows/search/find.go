package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/spelling"
)

// Index is all that can be found. It never changes, so any number may ask at once.
type Index struct {
	entries []Entry
	words   []string // of all entries, each once, to guess a slip by
	same    []same   // what people call something else than the words do
	small   []string // words that stand in any question
	several string   // the ending that makes several of one
}

// Make returns an index of entries.
func Make(entries []Entry) *Index {
	x := &Index{entries: entries}
	for i := range entries {
		x.words = append(x.words, entries[i].named...)
	}
	slices.Sort(x.words)
	x.words = slices.Compact(x.words)
	return x
}

// Len is how many entries there are.
func (x *Index) Len() int { return len(x.entries) }

// PerKind is how many hits of one kind are listed.
const PerKind = 5

type hit struct {
	entry *Entry
	score int
}

// Find returns what fits what was typed, by kind, the best kind first. Where
// nothing fits all words, one that stands nowhere is taken for the one that it is
// a slip of; at last what fits most of the words is good enough.
func (x *Index) Find(typed string, also ...Entry) []Group {
	words := Words(typed)
	if len(words) == 0 {
		return nil
	}
	asked := x.queries(typed, words)
	if groups := x.find(asked, also); len(groups) > 0 {
		return groups
	}
	words = x.meaning(words)
	asked = x.queries(strings.Join(words, " "), words)
	if groups := x.find(asked, also); len(groups) > 0 {
		return groups
	}
	for i := range asked {
		asked[i].partly = true
	}
	return x.find(asked, also)
}

// meaning takes each word that stands nowhere for the one that it is a slip of.
func (x *Index) meaning(words []string) []string {
	meant := make([]string, len(words))
	for i, w := range words {
		meant[i] = x.meant(w)
	}
	return meant
}

func (x *Index) find(asked []query, also []Entry) []Group {
	hits := map[Kind][]hit{}
	flows := map[string]bool{}
	for _, list := range [][]Entry{x.entries, also} {
		for i := range list {
			e := &list[i]
			s := e.best(asked)
			switch {
			case s == 0, e.Kind == Command && flows[phrase(e.Title)]: // which opens what is found already
				continue
			case e.Kind == Flow:
				for _, n := range e.names {
					flows[n] = true
				}
			}
			hits[e.Kind] = append(hits[e.Kind], hit{e, s})
		}
	}
	return grouped(hits)
}

// grouped sorts hits by kind, the best kind first, and in each the best hit.
func grouped(hits map[Kind][]hit) []Group {
	var groups []Group
	best := map[Kind]int{}
	for _, kind := range Kinds() {
		found := hits[kind]
		if len(found) == 0 {
			continue
		}
		slices.SortStableFunc(found, func(a, b hit) int {
			if kind == Flow { // stand in the order in which they are taught
				return b.score - a.score
			}
			return cmp.Or(b.score-a.score, len(a.entry.Title)-len(b.entry.Title))
		})
		g := Group{Kind: kind, More: max(0, len(found)-PerKind)}
		for _, h := range found[:min(len(found), PerKind)] {
			g.Hits = append(g.Hits, *h.entry)
		}
		best[kind] = found[0].score
		groups = append(groups, g)
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return best[b.Kind] - best[a.Kind] })
	return groups
}

// meant is the word that somebody slipped at, or the word itself. Most people
// get the first letter right.
func (x *Index) meant(w string) string {
	most := 1
	if len(w) > 6 {
		most = 2
	}
	if len(w) < 4 {
		return w
	}
	if _, exact := slices.BinarySearch(x.words, w); exact {
		return w
	}
	i, _ := slices.BinarySearch(x.words, w[:1])
	best, meant := most+1, w
	for ; i < len(x.words) && x.words[i][0] == w[0]; i++ {
		n := x.words[i]
		if len(n) > len(w)+most {
			n = n[:len(w)] // what was typed may be the beginning of it
		}
		if len(n) < len(w)-most {
			continue
		}
		if d := spelling.Slips(w, n); d < best {
			best, meant = d, n
		}
	}
	return meant
}
