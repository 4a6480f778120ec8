package mockidp

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// operate adds to the control endpoint what the operator of a realm does by hand.
// What was done is told to the tape of the request's context, if it has one.
func (c controls) operate(mux *http.ServeMux) {
	mux.HandleFunc("GET /clock/{realm}", c.tellClock)
	mux.HandleFunc("PUT /clock/{realm}", c.moveClock)
	mux.HandleFunc("POST /keys/{realm}", c.rotateKeys)
	mux.HandleFunc("GET /sessions/{realm}", c.listSessions)
	mux.HandleFunc("DELETE /sessions/{realm}/{id}", c.endSession)
	mux.HandleFunc("POST /sessions/{realm}/{id}/logout", c.sendLogout)
	mux.HandleFunc("DELETE /grants/{realm}/{username}", c.revokeGrants)
}

// done answers what asks for no more than that it was done, and tells of it.
func done(w http.ResponseWriter, r *http.Request, err error, e tape.Event) {
	if err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	e.Realm = r.PathValue("realm")
	tape.Tell(r.Context(), e)
	w.WriteHeader(http.StatusNoContent)
}

type clockMoved struct {
	Moved string `json:"moved"`
}

func (c controls) tellClock(w http.ResponseWriter, r *http.Request) {
	moved, err := c.provider.ClockMoved(r.PathValue("realm"))
	if err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	wire.Tell(w, http.StatusOK, clockMoved{moved.String()})
}

func (c controls) moveClock(w http.ResponseWriter, r *http.Request) {
	var order struct {
		By string `json:"by"`
	}
	d := json.NewDecoder(io.LimitReader(r.Body, maxOrder))
	d.DisallowUnknownFields()
	err := d.Decode(&order)
	by, wrongBy := time.ParseDuration(order.By)
	if err != nil || wrongBy != nil {
		said := fmt.Sprintf("%q is not a duration; ", wire.Printable(order.By, 40))
		wire.Refuse(w, http.StatusBadRequest, said+`send {"by":"10m"} to move the clock forward, {"by":"-10m"} to move it back`)
		return
	}
	realm := r.PathValue("realm")
	if _, err := c.provider.realm(realm); err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	moved, err := c.provider.MoveClock(realm, by)
	if err != nil {
		wire.Refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	tape.Tell(r.Context(), tape.Event{Deed: tape.ClockMoved, Realm: realm, Says: by.String()})
	wire.Tell(w, http.StatusOK, clockMoved{moved.String()})
}

func (c controls) rotateKeys(w http.ResponseWriter, r *http.Request) {
	realm := r.PathValue("realm")
	if _, err := c.provider.realm(realm); err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	if err := c.provider.RotateRealmKeys(realm); err != nil { // keys that everybody knows stay
		wire.Refuse(w, http.StatusConflict, err.Error())
		return
	}
	done(w, r, nil, tape.Event{Deed: tape.KeysRotated})
}

// listedSession is [SignedIn] as the control endpoint writes it.
type listedSession struct {
	ID       string    `json:"id"`
	Username string    `json:"username"`
	Since    time.Time `json:"since"`
	Clients  []string  `json:"clients"`
}

func (c controls) listSessions(w http.ResponseWriter, r *http.Request) {
	all, err := c.provider.SignedIn(r.PathValue("realm"))
	if err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	listed := []listedSession{}
	for _, s := range all {
		listed = append(listed, listedSession{s.ID, s.Username, s.Since.UTC(), append([]string{}, s.Clients...)})
	}
	wire.Tell(w, http.StatusOK, listed)
}

func (c controls) endSession(w http.ResponseWriter, r *http.Request) {
	realm, id := r.PathValue("realm"), r.PathValue("id")
	ended := tape.Event{Deed: tape.SessionEnded}
	_, s, err := c.provider.sessionNamed(realm, id)
	if err == nil {
		ended.Person = s.person.Username
		err = c.provider.EndSession(realm, id)
	}
	done(w, r, err, ended)
}

func (c controls) sendLogout(w http.ResponseWriter, r *http.Request) {
	realm, id := r.PathValue("realm"), r.PathValue("id")
	_, s, err := c.provider.sessionNamed(realm, id)
	if err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	told, err := c.provider.TellLogout(realm, id)
	if err != nil {
		wire.Refuse(w, http.StatusConflict, err.Error())
		return
	}
	for _, client := range told {
		tape.Tell(r.Context(), tape.Event{Deed: tape.LogoutSent, Realm: realm, Person: s.person.Username, Client: client})
	}
	wire.Tell(w, http.StatusAccepted, struct {
		Told []string `json:"told"`
	}{told})
}

func (c controls) revokeGrants(w http.ResponseWriter, r *http.Request) {
	username := r.PathValue("username")
	done(w, r, c.provider.RevokePerson(r.PathValue("realm"), username), tape.Event{Deed: tape.GrantsRevoked, Person: username})
}
