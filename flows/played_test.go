package flows_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Classroom runs are the same every time, so each is played once for all tests
// that read it. Nobody changes what they read.

// happy is the run in which nobody chooses anything; the others are named by
// what is otherwise in them.
const (
	happy         = "happy"
	mistakePrefix = "mistake-"
)

// kept names the runs of a flow that have a golden.
func kept(f flows.Flow) []string {
	names := slices.Sorted(maps.Keys(stories()[f.ID].runs))
	for _, m := range f.Mistakes {
		names = append(names, mistakePrefix+m.ID)
	}
	return names
}

// known names all the ways in which a flow is known to go.
func known(f flows.Flow) []string {
	return append(kept(f), slices.Sorted(maps.Keys(stories()[f.ID].more))...)
}

// run is one of the known ways, played to its end.
func run(t *testing.T, f flows.Flow, name string) *trace.Trace {
	t.Helper()
	if id, ok := strings.CutPrefix(name, mistakePrefix); ok {
		m, ok := f.Mistake(id)
		if !ok {
			t.Fatalf("%s: there is no mistake %s", f.ID, id)
		}
		return mistaken(t, f, m)
	}
	story := stories()[f.ID]
	c, ok := story.runs[name]
	if !ok {
		if c, ok = story.more[name]; !ok {
			t.Fatalf("%s: there is no run %s", f.ID, name)
		}
	}
	return play(t, f, c)
}

// play plays a flow to its end in classroom mode.
func play(t *testing.T, f flows.Flow, c stage.Choices) *trace.Trace {
	t.Helper()
	return once(t, f, c, nil)
}

// mistaken plays a run with a classic mistake.
func mistaken(t *testing.T, f flows.Flow, m flows.Mistake) *trace.Trace {
	t.Helper()
	return once(t, f, stage.Choices{}, &m)
}

// played holds what has been played, by flow, choices and mistake.
var played sync.Map //nolint:gochecknoglobals // playing it again for each test takes most of the time

// once plays a flow with what somebody chose and the mistake that they made, if any, for whoever asks first.
func once(t *testing.T, f flows.Flow, c stage.Choices, m *flows.Mistake) *trace.Trace {
	t.Helper()
	chosen, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	key := f.ID + " " + string(chosen)
	if m != nil {
		key += " " + mistakePrefix + m.ID
	}
	entry, _ := played.LoadOrStore(key, sync.OnceValues(func() (*trace.Trace, error) { return playThrough(f, c, m) }))
	read, ok := entry.(func() (*trace.Trace, error))
	if !ok {
		t.Fatalf("%s is kept as a %T", key, entry)
	}
	tr, err := read()
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return tr
}

// playThrough plays for all tests, so that it can't end with one of them.
func playThrough(f flows.Flow, c stage.Choices, m *flows.Mistake) (tr *trace.Trace, err error) {
	ctx := context.Background()
	keys, err := demoKeys()
	if err != nil {
		return nil, err
	}
	say, err := tutorials.Catalog("en")
	if err != nil {
		return nil, err
	}
	w, err := flows.Start(ctx, f, flows.Options{Provider: onstage.Provider(keys), Classroom: true, Choices: c, Say: say})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if m != nil {
		if err := makeMistake(ctx, w, *m); err != nil {
			return nil, err
		}
	}
	if err := w.Finish(ctx); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(w.Plan(), w.Trace()) { // who only looks at a run looks at its plan
		differ := cmp.Diff(transcript.Of(w.Plan()), transcript.Of(w.Trace()))
		return nil, fmt.Errorf("%s: what happened is not what was planned:\n%s", f.ID, differ)
	}
	return w.Trace(), nil
}

func makeMistake(ctx context.Context, w *flows.Walk, m flows.Mistake) error {
	_, err := w.Try(ctx, m)
	return err
}

func indexOf(t *testing.T, tr *trace.Trace, step string) int {
	t.Helper()
	for i := range tr.Messages {
		if tr.Messages[i].Step == step {
			return i
		}
	}
	t.Fatalf("the run has no step %s", step)
	return -1
}
