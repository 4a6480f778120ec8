package setup

import (
	"context"
	"errors"
	"fmt"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Trial is what came of a client that somebody set up.
type Trial struct {
	Refused *stage.RefusedError // the provider does not take it; then nothing was played
	Run     *trace.Trace        // the walk with it
	Broken  *trace.Check        // the rule that ended the walk; nil where it came to its end, or no rule did
	At      int                 // index of the message in which it ended, -1 where it came to its end
	Asked   string              // where the app of the walk wanted its answer, if it ended because that is not on the list
	Kept    bool                // there the browser kept an answer from a page whose origin is not listed (Fetch Standard)
	Walk    address.Address     // of the walk with it, at the step in which it ended
	Risks   []Risk
	Stopped []Risk // what somebody tries in a run, and gets nothing for because of the settings
}

// Works reports whether the walk came to its end.
func (t Trial) Works() bool {
	return t.Refused == nil && t.Run != nil && t.Run.Outcome.State == trace.Completed
}

// Risk is what somebody gets out of the settings who should not: a run shows it.
type Risk struct {
	ID   string // "secret-on-device"
	Walk address.Address
}

// danger is a setting that a run shows to be one.
type danger struct {
	id   string
	is   func(Client) bool
	walk string // address of the run, with the thief, that shows it
	when string // what is true of the run if it is so, see package flows/ask
}

// dangers lists what can be set up wrongly and is taken all the same.
func dangers() []danger {
	return []danger{
		{
			"secret-on-device", func(c Client) bool { return c.Confidential && (c.Kind == Phone || c.Kind == Page) },
			"walk/authorization-code-pkce?runs=thief-no-pkce",
			`any(messages, .From == "attacker" and "client-secret" in .Carries) and status("stolen-mail") == 200`,
		},
		{
			"token-in-address", func(c Client) bool { return c.Implicit },
			"walk/implicit", `sees("history", "access_token")`,
		},
		{
			"app-sees-password", func(c Client) bool { return c.Password },
			"walk/password", `first("password", "client") != ""`,
		},
		{
			"person-and-machine", func(c Client) bool { return c.Kind != Service && c.Service },
			"walk/client-credentials", `outcome == "completed" and not any(messages, .From == "resource-owner")`,
		},
		{
			"no-pkce", func(c Client) bool { return c.Kind == Backend && !c.PKCE },
			"walk/authorization-code", `outcome == "completed" and value("code_challenge") == ""`,
		},
	}
}

// guards lists what is set up well, and the attempt that a run shows to fail for it.
func guards() []danger {
	return []danger{{
		"code-stolen", func(c Client) bool { return (c.Kind == Phone || c.Kind == Page) && c.PKCE && c.Code && !c.Confidential },
		"walk/authorization-code-pkce?runs=thief", `status("stolen-code") == 400 and not comes("stolen-mail-response")`,
	}}
}

// Try has the provider take the client, and plays what comes of it. The choices
// in o are those of the walks.
func (c Client) Try(ctx context.Context, o flows.Options) (Trial, error) {
	f, choices := c.walk()
	visit := address.Visit{Flow: f, Choices: choices}
	t := Trial{Walk: visit.Address(), At: -1}
	run, err := visit.Play(ctx, o)
	if errors.As(err, &t.Refused) {
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("try a client of the kind %s: %w", c.Kind, err)
	}
	t.Run = run
	if !t.Works() {
		t.end(visit)
	}
	if t.Risks, err = c.shown(ctx, dangers(), o); err != nil {
		return t, err
	}
	t.Stopped, err = c.shown(ctx, guards(), o)
	return t, err
}

// end finds out in which message the walk ended, and why.
func (t *Trial) end(visit address.Visit) {
	if t.At = t.Run.Failed(); t.At < 0 {
		t.At = t.Run.Kept()
		t.Kept = t.At >= 0
	}
	if t.At < 0 {
		return
	}
	m := &t.Run.Messages[t.At]
	if t.Broken = m.FailedCheck(); t.Broken != nil && t.Broken.ID == "redirect-uri-registered" {
		t.Asked = trace.ValueOf(m.Query(), "redirect_uri")
	}
	visit.Step = m.Step
	t.Walk = visit.Address()
}

// shown plays the runs of what applies, and keeps what they show.
func (c Client) shown(ctx context.Context, list []danger, o flows.Options) ([]Risk, error) {
	var all []Risk
	for _, d := range list {
		if !d.is(c) {
			continue
		}
		to, err := address.Parse(d.walk)
		if err != nil {
			return nil, fmt.Errorf("show what %s means: %w", d.id, err)
		}
		visit, _ := address.Walk(to)
		run, err := visit.Play(ctx, o)
		if err != nil {
			return nil, fmt.Errorf("show what %s means: %w", d.id, err)
		}
		asked, err := ask.Compile(d.when)
		if err != nil {
			return nil, fmt.Errorf("show what %s means: %w", d.id, err)
		}
		if is, err := asked.Of(run); err == nil && is {
			all = append(all, Risk{ID: d.id, Walk: to})
		}
	}
	return all, nil
}
