// Package exercise is what people try themselves at: requests on which they
// decide in the place of the provider, and questions that are made from a run.
//
// [Open] brings a request of a walk to the gate, changed as the exercise has it,
// and [Request.Decide] lets the provider decide on it at that moment. The
// package has no answer of its own, so none can be wrong. It must know no screen
// and no provider; it is handed the one that decides.
package exercise

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Request waits for a decision. Close it when nobody needs it any more.
type Request struct {
	about tutorials.Exercise
	walk  *flows.Walk
	plain *trace.Message // as it would be if nothing were wrong, with what the provider checks of it then
	sent  trace.Message  // as it waits
	known []Memory       // when it arrives
}

// Open plays the walk of an exercise up to its request, which then waits. The
// choices of the walk's address take the place of those in o.
func Open(ctx context.Context, e tutorials.Exercise, o flows.Options) (r *Request, err error) {
	to, err := address.Parse(e.Run)
	if err != nil {
		return nil, fmt.Errorf("exercise %s: %w", e.ID, err)
	}
	visit, missing := address.Walk(to)
	if len(missing) > 0 {
		return nil, fmt.Errorf("exercise %s: in %s the %s %q is missing", e.ID, e.Run, missing[0].Kind, missing[0].Name)
	}
	o.Choices = visit.Choices
	w, err := flows.Start(ctx, visit.Flow, o)
	if err != nil {
		return nil, fmt.Errorf("exercise %s: %w", e.ID, err)
	}
	r = &Request{about: e, walk: w}
	if err := r.seek(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("exercise %s: %w", e.ID, err), w.Close())
	}
	return r, nil
}

// seek changes the request and goes to it.
func (r *Request) seek(ctx context.Context) error {
	plan := r.walk.Plan()
	at, err := find(plan, r.about.Step)
	if err != nil {
		return err
	}
	before := plan.Upto(at)
	edit, err := sending(r.about.Send, r.walk.Issuer(), before)
	if err != nil {
		return err
	}
	edit.Step, edit.Occurrence = plan.Messages[at].Step, occurrence(plan, at)
	if r.comparesWithPlain() {
		if err := r.edit(ctx, edit); err != nil {
			return err
		}
	}
	plain := r.walk.Plan().Messages[at]
	r.plain = &plain
	if edit, err = changed(edit, r.about.Changes, &plain, before); err != nil {
		return err
	}
	if err := r.edit(ctx, edit); err != nil {
		return err
	}
	if err := r.walk.Seek(ctx, at); err != nil {
		return err
	}
	for edit.Twice && !slices.ContainsFunc(r.walk.Waiting().Edited, isAgain) {
		if next, err := r.walk.Next(ctx); err != nil || next == nil {
			return errors.Join(err, errors.New("the request is not sent again"))
		}
	}
	r.sent = *r.walk.Waiting()
	r.known = r.recall()
	return nil
}

// comparesWithPlain reports whether the request has to be known as it would be
// without its changes: for a change that is made from it, or for what the
// provider would check in it.
func (r *Request) comparesWithPlain() bool {
	made := slices.ContainsFunc(r.about.Changes, func(c tutorials.ExerciseChange) bool { return c.Other || c.Member != "" })
	ruled := slices.ContainsFunc(r.about.Remember, func(name string) bool { return strings.Contains(name, ":") })
	return made || ruled && len(r.about.Changes) > 0
}

// edit plays the walk with one request changed; one that changes nothing plays nothing.
func (r *Request) edit(ctx context.Context, e stage.Edit) error {
	if e.IsZero() {
		return nil
	}
	c := r.walk.Choices()
	c.Edits = []stage.Edit{e}
	return r.walk.Choose(ctx, c)
}

// occurrence counts the requests of the same step before a message.
func occurrence(plan *trace.Trace, at int) (n int) {
	for i := range plan.Messages[:at] {
		if m := &plan.Messages[i]; m.Step == plan.Messages[at].Step && m.Kind == trace.Request {
			n++
		}
	}
	return n
}

func isAgain(e trace.EditMark) bool { return e.What == trace.SentAgain }

// find is the index of a request by the id of its step, "renew.2" for the second.
func find(plan *trace.Trace, step string) (int, error) {
	name, times, _ := strings.Cut(step, ".")
	left, err := strconv.Atoi(times)
	if err != nil {
		left = 1
	}
	for i := range plan.Messages {
		if m := &plan.Messages[i]; m.Step == name && m.Kind == trace.Request {
			if left--; left == 0 {
				return i, nil
			}
		}
	}
	return 0, fmt.Errorf("the run does not come to a request %q", step)
}

// Exercise is what the request belongs to.
func (r *Request) Exercise() tutorials.Exercise { return r.about }

// Message is the request as it waits.
func (r *Request) Message() *trace.Message { return &r.sent }

// Close ends the walk behind the request.
func (r *Request) Close() error { return r.walk.Close() }

// Verdict is what the provider decided.
type Verdict struct {
	Accepted bool
	Broken   *trace.Check // the rule that was not kept; nil where all were
	Passed   int          // rules that were kept
	Status   int
	Error    string        // the protocol's code, or ""
	Answer   trace.Message // as the provider gave it
}

// Decide lets the request cross, and returns what the provider made of it.
func (r *Request) Decide(ctx context.Context) (Verdict, error) {
	at := len(r.walk.Trace().Messages)
	for {
		next, err := r.walk.Next(ctx)
		if err != nil {
			return Verdict{}, fmt.Errorf("exercise %s: %w", r.about.ID, err)
		}
		if next == nil {
			return Verdict{}, fmt.Errorf("exercise %s: the request was never answered", r.about.ID)
		}
		if next.Kind == trace.Response && next.Exchange == r.sent.Exchange {
			return verdict(&r.walk.Trace().Messages[at], next), nil
		}
	}
}

func verdict(request, answer *trace.Message) Verdict {
	v := Verdict{Broken: request.FailedCheck(), Status: answer.Status, Answer: *answer, Error: errorOf(answer)}
	for _, c := range request.Checks {
		if c.Result == trace.Pass {
			v.Passed++
		}
	}
	v.Accepted = v.Broken == nil && v.Status < 400 && v.Error == ""
	return v
}

// errorOf is the code in a JSON answer or in the redirect that tells an app (RFC 6749 sections 4.1.2.1 and 5.2).
func errorOf(answer *trace.Message) string {
	if code := trace.JSONMember(answer.Body, "error"); answer.IsJSON() && code != "" {
		return code
	}
	location := answer.HeaderValue("Location")
	for _, f := range slices.Concat(trace.QueryOf(location), trace.FragmentOf(location)) {
		if f.Name == "error" {
			return f.Value
		}
	}
	return ""
}
