package mockidp

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// ActiveFault is a [Fault] that a realm has, and how often it has struck.
type ActiveFault struct {
	ID     int // for [Provider.ClearTrouble]
	Struck int
	Fault

	login uint64 // the authorization that took it on; 0 until one does
}

// troubles is the deliberate trouble of a realm, under whichever issuer.
type troubles struct {
	active atomic.Int32 // how many there are: a look at it is all that a provider without trouble pays
	moved  atomic.Int64 // how far the clock was moved, in nanoseconds

	mu   sync.Mutex // guards all below
	last int
	list []ActiveFault
}

func (tr *troubles) add(f Fault) (int, bool) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if len(tr.list) >= maxFaults {
		return 0, false
	}
	tr.last++
	tr.list = append(tr.list, ActiveFault{ID: tr.last, Fault: f})
	tr.active.Store(int32(len(tr.list))) //nolint:gosec // at most maxFaults
	return tr.last, true
}

func (tr *troubles) clear(id int) bool {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	before := len(tr.list)
	tr.list = slices.DeleteFunc(tr.list, func(a ActiveFault) bool { return id == 0 || a.ID == id })
	tr.active.Store(int32(len(tr.list))) //nolint:gosec // at most maxFaults
	return len(tr.list) < before
}

func (tr *troubles) all() []ActiveFault {
	if tr.active.Load() == 0 {
		return nil
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return slices.Clone(tr.list)
}

// strike takes the faults of a request that this moment is for, and counts
// them. One that struck as often as it should is gone.
func (tr *troubles) strike(now func(*ActiveFault) bool) []Fault {
	if tr.active.Load() == 0 {
		return nil
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	var struck []Fault
	for i := range tr.list {
		if a := &tr.list[i]; now(a) {
			a.Struck++
			struck = append(struck, a.Fault)
		}
	}
	tr.list = slices.DeleteFunc(tr.list, func(a ActiveFault) bool { return a.Times > 0 && a.Struck >= a.Times })
	tr.active.Store(int32(len(tr.list))) //nolint:gosec // at most maxFaults
	return struck
}

// takeOn gives a login the faults that wait for the next one of its client.
func (tr *troubles) takeOn(client string, login uint64) []ActiveFault {
	if tr.active.Load() == 0 || login == 0 {
		return nil
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	var taken []ActiveFault
	for i := range tr.list {
		if a := &tr.list[i]; a.OneLogin && a.login == 0 && (a.Client == "" || a.Client == client) {
			a.login = login
			taken = append(taken, *a)
		}
	}
	return taken
}

// isFor reports whether the fault may strike what comes of a login; 0 is none.
func (a *ActiveFault) isFor(client string, login uint64) bool {
	return (a.Client == "" || a.Client == client) && (!a.OneLogin || login != 0 && a.login == login)
}

type troubleKey struct{}

// troubleOf is the trouble that was chosen for one request, or nil.
func troubleOf(ctx context.Context) *troubles {
	tr, _ := ctx.Value(troubleKey{}).(*troubles)
	return tr
}

// strikeAt is strike with the trouble that was chosen for the request alone.
func (tr *troubles) strikeAt(ctx context.Context, now func(*ActiveFault) bool) []Fault {
	struck := tr.strike(now)
	if own := troubleOf(ctx); own != nil {
		struck = append(own.strike(now), struck...)
	}
	return struck
}

// clock returns what time the realm believes it is.
func (tr *troubles) clock(now time.Time) time.Time {
	if by := tr.moved.Load(); by != 0 {
		return now.Add(time.Duration(by))
	}
	return now
}

// apart returns how far the clock is from the real time.
func (tr *troubles) apart() time.Duration { return time.Duration(tr.moved.Load()) }

// move moves the clock, until ten years have been reached: a client that makes
// it jump at each request must not end at the end of time.
func (tr *troubles) move(by time.Duration) {
	for {
		old := tr.moved.Load()
		next := max(-int64(maxSkew), min(old+int64(by), int64(maxSkew)))
		if tr.moved.CompareAndSwap(old, next) {
			return
		}
	}
}

func recordTrouble(ctx context.Context, f Fault, spec trace.Spec, result trace.Result) trace.Check {
	c := trace.Check{
		By: trace.AuthorizationServer, ID: troubleID, Rule: deliberately(f), Spec: spec,
		Result: result, Reason: deliberately(f), Error: f.Error,
	}
	trace.Record(ctx, c)
	return c
}

func deliberately(f Fault) string {
	return "deliberate trouble: this provider is made to " + f.String()
}

// troubleID names deliberate trouble among the checks. It is no rule: nothing
// that a client does leads to it.
const troubleID = "deliberate-trouble"
