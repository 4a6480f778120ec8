package player

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// run is what a [Player] is a cursor over: a walk, whose messages cross one by
// one, or one that was saved, whose messages crossed long ago.
type run interface {
	Flow() flows.Flow
	Plan() *trace.Trace  // the whole run
	Trace() *trace.Trace // what has crossed so far
	Choices() stage.Choices
	Issuer() string
	Audience() string
	PublishedKeys(ctx context.Context) ([]byte, error)
	Now() time.Time
	Seek(ctx context.Context, n int) error
	Choose(ctx context.Context, c stage.Choices) error
	Try(ctx context.Context, m flows.Mistake) (int, error)
	Edit(ctx context.Context, i int, e stage.Edit) error
	EditOf(i int) stage.Edit
	Jump(ctx context.Context, i int, by time.Duration) error
	JumpOf(i int) time.Duration
}

var (
	_ run = (*flows.Walk)(nil)
	_ run = (*saved)(nil)
)

// ErrSaved means that a saved run was to be changed: nobody is there to answer.
var ErrSaved = errors.New("this is a saved run; open the flow to change something and see what happens")

// saved plays a run from its trace alone.
type saved struct {
	flow    flows.Flow
	plan    *trace.Trace
	crossed int
}

// Saved returns a player of a run that was saved. It is read-only: what would
// change the run returns [ErrSaved]. A run of a flow that this program does not
// know, or without messages, is an error.
func Saved(t *trace.Trace) (*Player, error) {
	flow, ok := flows.Find(t.Flow)
	switch {
	case !ok:
		return nil, fmt.Errorf("it is a run of the flow %q, which this Grantwalk does not know", page.Elide(t.Flow, 60))
	case len(t.Messages) == 0:
		return nil, errors.New("it holds no messages")
	}
	return &Player{walk: &saved{flow: flow, plan: t}, cursor: -1}, nil
}

// Named is [Saved] of a run whose client has a name of its own, since it is no
// app of the story.
func Named(t *trace.Trace, client string) (*Player, error) {
	p, err := Saved(t)
	if err != nil {
		return nil, err
	}
	if s, ok := p.walk.(*saved); ok && client != "" {
		s.flow.Cast.Client.Name = client
		p.client = client
	}
	return p, nil
}

// IsSaved reports whether the run is one that was saved.
func (p *Player) IsSaved() bool {
	_, is := p.walk.(*saved)
	return is
}

func (s *saved) Flow() flows.Flow { return s.flow }

func (s *saved) Plan() *trace.Trace { return s.plan }

func (s *saved) Trace() *trace.Trace { return s.plan.Upto(s.crossed) }

func (s *saved) Choices() stage.Choices { return stage.Choices{Person: s.person()} }

// person is the user name that was typed, as far as the trace tells.
func (s *saved) person() string {
	name := s.plan.Latest("username")
	for _, p := range stage.People() {
		if p.Username == name {
			return name
		}
	}
	return ""
}

// Issuer is the one that the run names (RFC 9207), or where its keys were fetched.
func (s *saved) Issuer() string {
	const endpoints = "/protocol/"
	for i := range s.plan.Messages {
		if m := &s.plan.Messages[i]; m.Kind == trace.Request && m.To == trace.AuthorizationServer {
			if base, _, found := strings.Cut(m.URL, endpoints); found {
				return base
			}
		}
	}
	return s.plan.Latest("iss")
}

// Audience is the API that the run called: its scheme and host.
func (s *saved) Audience() string {
	for i := range s.plan.Messages {
		if m := &s.plan.Messages[i]; m.Kind == trace.Request && m.To == trace.ResourceServer {
			scheme, rest, _ := strings.Cut(m.URL, "://")
			host, _, _ := strings.Cut(rest, "/")
			return cmp.Or(scheme, "https") + "://" + host
		}
	}
	return ""
}

// PublishedKeys is an error: the keys that a run did not fetch are not in it.
func (*saved) PublishedKeys(context.Context) ([]byte, error) {
	return nil, errors.New("a saved run knows no other keys than those that it fetched")
}

// Now is when the last message that crossed did.
func (s *saved) Now() time.Time {
	if i := max(0, s.crossed-1); i < len(s.plan.Messages) {
		return s.plan.Messages[i].At
	}
	return time.Time{}
}

func (s *saved) Seek(_ context.Context, n int) error {
	s.crossed = max(s.crossed, min(n, len(s.plan.Messages)))
	if n == 0 {
		s.crossed = 0
	}
	return nil
}

func (*saved) Choose(context.Context, stage.Choices) error { return ErrSaved }

func (*saved) Try(context.Context, flows.Mistake) (int, error) { return 0, ErrSaved }

func (*saved) Edit(context.Context, int, stage.Edit) error { return ErrSaved }

func (*saved) EditOf(int) stage.Edit { return stage.Edit{} }

func (*saved) Jump(context.Context, int, time.Duration) error { return ErrSaved }

// JumpOf is how long the clock was let run before message i.
func (s *saved) JumpOf(i int) time.Duration {
	if i < 0 || i >= len(s.plan.Messages) {
		return 0
	}
	return s.plan.Messages[i].Waited
}
