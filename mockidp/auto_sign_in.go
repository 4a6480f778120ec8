package mockidp

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
)

// openDoor says whom a realm signs in without asking for a password, so that a
// test needs no pages.
type openDoor struct {
	username atomic.Pointer[string] // empty: nobody
	byHint   bool
}

// SignInAutomatically signs the person with this username in, from now on,
// wherever a sign-in page would be shown; an empty username ends that. It is
// Realm.AutoSignIn while the provider runs. It fails for a realm or a person
// that there is not.
func (p *Provider) SignInAutomatically(realm, username string) error {
	t := p.tenants["/realms/"+realm]
	if t == nil {
		return fmt.Errorf("there is no realm %q; the realms are %s", realm, p.realmsInWords())
	}
	if username != "" {
		if _, err := t.person(username); err != nil {
			return err
		}
	}
	t.door.username.Store(&username)
	return nil
}

// waved returns the person who is signed in without a page, or nil. It is
// nobody but whom the request asks for, if it asks for somebody.
func (in *authorization) waved() *Person {
	person := in.t.people[*in.t.door.username.Load()]
	if hinted := in.t.people[in.params.Get("login_hint")]; hinted != nil && in.t.door.byHint {
		person = hinted
	}
	if person == nil || in.hint.subject != "" && in.hint.subject != person.Subject || !in.claims.servesSubject(person.Subject) {
		return nil
	}
	return person
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
	return &ConfigError{Realm: r.Name, Err: fmt.Errorf("auto_sign_in: there is no person %q", r.AutoSignIn)}
}

// autoSignIn is the control endpoint's way: PUT {"username":"jane"}, DELETE.
func (p *Provider) autoSignIn(w http.ResponseWriter, r *http.Request) {
	var who struct {
		Username string `json:"username"`
	}
	if r.Method == http.MethodPut {
		d := json.NewDecoder(io.LimitReader(r.Body, maxOrder))
		d.DisallowUnknownFields()
		if err := d.Decode(&who); err != nil || strings.TrimSpace(who.Username) == "" {
			control(w, http.StatusBadRequest, controlError{`send {"username":"jane"}, with the user name of somebody in the realm`})
			return
		}
	}
	if err := p.SignInAutomatically(r.PathValue("realm"), who.Username); err != nil {
		control(w, http.StatusNotFound, controlError{err.Error()})
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
