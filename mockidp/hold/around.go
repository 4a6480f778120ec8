package hold

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Around returns the handler behind the gate. Put it outside of a tape: what
// stands there is then what was let through.
func (g *Gate) Around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.open.Load() {
			h.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		rest := r.Body
		r.Body = both{io.MultiReader(bytes.NewReader(body), rest), rest}
		if err != nil || len(body) > maxBody {
			h.ServeHTTP(w, r) // the provider says what is wrong with it
			return
		}
		held := g.take(r, body)
		if held == nil {
			h.ServeHTTP(w, r)
			return
		}
		out := http.NewResponseController(w)
		deadline := held.Until.Add(spare)
		_, _ = out.SetReadDeadline(deadline), out.SetWriteDeadline(deadline) // a writer that has none needs none moved
		if next := g.wait(r, held); next != nil {
			h.ServeHTTP(w, next)
		}
	})
}

// both reads what was read already and then the rest.
type both struct {
	io.Reader
	io.Closer
}

// wait returns the request as it is to go on, or nil where nobody waits for an
// answer any more.
func (g *Gate) wait(r *http.Request, h *held) *http.Request {
	g.tell(h, tape.RequestHeld, h.Until.Sub(h.Since).String())
	var d Decision
	select {
	case d = <-h.decided:
	case <-g.options.After(h.Until.Sub(h.Since)):
		if g.drop(h) {
			g.tell(h, tape.RequestTimedUp, h.Until.Sub(h.Since).String())
			return r
		}
		d = <-h.decided
	case <-r.Context().Done():
		if g.drop(h) {
			g.tell(h, tape.RequestGone, "")
			return nil
		}
		d = <-h.decided
	}
	return g.follow(r, h, d)
}

// follow does what was decided.
func (g *Gate) follow(r *http.Request, h *held, d Decision) *http.Request {
	changed := d.changed(&h.Held)
	if len(changed) > 0 {
		d.change(r)
	}
	if d.Trouble != nil {
		ctx, err := g.options.Provider().WithTrouble(r.Context(), h.Realm, *d.Trouble)
		if err == nil { // the config changed meanwhile, otherwise
			g.tell(h, tape.RequestFailed, d.Trouble.String())
			return r.WithContext(ctx)
		}
	}
	if len(changed) > 0 {
		g.tell(h, tape.RequestChanged, strings.Join(changed, ", "))
	} else {
		g.tell(h, tape.RequestSentOn, time.Since(h.Since).Round(time.Second/10).String())
	}
	return r
}

func (g *Gate) tell(h *held, deed, says string) {
	where := string(h.Endpoint)
	if says != "" {
		where += ", " + says
	}
	g.options.Tape.Tell(tape.Event{Deed: deed, Realm: h.Realm, Client: h.Client, Says: where})
}

// changed lists the names of the parameters and headers that are others than
// those that came, once each.
func (d *Decision) changed(h *Held) []string {
	var names []string
	for _, pair := range [][2][]trace.Field{{d.Query, h.Query}, {d.Form, h.Form}, {d.Header, h.Header}} {
		if pair[0] != nil {
			names = append(names, differ(pair[0], pair[1])...)
		}
	}
	return names
}

// differ lists the names under which not the same values stand in both.
func differ(a, b []trace.Field) []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range append(append([]trace.Field{}, a...), b...) {
		if !seen[f.Name] {
			seen[f.Name] = true
			if valuesOf(a, f.Name) != valuesOf(b, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

func valuesOf(fields []trace.Field, name string) string {
	var all strings.Builder
	for _, f := range fields {
		if f.Name == name {
			all.WriteString("\x00" + f.Value)
		}
	}
	return all.String()
}

// change puts what was decided in the place of what came.
func (d *Decision) change(r *http.Request) {
	if d.Query != nil {
		r.URL.RawQuery = trace.EncodePairs(d.Query)
		r.RequestURI = r.URL.RequestURI()
	}
	if d.Header != nil {
		r.Header = http.Header{}
		for _, f := range d.Header {
			r.Header.Add(f.Name, f.Value)
		}
	}
	if d.Form != nil {
		text := trace.EncodePairs(d.Form)
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Del("Content-Length")
		r.TransferEncoding = nil
	}
}
