//go:build !race

package mockidp_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// grown returns how much the heap grew while what returns is kept.
func grown(do func()) int64 {
	size := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := size()
	do()
	return size() - before
}

func TestAnExchangeThatWaitsDoesNotKeepItsRequest(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	b := newBrowser(t, p)
	watch := p.Watch(1000)
	by := grown(func() {
		for range 1000 {
			b.post(tokenURL, "grant_type=authorization_code&an-unknown-parameter=x&y="+strings.Repeat("y", 60_000))
		}
		b.checks = nil
	})
	if by > 20<<20 {
		t.Errorf("%d exchanges keep %d KiB", len(watch.Exchanges()), by>>10)
	}
	watch.Stop()
}

// A provider that was watched serves like one that never was.
func TestAWatchThatHasEndedCostsNothing(t *testing.T) {
	cost := func(p *mockidp.Provider) float64 {
		b := newBrowser(t, p)
		b.get(oidcURL + "/certs")
		return testing.AllocsPerRun(200, func() { b.get(oidcURL + "/certs") })
	}
	p := newProvider(t, mockidp.Config{})
	never := cost(p)
	watch := p.Watch(1)
	during := cost(p)
	watch.Stop()
	if after := cost(p); after > never+2 || during <= never {
		t.Errorf("%g allocations before, %g during, %g after", never, during, after)
	}
}
