package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of an app that asks for the password itself.
const (
	StepTypeIntoApp   = "type-into-app"  // the person types it where it does not belong
	StepHoldsPassword = "holds-password" // the app has it now, and could do with it what it likes
)

// DesktopApp is an app of old: it has a window of its own in which the person
// types name and password, and sends both to the provider.
type DesktopApp struct {
	party
	stage *Stage
	ctx   context.Context // the life of the run
	http  *http.Client
	quiet *http.Client
}

// DesktopApp brings an app with a window of its own on stage.
func (s *Stage) DesktopApp() *DesktopApp {
	p := s.party()
	s.network.raise(trace.Client, http.NotFoundHandler()) // nobody calls it
	return &DesktopApp{party: p, stage: s, ctx: s.network.ctx, http: client(p.port), quiet: client(p.offstage)}
}

// SignIn is the person typing the password into the app, and the app using it
// (RFC 6749 section 4.3.2).
func (d *DesktopApp) SignIn(scope string) (string, error) {
	typed := d.stage.choices.typed()
	fields := []trace.Field{{Name: "username", Value: typed.Username}, {Name: "password", Value: typed.Password}}
	act := trace.Act{Verb: "types", Object: d.say.Text("stage.name-and-password"), Fields: fields}
	if err := d.stage.network.gesture(trace.ResourceOwner, trace.Client, StepTypeIntoApp, act, typing); err != nil {
		return "", err
	}
	held := trace.Calc{
		Inputs:  fields,
		Steps:   []trace.CalcStep{{Does: "kept as it was typed: nothing is hashed", Result: typed.Password}},
		Outputs: []trace.Field{{Name: "password", Value: typed.Password}},
	}
	if err := d.note(trace.Client, StepHoldsPassword, held, nil); err != nil {
		return "", err
	}
	var m metadata
	if _, err := getJSON(d.ctx, d.quiet, d.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return "", err
	}
	t, err := d.tokenRequest(d.ctx, d.http, m.Token, append([]trace.Field{
		{Name: "grant_type", Value: "password"},
		{Name: "username", Value: typed.Username},
		{Name: "password", Value: typed.Password},
		{Name: "scope", Value: scope},
	}, d.credentials()...))
	return t.AccessToken, err
}

// Read calls the API and returns the lines that the app shows.
func (d *DesktopApp) Read(path, bearer string) ([]string, error) {
	body, err := getJSON(d.ctx, d.http, d.api+path, bearer, &json.RawMessage{})
	if err != nil {
		return nil, err
	}
	_, lines := d.guard.Read(d.say, body)
	return lines, nil
}

// Shows ends the run: the person sees in the app's window what came of it.
func (d *DesktopApp) Shows(lines []string, err error) error {
	return d.stage.shows(d.guard, lines, err)
}

// shows is an app telling the person, on a screen of its own, what came of it.
func (s *Stage) shows(g Guard, lines []string, err error) error {
	var refused *statusError
	step, act := StepSeeResult, trace.Act{Verb: "shows", Object: g.text(s.say, "found")}
	switch {
	case errors.As(err, &refused):
		step, act.Object = StepSeeRefusal, s.say.Text("stage.did-not-work")
	case err != nil:
		return err
	case len(lines) == 0:
		act.Object = g.text(s.say, "empty")
	}
	for _, line := range lines {
		act.Fields = append(act.Fields, trace.Field{Name: "line", Value: line})
	}
	return s.network.gesture(trace.Client, trace.ResourceOwner, step, act, 0)
}
