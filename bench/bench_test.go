//go:build bench

// Package bench measures the whole program against the aims that
// docs/performance.md explains. "make bench" runs it; without the build tag
// nothing of it exists, so that no ordinary test run waits for it.
//
// Every figure is a ratio to something that is measured in the same run, or a
// time on this machine. A missed aim is reported and fails nothing. The
// packages have benchmarks of their own parts beside them.
package bench_test

import (
	"os"
	"testing"
)

// BenchmarkAims measures everything once and prints the table.
func BenchmarkAims(b *testing.B) {
	t := &table{}
	b.Run("window", func(b *testing.B) { measureWindows(b, t) })
	b.Run("home", func(b *testing.B) { measureHome(b, t) })
	b.Run("search", func(b *testing.B) { measureSearch(b, t) })
	b.Run("next", func(b *testing.B) { measureNext(b, t) })
	b.Run("flow", func(b *testing.B) { measureFlow(b, t) })
	b.Run("rehearsals", func(b *testing.B) { measureRehearsals(b, t) })
	b.Run("long", func(b *testing.B) { measureLong(b, t) })
	b.Run("provider", func(b *testing.B) { measureProvider(b, t) })
	b.Run("serve", func(b *testing.B) { measureServe(b, t) })
	t.print(os.Stdout)
}
