package search

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/tutorials"
)

// same is a name that people have for what the words call otherwise.
type same struct{ typed, called string }

// sameOf reads them, a text for each name of ours: "zoom in: font size, bigger".
func sameOf(words *tutorials.Library) []same {
	say := words.Catalog()
	var all []same
	for _, id := range say.IDs() {
		if !strings.HasPrefix(id, sameID) {
			continue
		}
		called, names, _ := strings.Cut(say.Text(id), ":")
		for name := range strings.SplitSeq(names, ",") {
			all = append(all, same{typed: phrase(name), called: phrase(called)})
		}
	}
	return all
}

const sameID = "search.same."

// queries are the ways in which to ask for what was typed: as it is, by the name
// that the words have for it, one of it where it was typed as several, and without
// the words that stand in any question.
func (x *Index) queries(typed string, words []string) []query {
	asked := phrase(typed)
	all := x.called(query{phrase: asked, words: words})
	if kept := x.withoutSmall(words); len(words) > 2 && len(kept) < len(words) {
		words = kept
		all = append(all, x.called(queryOf(kept))...)
	}
	if one, changed := x.singular(words); changed {
		all = append(all, queryOf(one))
	}
	return all
}

// called is a query, and what the words have for it besides.
func (x *Index) called(q query) []query {
	all := []query{q}
	for _, s := range x.same {
		if s.typed == q.phrase {
			all = append(all, query{phrase: s.called, words: Words(s.called)})
		}
	}
	return all
}

// singular leaves out the ending that makes several of one, where that one is known.
func (x *Index) singular(words []string) (one []string, changed bool) {
	for _, w := range words {
		cut := strings.TrimSuffix(w, x.several)
		_, known := slices.BinarySearch(x.words, cut)
		if len(cut) > 2 && cut != w && known {
			w, changed = cut, true
		}
		one = append(one, w)
	}
	return one, changed
}

// withoutSmall leaves out the words that stand in any question, if others are left.
func (x *Index) withoutSmall(words []string) []string {
	if kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(x.small, w) }); len(kept) > 0 {
		return kept
	}
	return words
}
