package stage

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// WebAppOptions are how an app with pages goes about it.
type WebAppOptions struct {
	Scope string // that it asks for; with openid it wants an ID token
	PKCE  bool   // it sends a code_challenge (RFC 7636)
	// Reads is the path of the API that it calls with its access token; empty for none.
	Reads string
	// AsksWho makes it ask the UserInfo endpoint about the person (OpenID Connect Core 1.0 section 5.3).
	AsksWho bool
	// FullProof makes it take name and email from the ID token.
	FullProof bool
	// Stays makes it keep its tokens and renew them, and gives it a page of trips for who signed in earlier.
	Stays bool
	// GivesBack gives it a button by which a person takes back what the app may do.
	GivesBack bool
	// LogsOut is what its log-out button ends; empty: it has none.
	LogsOut string
	// MaxAge is how long ago the person may have signed in (max_age, OpenID
	// Connect Core 1.0 section 3.1.2.1); zero: it does not ask.
	MaxAge time.Duration
}

// WebApp is an app with pages: one starts a sign-in (/login) and one receives
// the answer (/callback). It calls the provider's token endpoint and the API by
// itself, without the browser.
type WebApp struct {
	party
	WebAppOptions
	role  trace.Role // in whose place it works: the client, or the browser where it is a page's script
	http  *http.Client
	quiet *http.Client
	serve http.Handler

	pages    *webPages
	sessions *sessions

	mu    sync.Mutex
	found *metadata
}

// login is one sign-in under way: what the app must remember until the browser comes back.
type login struct {
	state, nonce, verifier string
	prompt                 string // "none" where no page is wanted
	provider               *metadata
	keys                   *jose.JSONWebKeySet // once they were fetched
}

// metadata is what the app needs of the provider's discovery document (OpenID Connect Discovery 1.0 section 3).
type metadata struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Keys          string `json:"jwks_uri"`
	UserInfo      string `json:"userinfo_endpoint"`
	Introspection string `json:"introspection_endpoint"`
	Revocation    string `json:"revocation_endpoint"`
	EndSession    string `json:"end_session_endpoint"`
	Registration  string `json:"registration_endpoint"`
}

// WebApp brings an app with pages on stage.
func (s *Stage) WebApp(o WebAppOptions) *WebApp {
	return s.raiseApp(s.party(), o, trace.Client)
}

// raiseApp lets an app answer in the place of a role.
func (s *Stage) raiseApp(p party, o WebAppOptions, role trace.Role) *WebApp {
	app := newWebApp(p, o, role)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", app.home)
	mux.HandleFunc("GET /login", app.login)
	mux.HandleFunc("GET /callback", app.callback)
	if o.Stays {
		mux.HandleFunc("GET /trips", app.trips)
	}
	if o.GivesBack {
		mux.HandleFunc("POST /disconnect", app.disconnect)
	}
	if o.LogsOut != "" {
		mux.HandleFunc("GET "+pathOpen, app.open)
		mux.HandleFunc("POST "+pathLogOut, app.logOut)
		mux.HandleFunc("GET "+pathLoggedOut, app.loggedOut)
		mux.HandleFunc("POST "+pathBackchannelLogout, app.backchannelLogout)
	}
	app.serve = mux
	s.network.raise(role, app)
	return app
}

func newWebApp(p party, o WebAppOptions, role trace.Role) *WebApp {
	return &WebApp{
		party: p, WebAppOptions: o, role: role, http: client(p.port), quiet: client(p.offstage),
		pages: &webPages{WebAppOptions: o, name: p.Name, say: p.say, guard: p.guard}, sessions: newSessions(),
	}
}

// URL returns the app's address of a path.
func (a *WebApp) URL(path string) string { return a.base + path }

// ServeHTTP answers the browser.
func (a *WebApp) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.serve.ServeHTTP(w, r) }

func (a *WebApp) home(w http.ResponseWriter, _ *http.Request) { a.pages.write(w, a.pages.home()) }

// login starts an authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
func (a *WebApp) login(w http.ResponseWriter, r *http.Request) { a.leaveFor(w, r, "") }

// leaveFor sends the browser to the provider, with a prompt if there is one.
func (a *WebApp) leaveFor(w http.ResponseWriter, r *http.Request, prompt string) {
	provider, err := a.discover(r.Context())
	if err != nil {
		a.pages.write(w, a.pages.fail(http.StatusBadGateway, a.say.Text("stage.fail.unreachable"), err.Error()))
		return
	}
	l := a.newLogin(provider)
	l.prompt = prompt
	challenge, err := a.announce(l)
	if err != nil {
		a.pages.write(w, a.pages.fail(http.StatusInternalServerError, a.say.Text("stage.fail.interrupted"), err.Error()))
		return
	}
	a.leave(w, l)
	w.Header().Set("Location", provider.Authorization+"?"+trace.EncodePairs(a.ask(l, challenge)))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusFound)
}

// leave remembers the browser that leaves for the provider, by a new session.
func (a *WebApp) leave(w http.ResponseWriter, l *login) {
	session := a.secret(16)
	a.sessions.leave(session, l)
	http.SetCookie(w, &http.Cookie{
		Name: a.cookie(), Value: session, Path: "/", HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(a.base, "https:"),
	})
}

// ask is the authorization request of a sign-in.
func (a *WebApp) ask(l *login, challenge string) []trace.Field {
	ask := []trace.Field{
		{Name: "response_type", Value: "code"},
		{Name: "client_id", Value: a.ID},
		{Name: "redirect_uri", Value: a.URL("/callback")},
		{Name: "scope", Value: a.Scope},
		{Name: "state", Value: l.state},
	}
	if l.nonce != "" {
		ask = append(ask, trace.Field{Name: "nonce", Value: l.nonce})
	}
	ask = append(ask, a.wishes(l)...)
	if challenge != "" {
		ask = append(ask, trace.Field{Name: "code_challenge", Value: challenge}, trace.Field{Name: "code_challenge_method", Value: "S256"})
	}
	return ask
}

// newLogin draws what a sign-in needs: a nonce only for OpenID Connect, a verifier only for PKCE.
func (a *WebApp) newLogin(provider *metadata) *login {
	l := &login{state: a.secret(16), provider: provider}
	if a.identifies() {
		l.nonce = a.secret(16)
	}
	if a.PKCE {
		l.verifier = a.secret(32)
	}
	return l
}

// identifies reports whether the app asks who the person is (OpenID Connect Core 1.0 section 3.1.2.1).
func (o *WebAppOptions) identifies() bool { return slices.Contains(strings.Fields(o.Scope), "openid") }

// announce writes the calculations of a sign-in down and returns the challenge.
func (a *WebApp) announce(l *login) (challenge string, err error) {
	if err := a.note(a.role, "create-state", createState(l.state, l.nonce), nil); err != nil {
		return "", err
	}
	if l.verifier == "" {
		return "", nil
	}
	challenge, calc := hashVerifier(l.verifier)
	return challenge, a.note(a.role, "create-pkce", calc, nil)
}

// cookie is the name of the cookie by which the app knows a browser again: "travel_session".
func (a *WebApp) cookie() string {
	name, _, _ := strings.Cut(a.Host, ".")
	return name + "_session"
}

// session is what the browser shows that comes back; "" where it shows nothing.
func (a *WebApp) session(r *http.Request) string {
	cookie, err := r.Cookie(a.cookie())
	if err != nil {
		return ""
	}
	return cookie.Value
}

// secret returns n random bytes in base64url.
func (a *WebApp) secret(n int) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.draw(n)
}

// discover reads the provider's metadata once, before the curtain rises.
func (a *WebApp) discover(ctx context.Context) (*metadata, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.found != nil {
		return a.found, nil
	}
	var m metadata
	if _, err := getJSON(ctx, a.quiet, a.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return nil, fmt.Errorf("discover the provider: %w", err)
	}
	if m.Issuer != a.issuer {
		return nil, fmt.Errorf("discover the provider: issuer is %q, expected %q (OpenID Connect Discovery 1.0 section 4.3)", m.Issuer, a.issuer)
	}
	a.found = &m
	return a.found, nil
}
