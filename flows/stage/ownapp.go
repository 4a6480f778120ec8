package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of an app without a server.
const (
	StepOpenBrowser = "open-browser" // the app shows the provider's page, in a browser that is not its own
	StepOpensApp    = "opens-app"    // the phone hands the answer to the app
	StepOpensOther  = "opens-other"  // or to another one that claims the same address
	StepPassesOn    = "passes-on"    // which passes it on
	StepCheckAnswer = "check-answer" // the app looks at the answer
)

// phoneScheme is the private-use scheme that the Travel app claims on a phone
// (RFC 8252 section 7.1). Any other app may claim it too.
const phoneScheme = "com.myapp"

// OwnApp is an app that runs where the person is, on a phone or as the script
// of a page, and has no server: it keeps what it must remember, asks the
// provider and holds the tokens itself.
type OwnApp struct {
	*WebApp
	stage   *Stage
	pending *login // the sign-in under way
	script  *PageApp
}

// PhoneApp brings an app on a phone on stage (RFC 8252).
func (s *Stage) PhoneApp(o WebAppOptions) *OwnApp {
	a := s.ownApp(o)
	a.base = phoneScheme + ":"
	s.Browser.claimed = phoneScheme
	return a
}

// ScriptApp brings an app on stage that is a page: what its script does is done
// here, with the browser's own connection.
func (s *Stage) ScriptApp(o WebAppOptions) *OwnApp {
	a := s.ownApp(o)
	a.role, a.port = trace.UserAgent, s.network.port(trace.UserAgent, trace.Front)
	a.http = client(ofPage{port: a.port, origin: a.base})
	a.script = &PageApp{party: a.party, stage: s, ctx: s.network.ctx, port: a.port, http: client(a.port)}
	files := http.NewServeMux()
	files.HandleFunc("GET /{$}", a.script.file(a.say.Text("stage.files.start"), logInWith(a.say)))
	files.HandleFunc("GET /callback", a.script.file(a.say.Text("stage.files.callback"), ""))
	s.network.raise(trace.Client, files)
	return a
}

func (s *Stage) ownApp(o WebAppOptions) *OwnApp {
	p := s.party()
	return &OwnApp{stage: s, WebApp: newWebApp(p, o, trace.Client)}
}

// ofPage is the browser's connection as a page's script has it: the browser
// says where the page is from, and keeps back an answer that is not for it
// (Fetch Standard).
type ofPage struct {
	port   http.RoundTripper
	origin string
}

// RoundTrip sends a request with its Origin.
func (p ofPage) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Origin", p.origin)
	resp, err := p.port.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("from a page: %w", err)
	}
	if allowed := resp.Header.Get("Access-Control-Allow-Origin"); allowed != "*" && allowed != p.origin {
		return nil, errors.Join(&statusError{status: resp.StatusCode}, resp.Body.Close())
	}
	return resp, nil
}

// LogIn begins a sign-in and brings the browser to the provider's page.
func (a *OwnApp) LogIn() (*Page, error) {
	provider, err := a.discover(a.stage.Context())
	if err != nil {
		return nil, err
	}
	a.pending = a.newLogin(provider)
	challenge, err := a.announce(a.pending)
	if err != nil {
		return nil, err
	}
	ask := a.ask(a.pending, challenge)
	if a.script == nil {
		act := trace.Act{Verb: "opens", Object: provider.Authorization, Fields: ask}
		if err := a.stage.network.gesture(trace.Client, trace.UserAgent, StepOpenBrowser, act, 0); err != nil {
			return nil, err
		}
	}
	return a.stage.Browser.Open(provider.Authorization + "?" + trace.EncodePairs(ask))
}

// Answered tells whether the provider sent an answer to this app.
func (a *OwnApp) Answered(page *Page) bool { return strings.HasPrefix(page.URL, a.URL("/callback")) }

// handed is somebody giving the answer to whoever claims its address.
func (s *Stage) handed(from, to trace.Role, step string, page *Page) error {
	address, query, _ := strings.Cut(page.URL, "?")
	return s.network.gesture(from, to, step, trace.Act{Verb: "opens", Object: address, Fields: trace.ParsePairs(query)}, 0)
}

// Takes is the app getting the answer from somebody, looking at it (RFC 6749
// section 4.1.2), trading the code for tokens and using them. What was not
// refused comes back as lines.
func (a *OwnApp) Takes(page *Page, from trace.Role) (lines []string, err error) {
	step := StepOpensApp
	if from == trace.Attacker {
		step = StepPassesOn
	}
	if a.script == nil {
		err = a.stage.handed(from, trace.Client, step, page)
	}
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(page.URL)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	var checks []trace.Check
	noted := trace.WithRecorder(a.stage.Context(), func(c trace.Check) { checks = append(checks, c) })
	came := authResponse{asked: true, state: a.pending.state, issuer: a.pending.provider.Issuer, said: u.Query()}
	refused := rule.Run(noted, a.role, callbackRows(), &came)
	calc := trace.Calc{Inputs: []trace.Field{{Name: "address", Value: page.URL}}}
	if err := a.note(a.role, StepCheckAnswer, calc, checks); err != nil {
		return nil, err
	}
	if refused != nil {
		return nil, &statusError{status: http.StatusBadRequest}
	}
	return a.uses(a.stage.Context(), came.said.Get("code"))
}

func (a *OwnApp) uses(ctx context.Context, code string) ([]string, error) {
	tokens, err := a.redeem(ctx, a.pending, code)
	if err != nil {
		return nil, err
	}
	_, broken, err := a.identify(ctx, a.pending, tokens)
	switch {
	case err != nil:
		return nil, err
	case broken != nil:
		return nil, &statusError{status: http.StatusBadRequest}
	case a.script != nil:
		return a.script.Read(a.Reads, tokens.AccessToken)
	}
	body, err := getJSON(ctx, a.http, a.api+a.Reads, tokens.AccessToken, &json.RawMessage{})
	if err != nil {
		return nil, err
	}
	_, lines := a.guard.Read(a.say, body)
	return lines, nil
}

// Shows ends the run: the person sees what came of it.
func (a *OwnApp) Shows(page *Page, lines []string, err error) error {
	if a.script != nil {
		return a.script.Shows(page, "shown", lines, err)
	}
	return a.stage.shows(a.guard, lines, err)
}

// ErrNoAnswer is what an app knows of a sign-in that did not come back to it.
func ErrNoAnswer() error { return &statusError{status: http.StatusBadRequest} }
