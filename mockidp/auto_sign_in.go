package mockidp

import (
	"sync/atomic"
)

// openDoor says whom a realm signs in without asking for a password, so that a
// test needs no pages.
type openDoor struct {
	username atomic.Pointer[string] // empty: nobody
	byHint   bool
}

func checkAutoSignIn(r *Realm) error {
	for i := range r.People {
		if r.People[i].Username == r.AutoSignIn {
			return nil
		}
	}
	if r.AutoSignIn == "" {
		return nil
	}
	return within(ConfigError{Realm: r.Name}, wrong("auto_sign_in", "there is no person %q; write the username of one", r.AutoSignIn))
}
