package hold

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// maxOrder is the size of a decision: a request with what JSON adds.
const maxOrder = 4 * maxBody

// wished is a [Wish] as the control endpoint reads and writes it.
type wished struct {
	Realm    string           `json:"realm,omitempty"`
	Endpoint mockidp.Endpoint `json:"endpoint,omitempty"`
	Client   string           `json:"client,omitempty"`
	For      string           `json:"for,omitempty"` // as time.ParseDuration reads it
	Times    int              `json:"times,omitempty"`
}

// listed is a [Held] as the control endpoint writes it.
type listed struct {
	ID       int              `json:"id"`
	Since    time.Time        `json:"since"`
	Until    time.Time        `json:"until"`
	Realm    string           `json:"realm"`
	Endpoint mockidp.Endpoint `json:"endpoint"`
	Client   string           `json:"client,omitempty"`
	Method   string           `json:"method"`
	URL      string           `json:"url"`
	Header   []trace.Field    `json:"header"`
	Query    []trace.Field    `json:"query"`
	Form     []trace.Field    `json:"form"`
}

// state is what GET /hold answers.
type state struct {
	Armed *wished  `json:"armed"`
	Held  []listed `json:"held"`
}

// decided is a [Decision] as the control endpoint reads it.
type decided struct {
	Query   []trace.Field `json:"query"`
	Form    []trace.Field `json:"form"`
	Header  []trace.Field `json:"header"`
	Trouble *struct {
		Kind     mockidp.FaultKind `json:"kind"`
		Endpoint mockidp.Endpoint  `json:"endpoint"`
		Error    string            `json:"error"`
		Token    string            `json:"token"`
		By       string            `json:"by"`
	} `json:"trouble"`
}

// Control returns a handler by which another program holds requests, see
// docs/trouble.md. It tells secrets as they crossed: put [mockidp.ControlDoor]
// before it.
func (g *Gate) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hold", func(w http.ResponseWriter, _ *http.Request) { wire.Tell(w, http.StatusOK, g.state()) })
	mux.HandleFunc("PUT /hold", g.arm)
	mux.HandleFunc("DELETE /hold", func(w http.ResponseWriter, _ *http.Request) {
		g.Disarm()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /hold/{id}", g.decide)
	return mux
}

func (g *Gate) state() state {
	s := state{Held: []listed{}}
	if w, armed := g.Armed(); armed {
		s.Armed = &wished{w.Realm, w.Endpoint, w.Client, w.For.String(), w.Times}
	}
	list := func(fields []trace.Field) []trace.Field { return append([]trace.Field{}, fields...) }
	for _, h := range g.Held() {
		s.Held = append(s.Held, listed{
			h.ID, h.Since, h.Until, h.Realm, h.Endpoint, h.Client, h.Method, h.URL, list(h.Header), list(h.Query), list(h.Form),
		})
	}
	return s
}

// read reads an order. Without a body it is the usual one.
func read(w http.ResponseWriter, r *http.Request, order any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder))
	d.DisallowUnknownFields()
	if err := d.Decode(order); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the body is none that is understood here: %w", err)
	}
	return nil
}

func duration(name, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %.40q is not a duration such as 30s", name, text)
	}
	return d, nil
}

func (g *Gate) arm(w http.ResponseWriter, r *http.Request) {
	var o wished
	err := read(w, r, &o)
	var d time.Duration
	if err == nil {
		d, err = duration("for", o.For)
	}
	if err == nil {
		err = g.Arm(Wish{Realm: o.Realm, Endpoint: o.Endpoint, Client: o.Client, For: d, Times: o.Times})
	}
	if err != nil {
		wire.Refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	wire.Tell(w, http.StatusOK, g.state())
}

func (g *Gate) decide(w http.ResponseWriter, r *http.Request) {
	var o decided
	if err := read(w, r, &o); err != nil {
		wire.Refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	d := Decision{Query: o.Query, Form: o.Form, Header: o.Header}
	if t := o.Trouble; t != nil {
		by, err := duration("by", t.By)
		if err != nil {
			wire.Refuse(w, http.StatusBadRequest, err.Error())
			return
		}
		d.Trouble = &mockidp.Fault{Kind: t.Kind, Endpoint: t.Endpoint, Error: t.Error, Token: t.Token, By: by}
	}
	id, err := strconv.Atoi(r.PathValue("id"))
	if err == nil {
		err = g.LetGo(id, d)
	} else {
		err = ErrNotHeld
	}
	switch {
	case errors.Is(err, ErrNotHeld):
		wire.Refuse(w, http.StatusNotFound, err.Error())
	case err != nil:
		wire.Refuse(w, http.StatusBadRequest, err.Error())
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}
