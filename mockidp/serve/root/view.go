package root

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/pages"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Of what there may be thousands, so many are named before the rest is counted.
const (
	mostRealms = 12
	mostRows   = 50
)

// view is what the template fills in. Everything that is a string is escaped there.
type view struct {
	Style    template.CSS
	Script   template.JS
	Language string
	Server   *Server
	Realms   []realmView
	More     int // realms that are not named
	Stacks   []stackView
	Requests []Request // the newest first
	Last     int
	Most     int

	say *catalog.Catalog
}

type realmView struct {
	Realm
	Discovery               string
	Open                    bool
	MoreClients, MorePeople int
}

// Say is a text of the page.
func (v *view) Say(id string, pairs ...string) string {
	return v.say.Text("serving.root."+id, pairs...)
}

// Count is a text of the page about a number of things.
func (v *view) Count(id string, n int) string { return v.say.Count("serving.root."+id, n) }

// Number is a number as a placeholder takes it.
func (v *view) Number(n int) string { return fmt.Sprint(n) }

// Proof says what a client shows to prove who it is.
func (v *view) Proof(c *mockidp.Client) string {
	switch {
	case c.ClientSecret != "":
		return v.Secret(c.ClientSecret)
	case c.Public():
		return v.Say("public")
	}
	return c.TokenEndpointAuthMethod
}

// Secret hides what came from a file, as the text at the start does.
func (v *view) Secret(s string) string {
	if v.Server.File != "" {
		return v.Say("secret-in-file", "file", v.Server.File)
	}
	return s
}

// Grants lists how a client gets tokens.
func (v *view) Grants(c *mockidp.Client) []string { return grantsOf(c) }

func grantsOf(c *mockidp.Client) []string {
	if c.GrantTypes == nil {
		return []string{"authorization_code"}
	}
	return c.GrantTypes
}

// shown puts together what there is to see now.
func (p *Page) shown(s *Server, say *catalog.Catalog) (*view, error) {
	v := &view{Language: say.Language(), Server: s, say: say, Most: Most}
	realms := slices.Clone(s.Realms)
	slices.SortStableFunc(realms, func(a, b Realm) int { return cmp.Compare(len(b.Clients), len(a.Clients)) })
	for i, r := range realms[:min(len(realms), mostRealms)] {
		one := realmView{Realm: r, Discovery: r.Issuer + "/.well-known/openid-configuration", Open: i == 0}
		one.Clients, one.MoreClients = beginning(r.Clients)
		one.People, one.MorePeople = beginning(r.People)
		v.Realms = append(v.Realms, one)
	}
	v.More = len(realms) - len(v.Realms)
	papers, err := tutorials.ReadPapers(p.words, say.Language(), tutorials.PaperStacks)
	if err != nil {
		return nil, fmt.Errorf("settings for stacks: %w", err)
	}
	for i := range papers {
		v.Stacks = append(v.Stacks, stackFor(&papers[i], realms, v.Secret))
	}
	v.Requests = told(p.requests.after(0), say)
	if n := len(v.Requests); n > 0 {
		v.Last = v.Requests[n-1].Number
	}
	slices.Reverse(v.Requests)
	return v, nil
}

func beginning[T any](all []T) (shown []T, more int) {
	shown = all[:min(len(all), mostRows)]
	return shown, len(all) - len(shown)
}

// InEnglish marks what is English on a page of another language, such as a reason (see [pages.Page.InEnglish]).
func (v *view) InEnglish() template.HTMLAttr {
	return pages.Page{Words: pages.Words{Tag: v.Language}}.InEnglish()
}

// Class is a row's, by which the style and the script know it.
func (r Request) Class() string {
	if r.Bad {
		return "bad"
	}
	return "well"
}

// Why is what is said of a request that was refused.
func (r Request) Why() string {
	if r.Spec != "" {
		return r.Rule + " (" + r.Spec + ")"
	}
	return r.Rule
}
