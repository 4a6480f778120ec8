package mockidp

import (
	"strings"
	"time"
)

const (
	deviceInterval = 5 * time.Second // between two questions of a device; also what a hasty one gets on top (RFC 8628 section 3.5)

	// The letters of user codes: no vowels, so no words, and nothing that is
	// easily taken for something else (RFC 8628 section 6.1). Eight of 20
	// letters are 34.5 bits.
	userCodeLetters = "BCDFGHJKLMNPQRSTVWXZ"
	userCodeLength  = 8
	userCodes       = 25_600_000_000 // 20 to the power of 8
)

// device is a device that waits for somebody to allow it in (RFC 8628).
type device struct {
	issuer   string // by which the device knows the provider
	client   *Client
	scopes   []string
	details  []detail
	code     string // device_code
	userCode string // as it is shown: WDJB-MJHT
	lifetime time.Duration
	issued   time.Time
	network  string // that asked for it

	// Guarded by the devices.
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
	if d := l.DeviceCode; d != 0 && (d < time.Second || d > maxDeviceLifetime) {
		return wrong("lifetimes.device_code", "%s must be between 1s and %s, because as long as it is good, its user code can be guessed "+
			"(RFC 8628 section 5.1); leave it out for the usual one", d, maxDeviceLifetime)
	}
	return nil
}

// userCode draws eight letters. Of 2^64 values, which are no multiple of the
// number of codes, no code is more than a billionth likelier than another.
func userCode(draw *source) (string, error) {
	drawn, err := draw.number()
	if err != nil {
		return "", err
	}
	n := drawn % userCodes
	letters := make([]byte, userCodeLength)
	for i := range letters {
		letters[i] = userCodeLetters[n%uint64(len(userCodeLetters))]
		n /= uint64(len(userCodeLetters))
	}
	return string(letters), nil
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

func (d *device) expired(now time.Time) bool { return now.Sub(d.issued) >= d.lifetime }

func (d *device) answered() bool { return d.refused || d.allowed != nil }
