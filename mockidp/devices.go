package mockidp

import (
	"cmp"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// devices are those of a realm that wait for a person's answer.
type devices struct {
	lifetime time.Duration // of the realm

	mu     sync.Mutex // guards the shelves, and what changes of each device
	byCode shelf.Shelf[*device]
	byUser shelf.Shelf[*device] // by user code, without the dash
}

func newDevices(r *Realm, full *fullness) devices {
	usual := cmp.Or(r.Lifetimes.DeviceCode, deviceCodeLifetime)
	longest := usual
	for i := range r.Clients {
		longest = max(longest, r.Clients[i].Lifetimes.DeviceCode)
	}
	return devices{
		lifetime: usual,
		// One that comes late is told for a while that it is late, as is who answers for it on a form.
		byCode: newShelf[*device](full, limitDevices, 2*longest+2*formLifetime, maxDevices),
		byUser: newShelf[*device](full, limitDevices, longest, maxDevices),
	}
}

// lifetimeFor returns how long a code of this client is good.
func (all *devices) lifetimeFor(c *Client) time.Duration {
	return cmp.Or(c.Lifetimes.DeviceCode, all.lifetime)
}

// put stores a device, unless another one that waits has its user code.
func (all *devices) put(letters string, d *device, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	if _, taken := all.byUser.Get(letters, now); taken {
		return false
	}
	d.userCode = letters[:userCodeLength/2] + "-" + letters[userCodeLength/2:]
	all.byCode.PutOf(d.network, d.code, d, now)
	all.byUser.PutOf(d.network, letters, d, now)
	return true
}

// showing returns the device that waits under a user code, or nil: for one that
// is late, answered or made up there is no difference.
func (all *devices) showing(typed string, now time.Time) *device {
	all.mu.Lock()
	defer all.mu.Unlock()
	d, ok := all.byUser.Get(userCodeLettersOf(typed), now)
	if !ok || d.expired(now) || d.answered() {
		return nil
	}
	return d
}

// under returns the device to which a device code was given, or nil.
func (all *devices) under(code string, now time.Time) *device {
	all.mu.Lock()
	defer all.mu.Unlock()
	d, _ := all.byCode.Get(code, now)
	return d
}

// poll is a device asking whether it is allowed in. When it is, this is the one
// time that it gets tokens: of two requests at most one does.
func (all *devices) poll(code string, c *Client, now time.Time) *devicePoll {
	all.mu.Lock()
	defer all.mu.Unlock()
	d, ok := all.byCode.Get(code, now)
	// As a code does, a consent that was not yet used goes with the session.
	if !ok || d.allowed != nil && !d.used && d.allowed.license.over() != "" {
		return nil
	}
	poll := &devicePoll{device: d, expired: d.expired(now), usedBefore: d.used, refused: d.refused, allowed: d.allowed, wait: d.interval}
	if !d.client.is(c) || poll.expired || poll.usedBefore || poll.refused {
		return poll
	}
	if d.allowed != nil {
		d.used = true
		return poll
	}
	if !d.asked.IsZero() && now.Sub(d.asked) < d.interval {
		d.interval += deviceInterval
		poll.hasty, poll.wait = true, d.interval
	}
	d.asked = now
	return poll
}

// hold keeps every other person from answering for a device while one does.
func (all *devices) hold(d *device, now time.Time) devicePoll {
	all.mu.Lock()
	defer all.mu.Unlock()
	poll := devicePoll{device: d, expired: d.expired(now)}
	if !d.held && !d.answered() && !poll.expired {
		poll.held, d.held = true, true
	}
	return poll
}

// settle ends a hold: with a consent, with a refusal or, when neither was
// given, with the device waiting on.
func (all *devices) settle(poll *devicePoll, by *deviceConsent, refused bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if poll.held {
		d := poll.device
		d.held, d.allowed, d.refused = false, by, refused
		if d.answered() {
			all.byUser.Remove(userCodeLettersOf(d.userCode))
		}
	}
}

// forget removes what waits for a client.
func (all *devices) forget(client string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	of := func(d *device) bool { return d.client.ClientID == client }
	all.byCode.RemoveIf(of)
	all.byUser.RemoveIf(of)
}
