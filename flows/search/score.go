package search

import (
	"slices"
	"strings"
	"unicode"
)

// query is what somebody looks for, in one of the ways in which it may be called.
type query struct {
	phrase string
	words  []string
	partly bool // most of the words are good enough
}

func queryOf(words []string) query {
	return query{phrase: phrase(strings.Join(words, " ")), words: words}
}

// Scores of how what was typed fits: as a whole, or word by word.
const (
	isTitle      = 60
	isName       = 56
	beginsTitle  = 44 // with whole words
	beginsName   = 24
	insideTitle  = 30
	insideName   = 20
	fitsTitle    = 16 // a word of the title
	fitsWhole    = 14 // a word of another name
	fitsBegin    = 8  // the beginning of one
	fitsInside   = 3
	fitsTold     = 2 // the beginning of a word of what is said
	leastOfParts = fitsBegin
)

// best is how well an entry fits any of the ways to ask for it.
func (e *Entry) best(asked []query) int {
	most := 0
	for i := range asked {
		most = max(most, e.score(&asked[i]))
	}
	return most
}

// score is how well an entry fits; 0 where a word does not, or most of them do not.
func (e *Entry) score(q *query) int {
	total, fit := 0, 0
	for _, w := range q.words {
		s := e.fit(w)
		if s == 0 && !q.partly {
			return 0
		}
		if s > 0 {
			fit++
		}
		total += s
	}
	total /= len(q.words)
	if q.partly && (2*fit < len(q.words) || total*len(q.words) < leastOfParts) {
		return 0
	}
	return max(total, e.whole(q.phrase))
}

// whole is how well an entry fits as a whole. A flow has a name in each voice,
// of which none is less its name than the others.
func (e *Entry) whole(phrase string) int {
	most := 0
	for i, n := range e.names {
		at := strings.Index(n, phrase)
		if at < 0 {
			continue
		}
		title := i == 0 || e.Kind == Flow
		ends := at+len(phrase) == len(n) || n[at+len(phrase)] == ' '
		switch {
		case len(n) == len(phrase):
			most = max(most, either(title, isTitle, isName))
		case e.Kind.wire() || !ends:
		case at == 0:
			most = max(most, either(title, beginsTitle, beginsName))
		case n[at-1] == ' ':
			most = max(most, either(title, insideTitle, insideName))
		}
	}
	return most
}

func either(first bool, yes, no int) int {
	if first {
		return yes
	}
	return no
}

// fit is how well one word fits, best by the title; 0 where it does not.
func (e *Entry) fit(w string) int {
	best := 0
	for _, n := range e.named {
		switch {
		case n == w:
			if slices.Contains(e.title, w) {
				return fitsTitle
			}
			best = fitsWhole
		case best < fitsBegin && strings.HasPrefix(n, w):
			best = fitsBegin
		case best < fitsInside && len(w) > 2 && strings.Contains(n, w):
			best = fitsInside
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

// phrase is a text as it is compared whole: small, and with one space wherever
// no letter, digit or dot stands.
func phrase(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.'
	}), " ")
}
