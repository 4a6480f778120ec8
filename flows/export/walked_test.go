package export_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

// walked returns a run of every flow, and one for each of its mistakes. They
// are played once for all tests; nobody changes what they read.
func walked(t *testing.T) map[string]*trace.Trace {
	t.Helper()
	runs, err := everyRun()
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

// mistaken is the run of a flow with one of its mistakes, and the happy run where it names none.
func mistaken(t *testing.T, f flows.Flow, mistake string) *trace.Trace {
	t.Helper()
	tr, ok := walked(t)[runName(f, mistake)]
	if !ok {
		t.Fatalf("there is no run %s", runName(f, mistake))
	}
	return tr
}

func runName(f flows.Flow, mistake string) string {
	if mistake == "" {
		return f.ID
	}
	return f.ID + " " + mistake
}

// firstWith reports whether a flow is the first that has a mistake: others change the same request in the same way.
func firstWith(f flows.Flow, mistake string) bool {
	for _, other := range flows.All() {
		if _, has := other.Mistake(mistake); has {
			return other.ID == f.ID
		}
	}
	return false
}

// demoKeys are those of all runs, as in the window.
var demoKeys = sync.OnceValues(mockidp.DemoKeys) //nolint:gochecknoglobals // the same bytes are signed once

var everyRun = sync.OnceValues(playEveryRun) //nolint:gochecknoglobals // playing them for each test takes most of the time

func playEveryRun() (map[string]*trace.Trace, error) {
	keys, err := demoKeys()
	if err != nil {
		return nil, err
	}
	o := flows.Options{Provider: onstage.Provider(keys), Classroom: true}
	runs := map[string]*trace.Trace{"fixture": happy(), "refused fixture": refused()}
	for _, f := range flows.All() {
		for _, m := range append([]flows.Mistake{{}}, f.Mistakes...) {
			name := runName(f, m.ID)
			if runs[name], err = playThrough(f, m, o); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return runs, nil
}

// playSwitched plays a flow with other values of its switches.
func playSwitched(f flows.Flow, switches map[string]string) (*trace.Trace, error) {
	keys, err := demoKeys()
	if err != nil {
		return nil, err
	}
	choices := stage.Choices{Switches: switches}
	return playThrough(f, flows.Mistake{}, flows.Options{Provider: onstage.Provider(keys), Classroom: true, Choices: choices})
}

// playThrough plays a flow to its end. What is planned is what then happens, so nobody waits for that.
func playThrough(f flows.Flow, m flows.Mistake, o flows.Options) (tr *trace.Trace, err error) {
	ctx := context.Background()
	if m.ID == "" {
		return flows.Rehearse(ctx, f, o)
	}
	w, err := flows.Start(ctx, f, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	_, err = w.Try(ctx, m)
	return w.Plan(), err
}
