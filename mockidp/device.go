package mockidp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const (
	deviceCodeLifetime = 10 * time.Minute
	deviceInterval     = 5 * time.Second // between two questions of a device; also what a hasty one gets on top (RFC 8628 section 3.5)

	// The letters of user codes: no vowels, so no words, and nothing that is
	// easily taken for something else (RFC 8628 section 6.1). Eight of 20
	// letters are 34.5 bits.
	userCodeLetters = "BCDFGHJKLMNPQRSTVWXZ"
	userCodeLength  = 8
	userCodes       = 25_600_000_000 // 20 to the power of 8
)

// device is a device that waits for somebody to allow it in (RFC 8628).
type device struct {
	client   *Client
	scopes   []string
	details  []detail
	code     string // device_code
	userCode string // as it is shown: WDJB-MJHT
	lifetime time.Duration
	issued   time.Time
	network  string // that asked for it

	// Guarded by the tenant.
	interval time.Duration
	asked    time.Time // when the device asked last; zero before it did
	held     bool      // a person's answer is just being taken
	refused  bool
	allowed  *deviceConsent // nil until somebody agreed
	used     bool           // tokens were given out
}

// deviceConsent is who let a device in.
type deviceConsent struct {
	scopes   []string // that the person agreed to
	person   *Person
	authTime time.Time
	visit    *visit
	license  *license
}

// devicePoll is what a request found under its code, read and claimed in one
// step.
type devicePoll struct {
	*device
	expired    bool
	usedBefore bool
	refused    bool
	hasty      bool          // it asked again before the interval was over
	wait       time.Duration // the interval from now on
	allowed    *deviceConsent
	held       bool // this request may answer for the device
}

// maxDeviceLifetime bounds how long strangers may guess at a user code (RFC
// 8628 section 5.1).
const maxDeviceLifetime = time.Hour

func checkDeviceLifetime(l Lifetimes) error {
	if l.DeviceCode < 0 || l.DeviceCode > maxDeviceLifetime {
		return fmt.Errorf("lifetimes: device code: %s is not between 0, which is the default, and %s: as long as it is good, its user code can be guessed (RFC 8628 section 5.1)", l.DeviceCode, maxDeviceLifetime)
	}
	return nil
}

// deviceStore keeps the devices that wait. The tenant's lock guards it.
type deviceStore struct {
	lifetime time.Duration // of the realm
	byCode   shelf.Shelf[*device]
	byUser   shelf.Shelf[*device] // by user code, without the dash
}

func newDeviceStore(r *Realm) deviceStore {
	s := deviceStore{lifetime: r.Lifetimes.DeviceCode}
	if s.lifetime == 0 {
		s.lifetime = deviceCodeLifetime
	}
	longest := s.lifetime
	for i := range r.Clients {
		longest = max(longest, r.Clients[i].Lifetimes.DeviceCode)
	}
	// A device that comes late is told for a while that it is late.
	s.byCode = shelf.New[*device](2*longest, maxDevices)
	s.byUser = shelf.New[*device](longest, maxDevices)
	return s
}

// forget removes what waits for a client.
func (s *deviceStore) forget(clientID string) {
	of := func(d *device) bool { return d.client.ClientID == clientID }
	s.byCode.RemoveIf(of)
	s.byUser.RemoveIf(of)
}

// lifetimeFor returns how long a code of this client is good.
func (s *deviceStore) lifetimeFor(c *Client) time.Duration {
	if c.Lifetimes.DeviceCode > 0 {
		return c.Lifetimes.DeviceCode
	}
	return s.lifetime
}

var errUserCodesTaken = errors.New("Config.Rand draws only user codes that are in use")

// beginDevice stores a new device with codes of its own.
func (p *Provider) beginDevice(t *tenant, c *Client, scopes []string, details []detail, r *request) (*device, error) {
	code, err := p.random(32)
	if err != nil {
		return nil, err
	}
	d := &device{
		client: c, scopes: scopes, details: details, code: code, lifetime: t.devices.lifetimeFor(c), issued: r.Now, interval: deviceInterval,
		network: network(r.RemoteAddr),
	}
	for range 16 { // among at most 4096 codes in use, a second try is already rare
		letters, err := p.userCode()
		if err != nil {
			return nil, err
		}
		if t.putDevice(letters, d, r.Now) {
			return d, nil
		}
	}
	return nil, errUserCodesTaken
}

// userCode draws eight letters. Of 2^64 values, which are no multiple of the
// number of codes, no code is more than a billionth likelier than another.
func (p *Provider) userCode() (string, error) {
	p.randMu.Lock()
	defer p.randMu.Unlock()
	var drawn [8]byte
	if _, err := io.ReadFull(p.cfg.Rand, drawn[:]); err != nil {
		return "", errors.Join(errNoRandomness, err)
	}
	n := binary.BigEndian.Uint64(drawn[:]) % userCodes
	letters := make([]byte, userCodeLength)
	for i := range letters {
		letters[i] = userCodeLetters[n%uint64(len(userCodeLetters))]
		n /= uint64(len(userCodeLetters))
	}
	return string(letters), nil
}

// putDevice stores a device, unless another one that waits has its user code.
func (t *tenant) putDevice(letters string, d *device, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, taken := t.devices.byUser.Get(letters, now); taken {
		return false
	}
	of := func(other *device) bool { return other.network == d.network }
	t.devices.byCode.MakeRoom(of, now)
	t.devices.byUser.MakeRoom(of, now)
	d.userCode = letters[:userCodeLength/2] + "-" + letters[userCodeLength/2:]
	t.devices.byCode.Put(d.code, d, now)
	t.devices.byUser.Put(letters, d, now)
	return true
}

// userCodeLettersOf reads what a person typed: case, dashes and spaces do not
// matter (RFC 8628 section 6.1).
func userCodeLettersOf(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			r += 'A' - 'a'
		}
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, typed)
}

// deviceShowing returns the device that waits under a user code, or nil: for
// one that is late, answered or made up there is no difference.
func (t *tenant) deviceShowing(typed string, now time.Time) *device {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, ok := t.devices.byUser.Get(userCodeLettersOf(typed), now)
	if !ok || d.expired(now) || d.answered() {
		return nil
	}
	return d
}

func (d *device) expired(now time.Time) bool { return now.Sub(d.issued) >= d.lifetime }

func (d *device) answered() bool { return d.refused || d.allowed != nil }

// pollDevice is a device asking whether it is allowed in. When it is, this is
// the one time that it gets tokens: of two requests at most one does.
func (t *tenant) pollDevice(code string, c *Client, now time.Time) *devicePoll {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, ok := t.devices.byCode.Get(code, now)
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

// holdDevice keeps every other person from answering for a device while one
// does.
func (t *tenant) holdDevice(d *device, now time.Time) devicePoll {
	t.mu.Lock()
	defer t.mu.Unlock()
	poll := devicePoll{device: d, expired: d.expired(now)}
	if !d.held && !d.answered() && !poll.expired {
		poll.held, d.held = true, true
	}
	return poll
}

// settleDevice ends a hold: with a consent, with a refusal or, when neither
// was given, with the device waiting on.
func (t *tenant) settleDevice(poll *devicePoll, by *deviceConsent, refused bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if poll.held {
		d := poll.device
		d.held, d.allowed, d.refused = false, by, refused
		if d.answered() {
			t.devices.byUser.Remove(userCodeLettersOf(d.userCode))
		}
	}
}

// consentTo is what a person who agrees gives to a device. The device's tokens
// end when the person signs out, unless offline_access was agreed to.
func consentTo(scopes []string, s *session) *deviceConsent {
	l := &license{visit: s.visit}
	if slices.Contains(scopes, scopeOffline) {
		l.visit = nil
	}
	return &deviceConsent{scopes: scopes, person: s.person, authTime: s.authTime, visit: s.visit, license: l}
}
