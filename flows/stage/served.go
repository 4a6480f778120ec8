package stage

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// ServedOptions say for whom APIs answer that take part in no run.
type ServedOptions struct {
	APIs     []Guard
	Trusted  []Trusted // at least one
	Way      Way
	Provider http.Handler // of all of them; nothing is opened to call it
	// Origins says whose pages may read the answers.
	Origins func(origin string) bool
	Now     func() time.Time
}

// Served are the APIs of the story as other programs can call them, each at the
// paths of its routes and at the same below /api.
type Served struct{ apis []*API }

// Serve makes them.
func Serve(o ServedOptions) *Served {
	s := &Served{}
	for _, g := range o.APIs {
		provider := &http.Client{Transport: inside{o.Provider}}
		s.apis = append(s.apis, &API{
			guard: g, provider: provider, asks: provider, trusted: o.Trusted, way: o.Way, origins: o.Origins, now: o.Now,
		})
	}
	return s
}

// Answers reports whether something answers at that path.
func (s *Served) Answers(path string) bool { return s.at(below(path)) != nil }

// below takes /api off a path, which whoever calls may leave out.
func below(path string) string {
	if inner := strings.TrimPrefix(path, "/api"); strings.HasPrefix(inner, "/") {
		return inner
	}
	return path
}

func (s *Served) at(path string) *API {
	for _, a := range s.apis {
		if slices.ContainsFunc(a.guard.Routes, func(r Route) bool { return r.Path == path }) {
			return a
		}
	}
	return nil
}

// Answer answers a request for a path that is answered, and says whose token
// came with it: the name of its issuer and the client. Both are empty where no
// token came that is genuine.
func (s *Served) Answer(w http.ResponseWriter, r *http.Request) (issuer, client string) {
	path := below(r.URL.Path)
	a := s.at(path)
	if a == nil {
		http.NotFound(w, r)
		return "", ""
	}
	call := r.Clone(r.Context())
	call.URL.Path, call.URL.RawPath = path, ""
	asked := a.respond(w, call)
	return asked.issuer, asked.Client
}

// allowOrigin lets a page read the answer: in a run every page, because the
// token decides and not the page that brings it, elsewhere those that are named.
func (a *API) allowOrigin(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if a.origins != nil {
		w.Header().Set("Vary", "Origin")
	}
	switch {
	case origin == "":
	case a.origins == nil:
		w.Header().Set("Access-Control-Allow-Origin", "*")
	case a.origins(origin):
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Expose-Headers", "WWW-Authenticate")
	}
}

// preflight says what a page may send. Those of named origins may send headers
// of their libraries too, and JSON.
func (a *API) preflight(w http.ResponseWriter, r *http.Request, allowed []string) {
	headers := "Authorization"
	if a.origins != nil {
		headers = "Authorization, Content-Type"
		if more := r.Header.Get("Access-Control-Request-Headers"); more != "" && len(more) < 1000 {
			headers += ", " + plain(more)
		}
	}
	w.Header().Set("Access-Control-Allow-Methods", strings.Join(allowed, ", "))
	w.Header().Set("Access-Control-Allow-Headers", headers)
	w.WriteHeader(http.StatusNoContent)
}

// inside hands requests to a handler of the same process, as that handler's own
// host, so that whatever stands in between is asked as anybody else.
type inside struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (i inside) RoundTrip(req *http.Request) (*http.Response, error) {
	w := &answer{header: http.Header{}, status: http.StatusOK}
	i.handler.ServeHTTP(w, asServed(req, nil))
	return w.response(req), nil
}
