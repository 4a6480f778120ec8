package mockidp

import (
	"slices"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// How many of each kind a realm keeps in memory, under each of its issuers.
const (
	maxAnswered   = 16384
	maxSessions   = 16384
	maxApart      = 4096
	maxBrowsers   = 16384
	maxPushed     = 2048
	maxCodes      = 8192
	maxDevices    = 4096
	maxTokens     = 32768
	maxRevoked    = 32768
	maxFamilies   = 16384
	maxProofs     = 32768
	maxAssertions = 65536
	maxWatched    = 8192 // counts of failed attempts
	maxRegistered = 1000 // clients that registered themselves
)

// Limit is how many of one kind a realm keeps in memory, and what becomes of
// the oldest when one more comes. A full store makes room fairly: the oldest of
// whoever holds most gives way.
type Limit struct {
	Name  string // as in [Exchange.Limits]: "access-tokens"
	Most  int
	Of    string // what is kept
	Share string // whose share of it gives way first
	Then  string // what it means for what gives way
}

// The names of the limits.
const (
	limitAnswered      = "answered-forms"
	limitSessions      = "sessions"
	limitApart         = "sign-ins-apart"
	limitBrowsers      = "browsers"
	limitPushed        = "pushed-requests"
	limitCodes         = "codes"
	limitDevices       = "devices"
	limitTokens        = "access-tokens"
	limitRevoked       = "revoked-tokens"
	limitRefreshTokens = "refresh-tokens"
	limitProofs        = "dpop-proofs"
	limitAssertions    = "client-assertions"
	limitFailed        = "failed-attempts"
	limitRegistered    = "registered-clients"
)

// Limits lists them all. They are for each realm, and for each address by which
// it is an issuer.
func Limits() []Limit {
	return []Limit{
		{
			limitAnswered, maxAnswered, "forms that were answered in the last 10 minutes; open ones are not kept, their pages carry them", "address",
			"The same browser could send that form once more until it is 10 minutes old.",
		},
		{
			limitSessions, maxSessions, "sessions, each a person in a browser", "person",
			"The person signs in again when the next client asks; tokens stay good.",
		},
		{
			limitApart, maxApart, "sign-ins that began no session, by the password grant", "person",
			"An ID token of it can no longer be exchanged for another token.",
		},
		{
			limitBrowsers, maxBrowsers, "browsers that a person has signed in with", "person",
			"Failed attempts of others count for that person there as well.",
		},
		{limitPushed, maxPushed, "pushed requests", "client", "Its request_uri is unknown; the client pushes again."},
		{
			limitCodes, maxCodes, "authorization codes, used ones for as long as their access token lives", "person at a client",
			"A code that was not used is unknown, and the person signs in again. The second use of one that was is refused, " +
				"and does not revoke its tokens.",
		},
		{limitDevices, maxDevices, "device codes", "address", "The device asks for a new one."},
		{
			limitTokens, maxTokens, "opaque access tokens; of JWTs only what the claims parameter asked of UserInfo", "client",
			"An opaque token is unknown. A JWT stays as good as it was, and UserInfo leaves out what was asked for.",
		},
		{
			limitRevoked, maxRevoked, "what ended before its time: access tokens, authorizations and sign-ins, each with all tokens that came of it",
			"client or person", "Its JWTs are good again until they expire.",
		},
		{
			limitRefreshTokens, maxFamilies, "refresh tokens, one for each authorization", "person at a client",
			"It is unknown; the person signs in again.",
		},
		{
			limitProofs, maxProofs, "DPoP proofs that were used", "client",
			"The proof could be used again until it is too old, a minute and a half after it was made.",
		},
		{limitAssertions, maxAssertions, "client assertions that were used", "client", "The assertion could be used again until it expires."},
		{limitFailed, maxWatched, "counts of attempts that failed", "address", "Its count begins again."},
		{
			limitRegistered, maxRegistered, "clients that registered themselves", "all",
			"The client is unknown: first the oldest that was never used, then the one that was not used for longest.",
		},
	}
}

// LimitNamed returns the limit of that name.
func LimitNamed(name string) Limit {
	all := Limits()
	if i := slices.IndexFunc(all, func(l Limit) bool { return l.Name == name }); i >= 0 {
		return all[i]
	}
	return Limit{Name: name}
}

// fullness notes which limits of a realm made something give way, for whoever
// reads its log.
type fullness struct {
	mu      sync.Mutex // guards all below
	reached map[string]bool
	told    map[string]time.Time
}

// limitNews is how long nothing more is said of a limit once it was told.
const limitNews = time.Minute

func (f *fullness) note(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.reached == nil {
		f.reached, f.told = map[string]bool{}, map[string]time.Time{}
	}
	f.reached[name] = true
}

// news lists what was noted and not told in the last minute.
func (f *fullness) news(now time.Time) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var names []string
	for name := range f.reached {
		if last, told := f.told[name]; !told || now.Sub(last) >= limitNews {
			names = append(names, name)
			f.told[name] = now
		}
	}
	clear(f.reached)
	slices.Sort(names)
	return names
}

// newShelf returns a shelf that notes when it is full.
func newShelf[V any](full *fullness, name string, ttl time.Duration, most int) shelf.Shelf[V] {
	s := shelf.New[V](ttl, most)
	s.OnFull(func(shelf.Displaced[V]) { full.note(name) })
	return s
}

// shareOf is whose share of a shelf something is that a person gave a client.
func shareOf(c *Client, person *Person) string {
	if person == nil {
		return c.ClientID
	}
	return c.ClientID + "\x00" + person.Username
}

// clientIDOf returns the client_id of a client that may be unknown.
func clientIDOf(c *Client) string {
	if c == nil {
		return ""
	}
	return c.ClientID
}
