package lookup_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func book(t *testing.T) (*lookup.Book, *tutorials.Library, tutorials.Narrator) {
	t.Helper()
	words := wordstest.English(t)
	return lookup.Open(words), words, tutorials.Narrator{Words: words, Voice: tutorials.Everyone, Lens: "hotel", Provider: "Demo"}
}

func parse(t *testing.T, text string) address.Address {
	t.Helper()
	a, err := address.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// leads reports whether a page has a link to an address under a heading.
func leads(p lookup.Page, head, to string) bool {
	for _, l := range p.Links {
		if l.Head == head && slices.ContainsFunc(l.Rows, func(r lookup.Link) bool { return r.To.String() == to }) {
			return true
		}
	}
	return false
}

func TestPagesLeadToWhatTheyHaveToDoWithBothWays(t *testing.T) {
	b, _, n := book(t)
	for from, want := range map[string][2]string{
		"rules/code-verifier-matches":        {lookup.HeadStandard, "standards/rfc7636/4.6"},
		"standards/rfc7636/4.6":              {lookup.HeadRules, "rules/code-verifier-matches"},
		"standards/rfc7636":                  {lookup.HeadSections, "standards/rfc7636/4.6"},
		"dictionary/parameter/code_verifier": {lookup.HeadSeen, "walk/authorization-code-pkce/token"},
		"dictionary/code_verifier":           {lookup.HeadSeen, "walk/authorization-code-pkce/token"},
		"glossary/access-token":              {lookup.HeadSeen, "walk/authorization-code/token-response"},
		"glossary/redirect-uri":              {lookup.HeadMixUps, "mix-up/redirect-uri-exact-and-twice"},
		"dictionary/parameter/redirect_uri":  {lookup.HeadMixUps, "mix-up/redirect-uri-exact-and-twice"},
		"glossary/confidential-client":       {lookup.HeadNames, "dictionary/parameter/client_secret"},
		"glossary":                           {lookup.HeadAll, "glossary/access-token"},
		"rules":                              {lookup.HeadAll, "rules/code-verifier-matches"},
		"standards":                          {lookup.HeadAll, "standards/rfc7636"},
		"dictionary":                         {lookup.HeadAll, "dictionary/header/Authorization"},
	} {
		p, missing := b.Page(parse(t, from), n)
		if missing != "" || !leads(p, want[0], want[1]) {
			t.Errorf("%s (missing %q) does not lead to %s under %q: %+v", from, missing, want[1], want[0], p.Links)
		}
	}
}

func TestWhatIsNotThereLeadsToTheNearestPage(t *testing.T) {
	b, _, n := book(t)
	for to, want := range map[string][2]string{
		"glossary/acces-token":              {"glossary/access-token", "acces-token"},
		"glossary/zzzzzz":                   {"glossary", "zzzzzz"},
		"rules/code-verifier-match":         {"rules/code-verifier-matches", "code-verifier-match"},
		"standards/rfc7636/99":              {"standards/rfc7636", "99"},
		"standards/zzzzzz":                  {"standards", "zzzzzz"},
		"dictionary/parameter/code_verifer": {"dictionary/parameter/code_verifier", "code_verifer"},
		"dictionary/parameter/qqqq":         {"dictionary", "qqqq"},
	} {
		p, missing := b.Page(parse(t, to), n)
		if p.To.String() != want[0] || missing != want[1] {
			t.Errorf("%s leads to %s and misses %q; want %s and %q", to, p.To, missing, want[0], want[1])
		}
	}
}

func TestEverythingThatIsFoundToBeLookedUpHasAPageThatSaysSomething(t *testing.T) {
	b, words, n := book(t)
	for _, place := range lookup.Kinds() {
		list, _ := b.Page(address.At(place), n)
		for _, l := range list.Links {
			for _, row := range l.Rows {
				hasAPage(t, b, n, row.To)
			}
		}
	}
	for _, id := range words.Rules().IDs() {
		if id == "deliberate-trouble" { // which no standard asks for
			continue
		}
		p, _ := b.Page(address.At(search.PlaceRules, id), n)
		if !slices.ContainsFunc(p.Texts, func(x lookup.Text) bool { return x.Head == lookup.HeadExact }) {
			t.Errorf("the page of the rule %s does not say it in the standards' words; go test ./flows -run Seen -update", id)
		}
	}
}

// hasAPage reports an address that leads to another page, or to one that says nothing.
func hasAPage(t *testing.T, b *lookup.Book, n tutorials.Narrator, to address.Address) {
	t.Helper()
	p, missing := b.Page(to, n)
	if missing != "" || !p.To.Equal(to) || p.Title == "" || len(p.Texts)+len(p.Links) == 0 {
		t.Errorf("%s leads to %s, misses %q and says %d things", to, p.To, missing, len(p.Texts))
	}
}
