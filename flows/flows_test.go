package flows_test

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// provider makes the identity provider as the command does, with the demo key.
func provider(tb testing.TB) func(stage.Env) (http.Handler, error) {
	tb.Helper()
	keys, err := demoKeys()
	if err != nil {
		tb.Fatal(err)
	}
	return onstage.Provider(keys)
}

// demoKeys are those of all runs, as in the window.
var demoKeys = sync.OnceValues(mockidp.DemoKeys) //nolint:gochecknoglobals // the same bytes are signed once

// english is what the pages on stage say.
func english(t *testing.T) *catalog.Catalog {
	t.Helper()
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	return say
}

// anyPorts lets the system choose where the cast listens: those of a classroom
// are the same for everybody on this machine, and no test may need them.
func anyPorts() []int { return []int{0, 0, 0, 0} }

// freePorts are three that nobody listens on, for runs that have to meet there again.
func freePorts(t *testing.T) []int {
	t.Helper()
	var ports []int
	for range 4 {
		ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = ln.Close() }() // not before the third, or two would be the same
		if at, ok := ln.Addr().(*net.TCPAddr); ok {
			ports = append(ports, at.Port)
		}
	}
	return ports
}

// walk plays the flow with PKCE to its end in classroom mode.
func walk(t *testing.T, c stage.Choices) *trace.Trace {
	t.Helper()
	return play(t, flows.Default(), c)
}

// start begins the flow with PKCE, by which whatever holds for every flow is tested.
func start(t *testing.T, o flows.Options) *flows.Walk {
	t.Helper()
	flow, ok := flows.Find("authorization-code-pkce")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	return startFlow(t, flow, o)
}

func startFlow(t *testing.T, flow flows.Flow, o flows.Options) *flows.Walk {
	t.Helper()
	o.Say = english(t)
	w, err := flows.Start(t.Context(), flow, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func finish(t *testing.T, w *flows.Walk) *trace.Trace {
	t.Helper()
	if err := w.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	return w.Trace()
}
