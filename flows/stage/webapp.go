package stage

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

const maxLogins = 1000 // sign-ins under way at once

// WebApp is an app with pages: one starts a sign-in (/login) and one receives
// the answer (/callback). It calls the provider's token endpoint and the API by
// itself, without the browser.
type WebApp struct {
	party
	scope string
	http  *http.Client
	quiet *http.Client
	serve http.Handler

	mu     sync.Mutex
	found  *metadata
	logins map[string]*login // by session
}

// party is what every app of a story has: its registration, where the others
// are, its connections to them, its clock and its randomness.
type party struct {
	Registration
	base, issuer, api string
	port, offstage    http.RoundTripper
	note              func(by trace.Role, step string, calc trace.Calc, checks []trace.Check) error
	now               func() time.Time
	random            io.Reader
}

// login is one sign-in under way: what the app must remember until the browser comes back.
type login struct {
	state, nonce, verifier string
	provider               *metadata
}

// metadata is what the app needs of the provider's discovery document (OpenID Connect Discovery 1.0 section 3).
type metadata struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Keys          string `json:"jwks_uri"`
}

// WebApp brings an app with pages on stage, which asks for that scope.
func (s *Stage) WebApp(scope string) *WebApp {
	follow := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p := s.party()
	app := &WebApp{
		party: p, scope: scope, logins: map[string]*login{},
		http:  &http.Client{Transport: p.port, CheckRedirect: follow},
		quiet: &http.Client{Transport: p.offstage, CheckRedirect: follow},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", app.home)
	mux.HandleFunc("GET /login", app.login)
	mux.HandleFunc("GET /callback", app.callback)
	app.serve = mux
	s.network.raise(trace.Client, app)
	return app
}

// URL returns the app's address of a path.
func (a *WebApp) URL(path string) string { return a.base + path }

// ServeHTTP answers the browser.
func (a *WebApp) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.serve.ServeHTTP(w, r) }

func (a *WebApp) home(w http.ResponseWriter, _ *http.Request) { writePage(w, homePage(a.Name)) }

// login starts an authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
func (a *WebApp) login(w http.ResponseWriter, r *http.Request) {
	provider, err := a.discover(r.Context())
	if err != nil {
		writePage(w, a.failPage(http.StatusBadGateway, "The identity provider could not be reached.", err.Error()))
		return
	}
	l := &login{state: a.secret(16), nonce: a.secret(16), verifier: a.secret(32), provider: provider}
	challenge, err := a.announce(l)
	if err != nil {
		writePage(w, a.failPage(http.StatusInternalServerError, "The sign-in was interrupted.", err.Error()))
		return
	}
	session := a.remember(l)
	http.SetCookie(w, &http.Cookie{
		Name: a.cookie(), Value: session, Path: "/", HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(a.base, "https:"),
	})
	w.Header().Set("Location", provider.Authorization+"?"+trace.EncodePairs([]trace.Field{
		{Name: "response_type", Value: "code"},
		{Name: "client_id", Value: a.ID},
		{Name: "redirect_uri", Value: a.URL("/callback")},
		{Name: "scope", Value: a.scope},
		{Name: "state", Value: l.state},
		{Name: "nonce", Value: l.nonce},
		{Name: "code_challenge", Value: challenge},
		{Name: "code_challenge_method", Value: "S256"},
	}))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusFound)
}

// announce writes the two calculations of a sign-in down and returns the challenge.
func (a *WebApp) announce(l *login) (challenge string, err error) {
	if err := a.note(trace.Client, "create-state", createState(l.state, l.nonce), nil); err != nil {
		return "", err
	}
	challenge, calc := hashVerifier(l.verifier)
	return challenge, a.note(trace.Client, "create-pkce", calc, nil)
}

// cookie is the name of the cookie by which the app knows a browser again: "travel_session".
func (a *WebApp) cookie() string {
	name, _, _ := strings.Cut(a.Host, ".")
	return name + "_session"
}

func (a *WebApp) remember(l *login) (session string) {
	session = a.secret(16)
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.logins) >= maxLogins {
		clear(a.logins)
	}
	a.logins[session] = l
	return session
}

// recall returns the sign-in that a browser left for, once.
func (a *WebApp) recall(r *http.Request) *login {
	cookie, err := r.Cookie(a.cookie())
	if err != nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.logins[cookie.Value]
	delete(a.logins, cookie.Value)
	return l
}

// secret returns n random bytes in base64url.
func (a *WebApp) secret(n int) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := make([]byte, n)
	_, _ = io.ReadFull(a.random, b) // the stage's stream never ends
	return base64.RawURLEncoding.EncodeToString(b)
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

// statusError is an answer other than 200.
type statusError struct {
	status int
	body   []byte
}

func (e *statusError) Error() string { return fmt.Sprintf("the answer was %d", e.status) }

// getJSON fetches and decodes; it returns the text of the body too.
func getJSON(ctx context.Context, c *http.Client, address, bearer string, into any) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", address, err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	return doJSON(c, req, into)
}

func postForm(ctx context.Context, c *http.Client, address string, form []trace.Field, into any) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(trace.EncodePairs(form)))
	if err != nil {
		return nil, fmt.Errorf("post to %s: %w", address, err)
	}
	req.Header.Set("Content-Type", formType)
	return doJSON(c, req, into)
}

func doJSON(c *http.Client, req *http.Request, into any) (body []byte, err error) {
	req.Header.Set("Accept", "application/json")
	resp, err := c.Do(req) //nolint:bodyclose // readBody closes it
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err
		}
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Redacted(), err)
	}
	body, err = readBody(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Redacted(), err)
	}
	if resp.StatusCode != http.StatusOK {
		return body, &statusError{status: resp.StatusCode, body: body}
	}
	if err := json.Unmarshal(body, into); err != nil {
		return body, fmt.Errorf("%s %s: the answer is not the JSON that was expected: %w", req.Method, req.URL.Redacted(), err)
	}
	return body, nil
}
