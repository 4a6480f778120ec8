package mockidp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// maxOrder is the size of a request to make trouble.
const maxOrder = 8 << 10

// controlled is a fault as the control endpoint reads and writes it.
type controlled struct {
	ID       int       `json:"id,omitempty"`
	Kind     FaultKind `json:"kind"`
	Endpoint Endpoint  `json:"endpoint,omitempty"`
	Client   string    `json:"client,omitempty"`
	Error    string    `json:"error,omitempty"`
	Token    string    `json:"token,omitempty"`
	By       string    `json:"by,omitempty"` // as time.ParseDuration reads it
	Times    int       `json:"times,omitempty"`
	OneLogin bool      `json:"one_login,omitempty"`
	Value    string    `json:"value,omitempty"`
	Struck   int       `json:"struck,omitempty"`
	Says     string    `json:"says,omitempty"`
}

// Control returns a handler by which another program makes and ends deliberate
// trouble and operates realms, see docs/trouble.md. Every request must show the key as a bearer
// token and come to a loopback address; no web page can use it. Serve it where
// nobody but the owner of the machine gets, never beside the provider. With an
// empty key it refuses everything.
func (p *Provider) Control(key string) http.Handler {
	mux, c := http.NewServeMux(), controls{p}
	mux.HandleFunc("GET /trouble", c.listTrouble)
	mux.HandleFunc("GET /trouble/kinds", c.listKinds)
	mux.HandleFunc("POST /trouble/{realm}", c.makeTrouble)
	mux.HandleFunc("DELETE /trouble/{realm}", c.endTrouble)
	mux.HandleFunc("DELETE /trouble/{realm}/{id}", c.endTrouble)
	mux.HandleFunc("PUT /sign-in/{realm}", c.autoSignIn)
	mux.HandleFunc("DELETE /sign-in/{realm}", c.autoSignIn)
	c.operate(mux)
	return ControlDoor(key, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		none := &unsaid{ResponseWriter: w}
		h.ServeHTTP(none, r) // which of 404 and 405 it is, with Allow
		wire.Refuse(w, none.status, wire.Printable(r.Method+" "+r.URL.Path, 100)+" is not there; there are GET /trouble, "+
			"GET /trouble/kinds, POST and DELETE /trouble/{realm}, DELETE /trouble/{realm}/{id}, PUT and DELETE /sign-in/{realm}, "+
			"GET and PUT /clock/{realm}, POST /keys/{realm}, GET /sessions/{realm}, DELETE /sessions/{realm}/{id}, "+
			"POST /sessions/{realm}/{id}/logout, DELETE /grants/{realm}/{username}; docs/trouble.md has what serve adds")
	}))
}

// unsaid keeps the status of an answer whose words are others'.
type unsaid struct {
	http.ResponseWriter
	status int
}

// WriteHeader keeps the status.
func (u *unsaid) WriteHeader(status int) { u.status = status }

// Write drops the words.
func (u *unsaid) Write(b []byte) (int, error) { return len(b), nil }

// ControlDoor lets those in who show the key as a bearer token and come to a
// loopback address. It is for what stands beside [Provider.Control].
func ControlDoor(key string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		scheme, shown, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		switch {
		case !isLoopback(strings.Trim(host, "[]")):
			wire.Refuse(w, http.StatusMisdirectedRequest, "the Host header is not a loopback address")
		case key == "" || !strings.EqualFold(scheme, "Bearer") || !keys.Same(key, strings.TrimSpace(shown)) ||
			len(r.Header.Values("Authorization")) > 1:
			w.Header().Set("WWW-Authenticate", `Bearer realm="control"`)
			wire.Refuse(w, http.StatusUnauthorized, "send Authorization: Bearer and the key that was printed at start")
		default:
			h.ServeHTTP(w, r)
		}
	})
}

// controls answer who makes trouble and operates realms.
type controls struct{ provider *Provider }

func (c controls) listTrouble(w http.ResponseWriter, _ *http.Request) {
	said := struct {
		Notices []string                `json:"notices"`
		Realms  map[string][]controlled `json:"realms"`
	}{append([]string{}, c.provider.Notices()...), map[string][]controlled{}}
	for i := range c.provider.cfg.Realms {
		name := c.provider.cfg.Realms[i].Name
		said.Realms[name] = []controlled{}
		for _, a := range c.provider.Troubles(name) {
			said.Realms[name] = append(said.Realms[name], asControlled(a))
		}
	}
	wire.Tell(w, http.StatusOK, said)
}

func asControlled(a ActiveFault) controlled {
	c := controlled{
		ID: a.ID, Kind: a.Kind, Endpoint: a.Endpoint, Client: a.Client, Error: a.Error, Token: a.Token,
		Times: a.Times, OneLogin: a.OneLogin, Value: a.Value, Struck: a.Struck, Says: "This provider is made to " + a.String() + ".",
	}
	if a.By != 0 {
		c.By = a.By.String()
	}
	return c
}

// listKinds says what trouble there is to be had.
func (c controls) listKinds(w http.ResponseWriter, _ *http.Request) {
	type code struct {
		Error string `json:"error"`
		Spec  string `json:"spec"`
	}
	said := struct {
		Kinds  []FaultKind         `json:"kinds"`
		Errors map[Endpoint][]code `json:"errors"`
	}{FaultKinds(), map[Endpoint][]code{}}
	for _, endpoint := range Endpoints() {
		said.Errors[endpoint] = []code{}
		for _, c := range FaultErrors(endpoint) {
			said.Errors[endpoint] = append(said.Errors[endpoint], code{c.Error, c.Spec.String()})
		}
	}
	wire.Tell(w, http.StatusOK, said)
}

func (c controls) makeTrouble(w http.ResponseWriter, r *http.Request) {
	f, status, err := readOrder(w, r)
	if err != nil {
		wire.Refuse(w, status, err.Error())
		return
	}
	realm := r.PathValue("realm")
	if _, err := c.provider.realm(realm); err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	id, err := c.provider.Trouble(realm, f)
	if err != nil {
		wire.Refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	tape.Tell(r.Context(), tape.Event{Deed: tape.TroubleOrdered, Realm: realm, Client: f.Client, Says: f.String()})
	wire.Tell(w, http.StatusCreated, asControlled(ActiveFault{ID: id, Fault: f}))
}

// readOrder reads a fault, or says what is wrong and with which status.
func readOrder(w http.ResponseWriter, r *http.Request) (Fault, int, error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return Fault{}, http.StatusUnsupportedMediaType, errors.New("the body must be application/json")
	}
	var c controlled
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder))
	dec.DisallowUnknownFields()
	err := dec.Decode(&c)
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return Fault{}, http.StatusRequestEntityTooLarge, errors.New("the body is too long")
	case err != nil:
		return Fault{}, http.StatusBadRequest, fmt.Errorf("the body is no fault: %s", unreadable(err))
	case !errors.Is(dec.Decode(&struct{}{}), io.EOF):
		return Fault{}, http.StatusBadRequest, errors.New("the body is no fault: something follows it")
	case c.ID != 0 || c.Struck != 0 || c.Says != "":
		return Fault{}, http.StatusBadRequest, errors.New("id, struck and says are not yours to set")
	}
	f := Fault{Kind: c.Kind, Endpoint: c.Endpoint, Client: c.Client, Error: c.Error, Token: c.Token, Times: c.Times}
	f.OneLogin, f.Value = c.OneLogin, c.Value
	if c.By != "" {
		if f.By, err = time.ParseDuration(c.By); err != nil {
			return Fault{}, http.StatusBadRequest, fmt.Errorf("by: %q is not a duration such as 1.5s or 2h", wire.Printable(c.By, 40))
		}
	}
	return f, 0, nil
}

// unreadable says in the words of the body why it is no fault, and what is.
func unreadable(err error) string {
	const members = "; a fault has kind, endpoint, client, error, token, by, times, one_login and value, as in " +
		`{"kind":"delay","by":"1500ms","times":1}`
	var of *json.UnmarshalTypeError
	switch {
	case errors.As(err, &of) && of.Field == "times":
		return "times must be a number, got a " + of.Value + members
	case errors.As(err, &of) && of.Field == "one_login":
		return "one_login must be true or false, got a " + of.Value + members
	case errors.As(err, &of) && of.Field != "":
		return of.Field + " must be a text, got a " + of.Value + members
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return "there is no " + wire.Printable(name, 64) + members
	}
	return "it is not one JSON object" + members
}

func (c controls) endTrouble(w http.ResponseWriter, r *http.Request) {
	realm, number := r.PathValue("realm"), r.PathValue("id")
	id, err := 0, error(nil)
	if number != "" {
		id, err = strconv.Atoi(number)
	}
	_, unknown := c.provider.realm(realm)
	if unknown != nil || err != nil || number != "" && (id <= 0 || !c.provider.ClearTrouble(realm, id)) {
		wire.Refuse(w, http.StatusNotFound, "there is no such trouble")
		return
	}
	if number == "" {
		c.provider.ClearTrouble(realm, 0)
	}
	tape.Tell(r.Context(), tape.Event{Deed: tape.TroubleEnded, Realm: realm, Says: number})
	w.WriteHeader(http.StatusNoContent)
}

// autoSignIn is the control endpoint's way: PUT {"username":"jane"}, DELETE.
func (c controls) autoSignIn(w http.ResponseWriter, r *http.Request) {
	var who struct {
		Username string `json:"username"`
	}
	if r.Method == http.MethodPut {
		d := json.NewDecoder(io.LimitReader(r.Body, maxOrder))
		d.DisallowUnknownFields()
		if err := d.Decode(&who); err != nil || strings.TrimSpace(who.Username) == "" {
			wire.Refuse(w, http.StatusBadRequest, `send {"username":"jane"}, with the user name of somebody in the realm`)
			return
		}
	}
	if err := c.provider.SignInAutomatically(r.PathValue("realm"), who.Username); err != nil {
		wire.Refuse(w, http.StatusNotFound, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
