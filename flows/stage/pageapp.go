package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of an app whose script runs in the browser.
const (
	StepReadFragment = "read-fragment"
	StepCleanAddress = "clean-address"
	StepHistory      = "browser-remembers"
)

// PageApp is an app of old without a server of its own: its pages are files,
// and the script in them, which runs in the browser, holds the tokens (RFC 6749
// section 4.2). What the script does is done here, with the browser's own
// connection and history.
type PageApp struct {
	party
	stage *Stage
	ctx   context.Context // the life of the run
	port  http.RoundTripper
	http  *http.Client
	quiet *http.Client

	provider metadata
	state    string
}

// Paths of the files that the app consists of.
const (
	pageStart    = "/legacy/"
	pageCallback = "/legacy/callback"
)

// PageApp brings an app on stage whose script runs in the browser.
func (s *Stage) PageApp() *PageApp {
	p := s.party()
	app := &PageApp{party: p, stage: s, ctx: s.network.ctx, port: s.network.port(trace.UserAgent, trace.Front), quiet: client(p.offstage)}
	app.http = client(app.port)
	files := http.NewServeMux()
	files.HandleFunc("GET "+pageStart+"{$}", app.file(p.say.Text("stage.files.start"), logInWith(p.say)))
	files.HandleFunc("GET "+pageCallback, app.file(p.say.Text("stage.files.callback"), ""))
	s.network.raise(trace.Client, files)
	return app
}

// file is a page that holds nothing but the script.
func (a *PageApp) file(text, button string) http.HandlerFunc {
	page := template.Must(template.New("file").Parse(`<!doctype html>
<html lang="{{.Language}}">
<head><meta charset="utf-8"><title>{{.Title}}</title><script src="/legacy/app.js" defer></script></head>
<body><main>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
{{with .Button}}<form><button class="primary" type="submit">{{.}}</button></form>
{{end}}</main></body>
</html>
`))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		said := map[string]string{"Language": a.say.Language(), "Title": a.Name, "Text": text, "Button": button}
		_ = page.Execute(w, said) // a browser that went away is not our fault
	}
}

// URL returns the address of the page that the person opens.
func (a *PageApp) URL() string { return a.base + pageStart }

// LogIn is the script sending the browser to the provider for a token at once
// (RFC 6749 section 4.2.1).
func (a *PageApp) LogIn(scope string) (*Page, error) {
	if _, err := getJSON(a.ctx, a.quiet, a.issuer+"/.well-known/openid-configuration", "", &a.provider); err != nil {
		return nil, err
	}
	a.state = a.draw(16)
	if err := a.note(trace.UserAgent, "create-state", createState(a.state, ""), nil); err != nil {
		return nil, err
	}
	return a.stage.Browser.Open(a.provider.Authorization + "?" + trace.EncodePairs([]trace.Field{
		{Name: "response_type", Value: "token"},
		{Name: "client_id", Value: a.ID},
		{Name: "redirect_uri", Value: a.base + pageCallback},
		{Name: "scope", Value: scope},
		{Name: "state", Value: a.state},
	}))
}

// Takes is the script reading the token out of the address that the browser
// ended up at (RFC 6749 section 4.2.2), with the few checks that it can make.
func (a *PageApp) Takes(page *Page) (token string, err error) {
	if !strings.HasPrefix(page.URL, a.base+pageCallback) {
		return "", nil // the provider did not send the browser back
	}
	u, err := url.Parse(page.URL)
	if err != nil {
		return "", fmt.Errorf("read the address of the page: %w", err)
	}
	q, err := url.ParseQuery(u.EscapedFragment())
	if err != nil {
		return "", fmt.Errorf("read the fragment: %w", err)
	}
	var checks []trace.Check
	noted := trace.WithRecorder(a.ctx, func(c trace.Check) { checks = append(checks, c) })
	refused := rule.Run(noted, trace.UserAgent, fragmentRows(), &authResponse{asked: true, state: a.state, issuer: a.issuer, said: q})
	calc := trace.Calc{
		Inputs:  []trace.Field{{Name: "address", Value: page.URL}},
		Outputs: []trace.Field{{Name: "access_token", Value: q.Get("access_token")}},
	}
	if err := a.note(trace.UserAgent, StepReadFragment, calc, checks); err != nil {
		return "", err
	}
	if refused != nil {
		return "", nil
	}
	return q.Get("access_token"), nil
}

// Cleans is the script wiping the fragment from the address bar and from the
// history once it has read it.
func (a *PageApp) Cleans(page *Page) error {
	bare, _, _ := strings.Cut(page.URL, "#")
	a.stage.Browser.ReplaceState(bare)
	calc := trace.Calc{Inputs: []trace.Field{{Name: "address", Value: page.URL}}, Outputs: []trace.Field{{Name: "address", Value: bare}}}
	return a.note(trace.UserAgent, StepCleanAddress, calc, nil)
}

// Remembers shows what the browser keeps of the addresses that it visited.
func (a *PageApp) Remembers() error {
	var kept []trace.Field
	for _, address := range a.stage.Browser.History() {
		kept = append(kept, trace.Field{Name: "visited", Value: address})
	}
	return a.note(trace.UserAgent, StepHistory, trace.Calc{Inputs: kept}, nil)
}

// Read is the script calling the API from the page. Because the API is at
// another origin, the browser asks first whether that page may (Fetch standard,
// section 3.2.6).
func (a *PageApp) Read(path, bearer string) (lines []string, err error) {
	ask, err := http.NewRequestWithContext(a.ctx, http.MethodOptions, a.api+path, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("ask the API: %w", err)
	}
	ask.Header.Set("Origin", a.base)
	ask.Header.Set("Access-Control-Request-Method", http.MethodGet)
	ask.Header.Set("Access-Control-Request-Headers", "authorization")
	resp, err := a.http.Do(ask)
	if err != nil {
		return nil, fmt.Errorf("ask the API: %w", err)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return nil, fmt.Errorf("ask the API: %w", err)
	}
	if allowed := resp.Header.Get("Access-Control-Allow-Origin"); allowed != "*" && allowed != a.base {
		return nil, &statusError{status: resp.StatusCode}
	}
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, a.api+path, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("call the API: %w", err)
	}
	req.Header.Set("Origin", a.base)
	req.Header.Set("Authorization", "Bearer "+bearer)
	body, err := doJSON(a.http, req, &json.RawMessage{})
	if err != nil {
		return nil, err
	}
	_, lines = a.guard.Read(a.say, body)
	return lines, nil
}

// Shows ends the run: the person sees on the page what came of it.
func (a *PageApp) Shows(page *Page, token string, lines []string, err error) error {
	var refused *statusError
	step, act := StepSeeResult, trace.Act{Verb: "shows", Object: a.guard.text(a.say, "found")}
	switch {
	case errors.As(err, &refused), err == nil && token == "":
		step, act.Object = StepSeeRefusal, a.say.Text("stage.did-not-work")
		if !strings.HasPrefix(page.URL, a.base) {
			act.Object = page.Title
		}
	case err != nil:
		return err
	case len(lines) == 0:
		act.Object = a.guard.text(a.say, "empty")
	}
	for _, line := range lines {
		act.Fields = append(act.Fields, trace.Field{Name: "line", Value: line})
	}
	return a.stage.network.gesture(trace.UserAgent, trace.ResourceOwner, step, act, 0)
}
