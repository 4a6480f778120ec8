package amend

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// maxTable is the size of a table that is put, in bytes.
const maxTable = 64 << 10

// Control returns a handler by which another program changes what is served, see
// docs/trouble.md. It tells secrets: put [mockidp.ControlDoor] before it.
func (d *Desk) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /setup/{realm}", func(w http.ResponseWriter, r *http.Request) {
		l, err := d.List(r.PathValue("realm"))
		reply(w, l, err)
	})
	mux.HandleFunc("PUT /setup/{realm}/{list}/{name}", func(w http.ResponseWriter, r *http.Request) {
		object, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxTable))
		if err != nil {
			wire.Refuse(w, http.StatusRequestEntityTooLarge, "the table is longer than 64 KiB")
			return
		}
		ended, err := d.Put(r.PathValue("realm"), r.PathValue("list"), r.PathValue("name"), object)
		reply(w, ended, err)
	})
	mux.HandleFunc("DELETE /setup/{realm}/{list}/{name}", func(w http.ResponseWriter, r *http.Request) {
		ended, err := d.Remove(r.PathValue("realm"), r.PathValue("list"), r.PathValue("name"))
		reply(w, ended, err)
	})
	mux.HandleFunc("GET /config", func(w http.ResponseWriter, _ *http.Request) {
		text, err := d.Text()
		reply(w, text, err)
	})
	mux.HandleFunc("POST /config", d.write)
	return mux
}

func (d *Desk) write(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Over bool `json:"over"`
	}
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxTable))
	in.DisallowUnknownFields()
	if err := in.Decode(&order); err != nil && !errors.Is(err, io.EOF) {
		wire.Refuse(w, http.StatusBadRequest, `send {} to write the file, or {"over": true} although somebody else has changed it`)
		return
	}
	written, err := d.Write(order.Over)
	reply(w, written, err)
}

// reply answers with what was done, or says why not.
func reply(w http.ResponseWriter, v any, err error) {
	switch {
	case err == nil:
		wire.Tell(w, http.StatusOK, v)
	case errors.Is(err, ErrAbsent):
		wire.Refuse(w, http.StatusNotFound, err.Error())
	case errors.Is(err, ErrNoFile), errors.Is(err, ErrChanged):
		wire.Refuse(w, http.StatusConflict, err.Error())
	default:
		wire.Refuse(w, http.StatusBadRequest, err.Error())
	}
}
