//go:build bench

package bench_test

import (
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

const pairs = 100 // plays on each side, in turn

// measureFlow plays the flow in memory and, in turn, over loopback with other
// people's libraries as the client. Both sign with the same keys: two
// signatures, and two that are verified.
func measureFlow(b *testing.B, t *table) {
	b.Helper()
	keys, err := mockidp.GenerateKeys()
	if err != nil {
		b.Fatal(err)
	}
	libraries := newLibraries(b, keys)
	options := flows.Options{Provider: onstage.Provider(keys), Say: english(b)}
	flow := flows.Default()
	var rehearsals, walks, others []float64
	for b.Loop() {
		for range pairs {
			rehearsal, both := play(b, flow, options)
			rehearsals, walks = append(rehearsals, milliseconds(rehearsal)), append(walks, milliseconds(both))
			from := time.Now()
			libraries.logIn(b)
			others = append(others, milliseconds(time.Since(from)))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	once, both := against("the whole flow in memory", "ms", rehearsals, others, 1),
		against("the same, rehearsed and then walked", "ms", walks, others, 0)
	t.put(once)
	t.put(both)
	b.ReportMetric(once.ours, "ms/play")
	b.ReportMetric(both.ours, "ms/rehearsal+walk")
	b.ReportMetric(once.baseline, "ms/libraries")
}

// play returns how long it takes to start a walk, which plays the whole flow
// once as the rehearsal and sets the stage again, and with walking it to its end.
func play(b *testing.B, flow flows.Flow, o flows.Options) (rehearsal, both time.Duration) {
	b.Helper()
	from := time.Now()
	w, err := flows.Start(b.Context(), flow, o)
	if err != nil {
		b.Fatal(err)
	}
	rehearsal = time.Since(from)
	if err := w.Finish(b.Context()); err != nil {
		b.Fatal(err)
	}
	both = time.Since(from)
	if state := w.Trace().Outcome.State; state != trace.Completed {
		b.Fatalf("the flow ended %s", state)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return rehearsal, both
}

// english is what the pages on stage say.
func english(b *testing.B) *catalog.Catalog {
	b.Helper()
	say, err := tutorials.Catalog("en")
	if err != nil {
		b.Fatal(err)
	}
	return say
}
