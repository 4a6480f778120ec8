// Package spoken tells in the language of a catalog what the provider shows to
// people: the words of its pages, and what the realm of the story says of
// permissions and people. The provider itself brings English along and knows no
// catalog.
package spoken

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/pages"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Words are what the provider's pages say in the language of a catalog.
func Words(say *catalog.Catalog) pages.Words {
	if say == nil {
		return pages.Words{}
	}
	return pages.Words{Tag: say.Language(), Find: func(id string) (string, bool) {
		if !strings.HasPrefix(id, pages.RulePrefix) {
			id = "provider." + id
		}
		text := say.Text(id)
		return text, text != id
	}}
}

// Realm returns the realm of the story with its permissions and its people
// described in the language of a catalog. What the catalog does not know stays.
func Realm(r mockidp.Realm, say *catalog.Catalog) mockidp.Realm {
	r.Scopes, r.People = slices.Clone(r.Scopes), slices.Clone(r.People)
	for i := range r.Scopes {
		translate(&r.Scopes[i].Description, say, "story.scope."+key(r.Scopes[i].Name))
	}
	for i := range r.People {
		translate(&r.People[i].About, say, "story.person."+key(r.People[i].Username))
	}
	r.AuthorizationDetailsTypes = slices.Clone(r.AuthorizationDetailsTypes)
	for i := range r.AuthorizationDetailsTypes {
		d := &r.AuthorizationDetailsTypes[i]
		translate(&d.Description, say, "story.details."+key(d.Type))
		d.Fields = labelled(d.Fields, say)
	}
	return r
}

// labelled are fields of authorization details with what stands before their values.
func labelled(fields []mockidp.DetailsField, say *catalog.Catalog) []mockidp.DetailsField {
	out := slices.Clone(fields)
	for i := range out {
		translate(&out[i].Label, say, "story.field."+key(out[i].Name))
		out[i].Fields = labelled(out[i].Fields, say)
	}
	return out
}

func translate(text *string, say *catalog.Catalog, id string) {
	if told := say.Text(id); told != id {
		*text = told
	}
}

// key writes a name as catalogs do: "mail.read" is mail-read, "creditorName" is creditorname.
func key(name string) string {
	return strings.ToLower(strings.NewReplacer(".", "-", ":", "-", "_", "-").Replace(name))
}
