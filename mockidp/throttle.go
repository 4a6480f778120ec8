package mockidp

import (
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const (
	failureWindow = time.Minute
	maxFailures   = 5   // of one person in one browser, or of one name at the token endpoint
	maxFailuresOf = 100 // of one person in all browsers, or of one address at the codes of devices

	// mostFailuresOfAddress is more than anybody can count as a limit.
	mostFailuresOfAddress = 10_000
)

// throttle counts the attempts that failed in a realm. Both of its issuers
// have the one: who guesses gets no second go under the other address.
type throttle struct {
	ofAddress int // Realm.FailedSignInsPerAddress; 0: they are not counted

	mu     sync.Mutex        // guards failed
	failed shelf.Shelf[*int] // by what each count is of
}

func newThrottle(ofAddress int, full *fullness) *throttle {
	return &throttle{ofAddress: ofAddress, failed: newShelf[*int](full, limitFailed, failureWindow, maxWatched)}
}

// failures are the attempts that failed in the last minute, before this one.
type failures struct {
	one, all  int // see attempt
	address   int
	ofAddress int // how many of an address are too many; 0: none are
}

func (f failures) tooMany() bool {
	return f.one >= maxFailures || f.all >= maxFailuresOf || f.ofThisAddress()
}

// ofThisAddress reports whether too many are of one address.
func (f failures) ofThisAddress() bool { return f.ofAddress > 0 && f.address >= f.ofAddress }

// allowed and counted say in words how many may fail, and how many did.
func (f failures) allowed(one, all string) string {
	words := "fewer than " + strconv.Itoa(maxFailures) + " of this " + one
	if all != "" {
		words += ", " + strconv.Itoa(maxFailuresOf) + " of this " + all
	}
	if f.ofAddress > 0 {
		words += ", " + strconv.Itoa(f.ofAddress) + " of this address"
	}
	return words
}

func (f failures) counted(all string) string {
	words := strconv.Itoa(f.one)
	if all != "" {
		words += ", " + strconv.Itoa(f.all)
	}
	if f.ofAddress > 0 {
		words += ", " + strconv.Itoa(f.address)
	}
	return words
}

// attempt is one guess at a password or a code.
type attempt struct {
	one    string // what the first count is of: a person in a browser
	all    string // what the second is of: a person in all browsers; empty for none
	signIn bool   // it counts for the address, where that is counted
	failed bool
	// familiar means that this browser has signed this person in before. Others,
	// who may be everybody behind one router or on one machine, cannot lock it
	// out; its own failures still can.
	familiar bool
}

// countAttempt returns the failures so far and, when this attempt failed as
// well, adds it, in one step: requests sent all at once get no more guesses
// than requests sent one by one.
//
// Whoever shares an address, as a class does behind one router, is not counted
// together unless the realm says so.
func (t *throttle) countAttempt(r *request, a attempt) failures {
	from := network(r.RemoteAddr)
	address := "address " + from
	t.mu.Lock()
	defer t.mu.Unlock()
	before := failures{one: t.counted(a.one, r.Now)}
	if a.signIn {
		before.ofAddress = t.ofAddress
	}
	if !a.familiar {
		before.all, before.address = t.counted(a.all, r.Now), t.counted(address, r.Now)
	}
	if !a.failed || before.tooMany() {
		return before
	}
	t.countUp(from, a.one, r.Now)
	if a.familiar {
		return before
	}
	if a.all != "" {
		t.countUp("", a.all, r.Now)
	}
	if before.ofAddress > 0 {
		t.countUp("", address, r.Now)
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

// countUp adds one to the count under key; the caller holds the lock. Counts of
// one browser are owned by its address, so that whoever floods the shelf with
// browsers pushes out those, and not the counts that stop them.
func (t *throttle) countUp(owner, key string, now time.Time) {
	if n, ok := t.failed.Get(key, now); ok {
		*n++
		return
	}
	n := 1
	t.failed.PutOf(owner, key, &n, now)
}
