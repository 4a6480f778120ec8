// Package search finds what somebody types: flows, steps, what-ifs, classic
// mistakes, parameters, headers, claims, rules, terms, sections of the standards,
// and whatever else it is handed, in the words of every voice.
//
// [New] reads the words once; [Index.Find] goes through all of them at each key
// press. What it finds has an address; the package opens nothing and draws nothing.
package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/spelling"
)

// Kind is what somebody finds.
type Kind string

// The kinds, in the order in which they are offered where they fit as well.
const (
	Flow      Kind = "flow"
	Step      Kind = "step"
	Term      Kind = "term"
	WhatIf    Kind = "what-if"
	Mistake   Kind = "mistake"
	Parameter Kind = "parameter"
	Header    Kind = "header"
	Claim     Kind = "claim"
	Rule      Kind = "rule"
	Section   Kind = "section"
	Lesson    Kind = "lesson"
	MixUp     Kind = "mix-up"
	Paper     Kind = "paper"
	Exercise  Kind = "exercise"
	Talk      Kind = "talk"
	Command   Kind = "command"
)

// Kinds lists them in that order.
func Kinds() []Kind {
	return []Kind{Flow, Step, Term, WhatIf, Mistake, Parameter, Header, Claim, Rule, Section, Lesson, MixUp, Paper, Exercise, Talk, Command}
}

// Entry is something that can be found.
type Entry struct {
	Kind  Kind
	Title string
	Line  string          // what it belongs to, or what it means
	To    address.Address // zero for a command
	ID    string          // of a command

	named []string // the words of its title and of its names in other voices
	told  []string // the words of what is said of it
}

// Of returns an entry that is found by its title and by other names, and less
// readily by what is said of it.
func Of(e Entry, said string, also ...string) Entry {
	for _, name := range append([]string{e.Title}, also...) {
		e.named = append(e.named, Words(name)...)
	}
	e.named = slices.Compact(slices.Sorted(slices.Values(e.named)))
	e.told = slices.Compact(slices.Sorted(slices.Values(Words(e.Line + " " + said + " " + string(e.Kind)))))
	return e
}

// Group is what was found of one kind, the best first.
type Group struct {
	Kind Kind
	Hits []Entry
	More int // that were found, too
}

// Index is all that can be found. It never changes, so any number may ask at once.
type Index struct {
	entries []Entry
	words   []string // of all entries, each once, to guess a slip by
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

// Find returns what fits all words that were typed, by kind, the best kind
// first. A word that stands nowhere is taken for the one that it is a slip of.
func (x *Index) Find(typed string, also ...Entry) []Group {
	words := Words(typed)
	if len(words) == 0 {
		return nil
	}
	groups := x.find(words, also)
	if len(groups) > 0 {
		return groups
	}
	meant, changed := make([]string, len(words)), false
	for i, w := range words {
		meant[i] = x.meant(w)
		changed = changed || meant[i] != w
	}
	if !changed {
		return nil
	}
	return x.find(meant, also)
}

func (x *Index) find(words []string, also []Entry) []Group {
	hits := map[Kind][]hit{}
	for _, list := range [][]Entry{x.entries, also} {
		for i := range list {
			if s := list[i].score(words); s > 0 {
				hits[list[i].Kind] = append(hits[list[i].Kind], hit{&list[i], s})
			}
		}
	}
	var groups []Group
	best := map[Kind]int{}
	for _, kind := range Kinds() {
		found := hits[kind]
		if len(found) == 0 {
			continue
		}
		slices.SortStableFunc(found, func(a, b hit) int {
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

// Scores of how a typed word fits.
const (
	fitsWhole  = 12 // a word of the name
	fitsBegin  = 8  // the beginning of one
	fitsInside = 3
	fitsTold   = 2 // the beginning of a word of what is said
	exactly    = 10
)

// score is how well an entry fits; 0 where a word does not.
func (e *Entry) score(words []string) int {
	total := 0
	for _, w := range words {
		best := e.fit(w)
		if best == 0 {
			return 0
		}
		total += best
	}
	total /= len(words)
	if len(e.named) == len(words) && total == fitsWhole {
		total += exactly
	}
	return total
}

// fit is how well one word fits, best by the name; 0 where it does not.
func (e *Entry) fit(w string) int {
	best := 0
	for _, n := range e.named {
		switch {
		case n == w:
			best = fitsWhole
		case strings.HasPrefix(n, w):
			best = max(best, fitsBegin)
		case len(w) > 2 && strings.Contains(n, w):
			best = max(best, fitsInside)
		}
	}
	if best == 0 && len(w) > 2 {
		i, _ := slices.BinarySearch(e.told, w)
		if i < len(e.told) && strings.HasPrefix(e.told[i], w) {
			best = fitsTold
		}
	}
	return best
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

// Words takes a text apart into what can be looked for: letters and digits in
// small, names of the protocol whole and by their parts.
func Words(text string) []string {
	text = strings.ToLower(text)
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.'
	}) {
		if w = strings.Trim(w, "-._"); w == "" {
			continue
		}
		out = append(out, w)
		if parts := strings.FieldsFunc(w, func(r rune) bool { return r == '_' || r == '-' }); len(parts) > 1 {
			out = append(out, parts...)
		}
	}
	return out
}
