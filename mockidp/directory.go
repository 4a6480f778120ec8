package mockidp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// directory is the people of a realm.
type directory struct {
	realm  string
	people map[string]*Person // by username
	names  []string           // in the order of the config
	bySub  map[string]*Person

	pairwise *pairwise
}

func newDirectory(realm string, people []Person, salt string) directory {
	d := directory{
		realm: realm, people: make(map[string]*Person, len(people)), bySub: make(map[string]*Person, len(people)),
		pairwise: &pairwise{salt: []byte(salt)},
	}
	for i := range people {
		d.people[people[i].Username], d.bySub[people[i].Subject] = &people[i], &people[i]
		d.names = append(d.names, people[i].Username)
	}
	return d
}

// personWith returns the person that a sub claim means, or nil.
func (d *directory) personWith(subject string) *Person { return d.bySub[subject] }

// find returns the first people whose user name or name holds a text, in upper
// or lower case, and how many more do.
func (d *directory) find(text string, most int) (found []*Person, more int) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" { // everybody, whom nobody has to look at
		for _, username := range d.names[:min(most, len(d.names))] {
			found = append(found, d.people[username])
		}
		return found, 0
	}
	for _, username := range d.names {
		person := d.people[username]
		if !strings.Contains(strings.ToLower(username), text) && !strings.Contains(strings.ToLower(person.name()), text) {
			continue
		}
		if len(found) == most {
			more++
			continue
		}
		found = append(found, person)
	}
	return found, more
}

// person returns somebody who can sign in to the realm.
func (d *directory) person(username string) (*Person, error) {
	if person := d.people[username]; person != nil {
		return person, nil
	}
	return nil, fmt.Errorf("the people of realm %s are %s", d.realm, someOf(d.names))
}

// authenticate returns the person whom name and password belong to, or nil.
// It takes as long for a name that nobody has.
func (d *directory) authenticate(username, password string) *Person {
	person, known := d.people[username]
	want := "no password is this: " + d.realm
	if known {
		want = person.Password
	}
	if keys.Same(want, password) && known {
		return person
	}
	return nil
}

// canSay reports whether anybody in the realm has the claim.
func (d *directory) canSay(claim string) bool {
	for _, person := range d.people {
		if slices.ContainsFunc(person.Claims, func(c Claim) bool { return c.Name == claim }) {
			return true
		}
	}
	return false
}

// someOf lists names as far as anybody reads them.
func someOf(names []string) string {
	if len(names) <= maxNamed {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:maxNamed], ", ") + fmt.Sprintf(" and %d more", len(names)-maxNamed)
}
