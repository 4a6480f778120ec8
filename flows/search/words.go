package search

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Places of what is looked up rather than walked.
const (
	PlaceGlossary   = "glossary"             // glossary/<term>
	PlaceDictionary = "dictionary"           // dictionary/<kind>/<name>
	PlaceRules      = "rules"                // rules/<rule>
	PlaceStandards  = address.PlaceStandards // standards/<document>/<section>
	PlaceCheck      = "check"                // check/<kind>/<exercise>
	PlaceSetup      = "setup"                // setup/<kind of app>
	PlacePresent    = "present"              // present/<talk>
)

// New reads everything that the words tell of, and calls it as a voice does; it is
// found by the names of every voice.
func New(words *tutorials.Library, provider string, voice tutorials.Voice) *Index {
	var all []Entry
	for _, f := range flows.All() {
		all = append(all, ofFlow(words, provider, voice, f)...)
	}
	for _, t := range words.Glossary().Terms() {
		all = append(all, Of(Entry{
			Kind: Term, Title: t.Title, Line: first(t.Plain), To: address.At(PlaceGlossary, t.ID),
		}, markup.Plain(t.Exact), t.ID))
	}
	kinds := map[string]Kind{"parameter": Parameter, "header": Header, "claim": Claim, "member": Claim}
	for _, e := range words.Dictionary().Entries() {
		all = append(all, Of(Entry{
			Kind: kinds[e.Kind], Title: e.Name, Line: first(e.Plain), To: address.At(PlaceDictionary, e.Kind, e.Name),
		}, markup.Plain(e.Exact)))
	}
	for _, id := range words.Rules().IDs() {
		plain, _ := words.Rules().Text(id, tutorials.Everyone)
		company, _ := words.Rules().Text(id, tutorials.Executive)
		all = append(all, Of(Entry{Kind: Rule, Title: markup.Plain(plain), Line: id, To: address.At(PlaceRules, id)}, "", id,
			markup.Plain(company)))
	}
	all = append(all, exercises(words)...)
	all = append(all, course(words)...)
	all = append(all, talks(words)...)
	all = append(all, asked(words, voice)...)
	x := Make(append(all, sections(words)...))
	x.same = sameOf(words)
	x.small, x.several = Words(words.Catalog().Text("search.small")), words.Catalog().Text("search.several")
	return x
}

// ofFlow is a flow with its steps, what can be otherwise in it, and its classic mistakes.
func ofFlow(words *tutorials.Library, provider string, voice tutorials.Voice, f flows.Flow) []Entry {
	var tellers []tutorials.Narrator
	for _, v := range tutorials.Voices() {
		tellers = append(tellers, tutorials.Narrator{
			Words: words, Voice: v, Lens: tutorials.LensOf(v), Flow: f.ID, Provider: provider,
			App: f.Cast.Client.Name, Person: f.Cast.FirstName(stage.Choices{}),
		})
	}
	about := tellers[0].About()
	called, told := about.Called(voice), tellers[max(0, slices.Index(tutorials.Voices(), voice))]
	all := []Entry{Of(Entry{Kind: Flow, Title: called, Line: about.Audience, To: address.At(address.PlaceWalk, f.ID)}, "",
		about.Title, about.Short, about.Plain, f.ID)}
	for _, id := range words.Flows().Steps(f.ID) {
		exact := tellers[len(tellers)-1].Step(id)
		also := []string{id, exact.Label}
		for _, n := range tellers {
			also = append(also, n.Step(id).Title)
		}
		all = append(all, Of(Entry{
			Kind: Step, Title: markup.Plain(told.Step(id).Title), Line: called, To: address.At(address.PlaceWalk, f.ID, id),
		}, "", also...))
	}
	for _, s := range f.Switches {
		said := tellers[0].Switch(s.ID, s.Values...)
		for _, value := range s.Values[1:] {
			all = append(all, Of(Entry{
				Kind: WhatIf, Title: said.Title + ": " + said.Values[value], Line: called,
				To: address.At(address.PlaceWalk, f.ID).Choose(s.ID, value),
			}, "", s.ID, value))
		}
	}
	for _, m := range f.Mistakes {
		title, tries := tellers[0].Mistake(m.ID)
		all = append(all, Of(Entry{
			Kind: Mistake, Title: title, Line: called, To: address.At(address.PlaceWalk, f.ID).Choose(address.ChoiceMistake, m.ID),
		}, markup.Plain(tries), m.ID))
	}
	return all
}

// exercises are what people try themselves at; none where they can't be read, which their room says.
func exercises(words *tutorials.Library) []Entry {
	list, _ := words.Exercises()
	say := words.Catalog()
	var all []Entry
	for _, id := range []string{"be-the-provider", "order", "sees", "which-token", "difference"} {
		all = append(all, Of(Entry{
			Kind: Exercise, Title: say.Text("practice.kind." + id), Line: say.Text("practice.rail"), To: address.At(PlaceCheck, id),
		}, "", id))
	}
	for _, id := range []string{"phone", "spa", "backend", "service"} {
		all = append(all, Of(Entry{
			Kind: Exercise, Title: say.Text("setup.kind." + id), Line: say.Text("setup.title"), To: address.At(PlaceSetup, id),
		}, "redirect URI web origins admin console Keycloak", say.Text("setup.title"), id))
	}
	kind := say.Text("practice.kind.be-the-provider")
	for i := range list {
		all = append(all, Of(Entry{
			Kind: Exercise, Title: list[i].Title, Line: kind, To: address.At(PlaceCheck, "be-the-provider", list[i].ID),
		}, "", list[i].ID))
	}
	return all
}

// talks are those that can be given; none where they can't be read, which their room says.
func talks(words *tutorials.Library) []Entry {
	list, _ := words.Talks().All()
	var all []Entry
	for i := range list {
		said := make([]string, 0, len(list[i].Scenes))
		for _, s := range list[i].Scenes {
			said = append(said, s.Title)
		}
		all = append(all, Of(Entry{
			Kind: Talk, Title: list[i].Title, Line: list[i].For, To: address.At(PlacePresent, list[i].ID),
		}, strings.Join(said, " "), list[i].ID, "talk present"))
	}
	return all
}

// asked is what people ask who have seen a walk, which the page of a term answers.
func asked(words *tutorials.Library, voice tutorials.Voice) []Entry {
	var all []Entry
	for _, a := range words.FAQ().All() {
		all = append(all, Of(Entry{
			Kind: Question, Title: a.Question, Line: first(a.Answer[voice]), To: address.At(PlaceGlossary, a.Terms[0]),
		}, "", a.ID))
	}
	return all
}

// sections are the headings of the standards, which are in no language but their
// own, and the lists of what can be looked up.
func sections(words *tutorials.Library) []Entry {
	say := words.Catalog()
	standards, err := tutorials.ReadStandards()
	if err != nil {
		return nil // a test reads them
	}
	var all []Entry
	for place, kind := range map[string]Kind{PlaceGlossary: Term, PlaceDictionary: Parameter, PlaceRules: Rule, PlaceStandards: Section} {
		all = append(all, Of(Entry{Kind: kind, Title: say.Text("lookup.place." + place), To: address.At(place)}, ""))
	}
	for doc, headings := range standards {
		all = append(all, Of(Entry{Kind: Section, Title: doc, To: address.At(PlaceStandards, address.Document(doc))}, "", address.Document(doc)))
		for number, heading := range headings {
			all = append(all, Of(Entry{
				Kind: Section, Title: doc + " §" + number, Line: heading, To: address.At(PlaceStandards, address.Document(doc), number),
			}, "", heading, address.Document(doc)))
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(a.Title, b.Title) })
	return all
}

// first is the first sentence of a text.
func first(text string) string {
	text = markup.Plain(text)
	if i := strings.Index(text, ". "); i > 0 {
		return text[:i+1]
	}
	return text
}
