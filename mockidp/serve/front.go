package serve

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/hold"
	"github.com/grantwalk/grantwalk/mockidp/serve/root"
)

// pathHealth is what a container or a load balancer asks. The two below it are
// Keycloak's, and mean the same here but while the server starts.
const (
	pathHealth = "/health"
	pathLive   = pathHealth + "/live"
	pathReady  = pathHealth + "/ready"
)

// front stands before the provider. It says whether the server is well, under
// whatever host it is asked, since who asks that knows an address and no name;
// no line of the log tells of it. While there is no provider yet it says so.
type front struct {
	path     string // of base_url
	provider atomic.Pointer[mockidp.Provider]
	around   atomic.Pointer[http.Handler] // what answers for the provider and beside it; nil: the provider alone
	served   atomic.Pointer[order]        // what the provider was made of
	tape     *tape.Tape                   // what crosses, for whoever looks; nil: nobody can
	root     *root.Page                   // for whoever sits at this machine; nil: there is none
	gate     *hold.Gate                   // holds what somebody wants to look at first; nil: nobody can
}

// show puts a provider in the place of the one before.
func (f *front) show(p *mockidp.Provider, around http.Handler, of *order) {
	f.served.Store(of)
	if around != nil {
		f.around.Store(&around)
	}
	f.provider.Store(p)
}

// end lets go whoever waits for something that does not come any more, so that
// the server need not wait for them.
func (f *front) end() {
	if f.root != nil {
		f.root.Close()
	}
	if f.gate != nil {
		f.gate.Disarm()
	}
}

// logoutCall says in the log how a client took it that a person signed out, and
// to whoever looks on.
func (f *front) logoutCall(lines *serverLog) func(mockidp.LogoutCall) {
	return func(c mockidp.LogoutCall) {
		lines.logoutCall(c)
		event := tape.Event{Deed: tape.LogoutHeard, Client: c.Client}
		if c.Err != nil {
			event.Deed, event.Says = tape.LogoutFailed, c.Err.Error()
		}
		f.tape.Tell(event)
	}
}

// newFront answers below the path of a base_url, and without it.
func newFront(baseURL string) *front {
	u, err := url.Parse(baseURL)
	if err != nil {
		return &front{} // mockidp.New says so
	}
	return &front{path: strings.TrimSuffix(u.Path, "/")}
}

// ServeHTTP implements http.Handler.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	provider := f.provider.Load()
	switch below := strings.TrimPrefix(r.URL.Path, f.path); {
	case below == pathHealth, below == pathLive, below == pathReady:
		health(w, r, provider != nil || below == pathLive)
	case provider == nil:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the provider is starting", http.StatusServiceUnavailable)
	case f.root != nil && f.root.Answer(w, r, below):
	default:
		var all http.Handler = provider
		if around := f.around.Load(); around != nil {
			all = *around
		}
		if f.tape != nil {
			all = f.tape.Around(all, trace.AuthorizationServer)
		}
		if f.gate != nil {
			all = f.gate.Around(all)
		}
		all.ServeHTTP(w, r)
	}
}

func health(w http.ResponseWriter, r *http.Request, up bool) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	status, said := http.StatusOK, `{"status":"UP"}`
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		status, said = http.StatusMethodNotAllowed, `{"error":"invalid_request"}`
	case !up:
		status, said = http.StatusServiceUnavailable, `{"status":"DOWN"}`
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(said)) // who went away is nobody to tell
	}
}
