package mockidp

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// ActiveFault is a [Fault] that a realm has, and how often it has struck.
type ActiveFault struct {
	ID     int // for [Provider.ClearTrouble]
	Struck int
	Fault
}

// troubles is the deliberate trouble of a realm, under whichever issuer.
type troubles struct {
	active atomic.Int32 // how many there are: a look at it is all that a provider without trouble pays
	moved  atomic.Int64 // how far the clock was moved, in nanoseconds

	mu   sync.Mutex // guards all below
	last int
	list []ActiveFault
}

// Trouble adds deliberate trouble to a realm and returns the number by which it
// is cleared. The error says what is wrong with it, and what would be allowed.
func (p *Provider) Trouble(realm string, f Fault) (int, error) {
	t, err := p.realm(realm)
	if err == nil {
		err = p.mischief.checkFault(t, f)
	}
	if err != nil {
		return 0, fmt.Errorf("trouble: %w", err)
	}
	id, ok := t.trouble.add(f)
	if !ok {
		return 0, fmt.Errorf("trouble: realm %s has %d faults already; clear some first", realm, maxFaults)
	}
	return id, nil
}

// ClearTrouble ends one fault of a realm, or with the number 0 all of them. It
// reports whether there was one. A clock that was moved stays where it is.
func (p *Provider) ClearTrouble(realm string, id int) bool {
	t, err := p.realm(realm)
	return err == nil && t.trouble.clear(id)
}

// Troubles lists the faults of a realm that can still strike.
func (p *Provider) Troubles(realm string) []ActiveFault {
	t, err := p.realm(realm)
	if err != nil {
		return nil
	}
	return t.trouble.all()
}

func (p *Provider) realm(name string) (*tenant, error) {
	if t := p.tenants["/realms/"+name]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("there is no realm %q", name)
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

// clock returns what time the realm believes it is.
func (tr *troubles) clock(now time.Time) time.Time {
	if by := tr.moved.Load(); by != 0 {
		return now.Add(time.Duration(by))
	}
	return now
}

// move moves the clock, until ten years have been reached: a client that makes
// it jump at each request must not end at the end of time.
func (tr *troubles) move(by time.Duration) {
	for {
		old := tr.moved.Load()
		next := min(old+int64(by), int64(maxSkew))
		if tr.moved.CompareAndSwap(old, next) {
			return
		}
	}
}
