package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of a machine that acts for itself.
const (
	StepJobStarts = "job-starts"
	StepJobDone   = "job-done"
	StepJobFailed = "job-failed"
)

// Job is an app without people and without pages: it runs by the clock, asks
// for a token in its own name, and calls the API.
type Job struct {
	party
	ctx  context.Context // the life of the run
	http *http.Client
	// offstage is for what it read long ago, when it was set up.
	quiet *http.Client
	// signed is the last assertion, where it signs.
	signed string
}

// Job brings a machine on stage.
func (s *Stage) Job() *Job {
	p := s.party()
	s.network.raise(trace.Client, http.NotFoundHandler()) // nobody calls it
	return &Job{party: p, ctx: s.network.ctx, http: client(p.port), quiet: client(p.offstage)}
}

// Token asks for a token in the job's own name (RFC 6749 section 4.4.2).
func (j *Job) Token(scope string) (string, error) {
	var m metadata
	if _, err := getJSON(j.ctx, j.quiet, j.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return "", err
	}
	proof, err := j.proof()
	if err != nil {
		return "", err
	}
	t, err := j.tokenRequest(j.ctx, j.http, m.Token, append([]trace.Field{
		{Name: "grant_type", Value: "client_credentials"},
		{Name: "scope", Value: scope},
	}, proof...))
	return t.AccessToken, err
}

// proof is what the body says about who asks: the secret, a statement that is
// signed before everybody's eyes, or nothing when the header says it.
func (j *Job) proof() ([]trace.Field, error) {
	if j.AuthMethod != AuthKey {
		return j.credentials(), nil
	}
	signed, calc, err := j.assertion()
	j.signed = signed
	if err == nil {
		err = j.note(trace.Client, StepSignsAssertion, calc, nil)
	}
	return []trace.Field{{Name: "client_assertion_type", Value: assertionType}, {Name: "client_assertion", Value: signed}}, err
}

// Starts is the clock setting the job off.
func (j *Job) Starts() error {
	return j.note(trace.Client, StepJobStarts, trace.Calc{Inputs: []trace.Field{{Name: "task", Value: j.say.Text("stage.task")}}}, nil)
}

// Get reads from the API, Post writes to it.
func (j *Job) Get(path, bearer string) error {
	_, err := getJSON(j.ctx, j.http, j.api+path, bearer, &json.RawMessage{})
	return err
}

// Post sends a JSON document to the API.
func (j *Job) Post(path, bearer string, document any) error {
	_, err := postJSON(j.ctx, j.http, j.api+path, bearer, document)
	return err
}

// Ends writes down how the job came out: a refusal is an outcome, anything else is a fault.
func (j *Job) Ends(err error) error {
	var refused *statusError
	switch {
	case err == nil:
		return j.note(trace.Client, StepJobDone, trace.Calc{Outputs: []trace.Field{{Name: "result", Value: "done"}}}, nil)
	case errors.As(err, &refused):
		return j.note(trace.Client, StepJobFailed, trace.Calc{Outputs: []trace.Field{{Name: "result", Value: refused.Error()}}}, nil)
	}
	return err
}
