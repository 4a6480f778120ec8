package mockidp

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const (
	failureWindow        = time.Minute
	maxFailures          = 5 // of one browser or name
	maxFailuresOfAddress = 20
	maxWatched           = 8192 // browsers, names and addresses whose failed attempts are counted
)

// throttle counts the attempts that failed in a realm. Both of its issuers
// have the one: who guesses gets no second go under the other address.
type throttle struct {
	mu     sync.Mutex        // guards failed
	failed shelf.Shelf[*int] // by browser, name and address
}

func newThrottle() *throttle {
	return &throttle{failed: shelf.New[*int](failureWindow, maxWatched)}
}

// failures are the attempts that failed in the last minute, before this one:
// those of one browser or name, and those of one address.
type failures struct{ one, address int }

func (f failures) tooMany() bool {
	return f.one >= maxFailures || f.address >= maxFailuresOfAddress
}

// attempt is one guess at a password or a code.
type attempt struct {
	by     string // what the first count is of: "browser ..."
	at     string // what the second count is under; the address follows
	failed bool
	// familiar means that this browser has signed this person in before. The
	// others at its address, who may be everybody behind one router or on one
	// machine, cannot lock it out; its own failures still can.
	familiar bool
}

// countAttempt returns the failures so far and, when this attempt failed as
// well, adds it, in one step: requests sent all at once get no more guesses
// than requests sent one by one.
//
// Only failures are kept, and of one address only so many: whoever floods the
// shelf with attempts cannot push the counts out that stop them.
func (t *throttle) countAttempt(r *request, a attempt) failures {
	at := a.at + network(r.RemoteAddr)
	t.mu.Lock()
	defer t.mu.Unlock()
	before := failures{one: t.counted(a.by, r.Now), address: t.counted(at, r.Now)}
	if a.familiar {
		before.address = 0
	}
	if a.failed && !before.tooMany() {
		t.countUp(a.by, r.Now)
		if !a.familiar {
			t.countUp(at, r.Now)
		}
	}
	return before
}

// network returns what the attempts of one caller have in common: an IPv4
// address, or the 64 bits of an IPv6 address that are given to one customer.
func network(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() || ip.IsLoopback() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return host
	}
	return prefix.String()
}

// counted returns the count under key; the caller holds the lock.
func (t *throttle) counted(key string, now time.Time) int {
	if n, ok := t.failed.Get(key, now); ok {
		return *n
	}
	return 0
}

// countUp adds one to the count under key; the caller holds the lock.
func (t *throttle) countUp(key string, now time.Time) {
	if n, ok := t.failed.Get(key, now); ok {
		*n++
		return
	}
	n := 1
	t.failed.Put(key, &n, now)
}
