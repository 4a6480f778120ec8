// Package amend changes clients, people and scopes of realms while they are
// served, and writes the changes into the config file when somebody asks for it.
//
// A change is judged as a file would be: by the reader of package configfile, and
// by the provider that is to serve it. Who serves puts changes in force, see
// [Options]; this package opens no port and knows no log.
package amend

import (
	"fmt"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// Change is one table of a list of a realm that is other than in the file.
type Change struct {
	Realm, List, Name string
	Object            []byte // as JSON with the keys of the file; nil: it is gone
}

// Changes are those that no file has yet, in the order in which they were made.
// They are never changed themselves.
type Changes []Change

// Most is how many changes wait for a file at a time.
const Most = 1000

// with are the changes and one more, which takes the place of one to the same table.
func (all Changes) with(c Change) (Changes, error) {
	same := func(o Change) bool { return o.Realm == c.Realm && o.List == c.List && o.Name == c.Name }
	next := slices.Clone(all)
	if i := slices.IndexFunc(next, same); i >= 0 {
		next[i] = c
		return next, nil
	}
	if len(next) == Most {
		return nil, fmt.Errorf("%d changes are in no file yet, and that is the most; write them into the file first", Most)
	}
	return append(next, c), nil
}

// Apply returns a config with the changes. What is about a realm that the config
// does not have is left out, as is taking out what is not there.
func (all Changes) Apply(cfg mockidp.Config) (mockidp.Config, error) {
	cfg.Realms = slices.Clone(cfg.Realms)
	for _, c := range all {
		r := realmOf(&cfg, c.Realm)
		if r == nil {
			continue
		}
		if c.Object == nil {
			configfile.Remove(r, c.List, c.Name)
			continue
		}
		if _, err := configfile.Put(r, c.List, c.Name, c.Object); err != nil {
			return cfg, fmt.Errorf("change: %w", err)
		}
	}
	return cfg, nil
}

func realmOf(cfg *mockidp.Config, name string) *mockidp.Realm {
	i := slices.IndexFunc(cfg.Realms, func(r mockidp.Realm) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return &cfg.Realms[i]
}
