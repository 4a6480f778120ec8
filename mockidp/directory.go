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

	pairwise *pairwise
}

func newDirectory(realm string, people []Person, salt string) directory {
	d := directory{realm: realm, people: make(map[string]*Person, len(people)), pairwise: &pairwise{salt: []byte(salt)}}
	for i := range people {
		d.people[people[i].Username] = &people[i]
		d.names = append(d.names, people[i].Username)
	}
	return d
}

// personWith returns the person that a sub claim means, or nil.
func (d *directory) personWith(subject string) *Person {
	for _, person := range d.people {
		if person.Subject == subject {
			return person
		}
	}
	return nil
}

// person returns somebody who can sign in to the realm.
func (d *directory) person(username string) (*Person, error) {
	if person := d.people[username]; person != nil {
		return person, nil
	}
	return nil, fmt.Errorf("the people of realm %s are %s", d.realm, strings.Join(d.names, ", "))
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
