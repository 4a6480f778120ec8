// Package search finds what somebody types: flows, steps, what-ifs, classic
// mistakes, parameters, headers, claims, rules, terms, sections of the standards,
// and whatever else it is handed, in the words of every voice.
//
// [New] reads the words once; [Index.Find] goes through all of them at each key
// press. What it finds has an address; the package opens nothing and draws nothing.
package search

import (
	"slices"
	"strings"
	"unicode"

	"github.com/grantwalk/grantwalk/flows/address"
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
	Question  Kind = "question"
	Paper     Kind = "paper"
	Exercise  Kind = "exercise"
	Talk      Kind = "talk"
	Command   Kind = "command"
)

// Kinds lists them in that order.
func Kinds() []Kind {
	return []Kind{
		Flow, Term, Command, Step, WhatIf, Mistake, Parameter, Header, Claim, Rule, Section, Lesson, MixUp, Question, Paper, Exercise, Talk,
	}
}

// named reports whether the other names of a kind are what people call it; those
// of the rest are ids, and what other voices say.
func (k Kind) named() bool {
	switch k {
	case Flow, Term, Section, Lesson, MixUp, Exercise, Talk:
		return true
	}
	return false
}

// wire reports whether a kind has names of the wire, of which a part is another name.
func (k Kind) wire() bool { return k == Parameter || k == Header || k == Claim }

// Entry is something that can be found.
type Entry struct {
	Kind  Kind
	Title string
	Line  string          // what it belongs to, or what it means
	To    address.Address // zero for a command
	ID    string          // of a command

	names []string // what it is called, its title first, each as a phrase
	title []string // the words of its title
	named []string // the words of all its names
	told  []string // the words of what is said of it
}

// Of returns an entry that is found by its title and by other names, and less
// readily by what is said of it.
func Of(e Entry, said string, also ...string) Entry {
	for _, name := range append([]string{e.Title}, also...) {
		e.named = append(e.named, Words(name)...)
		if p := phrase(name); p != "" && !slices.Contains(e.names, p) && (len(e.names) == 0 || e.Kind.named()) {
			e.names = append(e.names, p)
		}
	}
	e.title = Words(e.Title)
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
