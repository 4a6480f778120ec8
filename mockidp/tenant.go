package mockidp

import (
	"cmp"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	browserLifetime = 30 * 24 * time.Hour

	maxForms      = 4096
	maxDevices    = 4096
	maxSessions   = 4096
	maxCodes      = 8192
	maxTokens     = 32768
	maxFamilies   = 8192
	maxAssertions = 65536
	maxWatched    = 8192 // browsers, names and addresses whose failed attempts are counted

	maxSessionsOfPerson = maxSessions / 4
	maxBrowsers         = 4096 // that signed somebody in

	maxFailures          = 5 // of one browser or name
	maxFailuresOfAddress = 20
)

// tenant is a realm under one issuer, with everything that it remembers.
type tenant struct {
	issuer       string
	path         string // of the issuer: "/realms/demo"
	secure       bool   // the issuer is https, so cookies are Secure
	name         string
	configured   map[string]*Client // those of the config; [tenant.client] knows all
	names        []string           // of people, in the order of the config
	people       map[string]*Person
	scopes       []Scope
	details      []AuthorizationDetailsType
	origins      map[string]bool
	dpopNonce    string        // Realm.DPoPNonce
	lifetimes    Lifetimes     // none of them zero but those of refresh tokens
	registration *Registration // nil: clients can't register themselves
	trouble      *troubles     // of the realm, under whichever issuer
	guesses      *throttle     // likewise

	mu       sync.Mutex // guards all below, and what it points to
	forms    shelf.Shelf[form]
	pushed   shelf.Shelf[*pushed]
	sessions shelf.Shelf[*session]
	codes    shelf.Shelf[*code]
	tokens   shelf.Shelf[*license] // by jti
	families shelf.Shelf[*family]
	browsers shelf.Shelf[struct{}] // that signed somebody in, by cookie and name
	proofs   shelf.Shelf[struct{}] // DPoP proofs that were used
	registry registry
	devices  deviceStore
	// assertions are those that clients have shown, by client and jti
	assertions shelf.Shelf[struct{}]
}

// form is a request that waits for the person: the state behind a sign-in,
// consent or logout page.
type form struct {
	id       string
	browser  string // the browser it was made for
	network  string // that asked for it
	request  *approved
	logout   *signOut // instead of request, behind the page that asks whether to sign out
	userCode bool     // instead of request, the page that asks for the code of a device
	session  string   // set once somebody signed in for it: the consent page
}

// session is a person signed in with one browser.
type session struct {
	id       string // secret, in the cookie
	visit    *visit
	person   *Person
	authTime time.Time
	consents map[string][]string // by client_id: scopes agreed to
}

// visit is what the sessions of one person in one browser have in common:
// signing in again goes on with it, signing out ends it.
type visit struct {
	sid     string // public, in the ID token
	ended   bool
	clients []string // that got tokens in it and want to be told when it ends
}

// code is an authorization code. It is kept past its lifetime, for as long as
// the access token it gave lives, so that a second use is noticed and undone.
type code struct {
	*approved
	person   *Person
	authTime time.Time
	visit    *visit
	issued   time.Time
	used     bool
	license  *license
	wishes   claimWishes // for the ID token
}

// license is what the tokens of one authorization have in common: they are
// revoked together.
type license struct {
	ended string // why its tokens are no longer good; empty while they are
	visit *visit // the one it ends with; nil when it goes on without

	wishes claimWishes // what UserInfo says besides the claims of scopes; never changed

	parent    *license // with which it ends too; nil for that of an authorization
	exchanges int      // that led here (RFC 8693)

	claims *accessClaims // what an opaque access token stands for; nil for any other
}

// over says why the tokens are no longer good, or "".
func (l *license) over() string {
	for ; l != nil; l = l.parent {
		if l.ended != "" {
			return l.ended
		}
		if l.visit != nil && l.visit.ended {
			return "the person signed out"
		}
	}
	return ""
}

func newTenant(r *Realm, base, path string) *tenant {
	lifetimes := r.Lifetimes.or(usualLifetimes())
	t := &tenant{
		issuer: base + path, path: path, secure: strings.HasPrefix(base, "https://"), name: r.Name,
		configured: map[string]*Client{}, people: map[string]*Person{}, scopes: r.Scopes, details: r.AuthorizationDetailsTypes,
		origins: map[string]bool{}, registration: r.Registration,
		forms:    shelf.New[form](formLifetime, maxForms),
		pushed:   shelf.New[*pushed](2*maxPushedLifetime, maxPushed), // one that comes late is told so
		sessions: shelf.New[*session](lifetimes.Session, maxSessions),
		codes:    shelf.New[*code](0, maxCodes),
		tokens:   shelf.New[*license](0, maxTokens),
		families: shelf.New[*family](0, maxFamilies),
		browsers: shelf.New[struct{}](browserLifetime, maxBrowsers),
		proofs:   shelf.New[struct{}](proofAge+proofAhead, maxProofs),

		lifetimes: lifetimes,
		dpopNonce: r.DPoPNonce,

		assertions: shelf.New[struct{}](maxAssertionLife+clockSkew, maxAssertions),
	}
	t.devices = newDeviceStore(r)
	for i := range r.Clients {
		c := &r.Clients[i]
		t.configured[c.ClientID] = c
		for _, origin := range webOrigins(c) {
			t.origins[origin] = true
		}
	}
	for i := range r.People {
		t.people[r.People[i].Username] = &r.People[i]
		t.names = append(t.names, r.People[i].Username)
	}
	return t
}

// anyClient reports whether what is said holds for at least one client of the
// config.
func (t *tenant) anyClient(which func(*Client) bool) bool {
	for _, c := range t.configured {
		if which(c) {
			return true
		}
	}
	return false
}

// personWith returns the person that a sub claim means, or nil.
func (t *tenant) personWith(subject string) *Person {
	for _, person := range t.people {
		if person.Subject == subject {
			return person
		}
	}
	return nil
}

func (t *tenant) scope(name string) *Scope {
	for i := range t.scopes {
		if t.scopes[i].Name == name {
			return &t.scopes[i]
		}
	}
	return nil
}

// allowedScopes lists what a client may ask for.
func (t *tenant) allowedScopes(c *Client) []string {
	if c.Scope != "" {
		return strings.Fields(c.Scope)
	}
	names := make([]string, 0, len(t.scopes))
	for _, s := range t.scopes {
		if s.Name != scopeOffline || c.mayRefresh() {
			names = append(names, s.Name)
		}
	}
	return names
}

func (t *tenant) session(id string, now time.Time) *session {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, _ := t.sessions.Get(id, now)
	if s != nil && s.visit.ended {
		return nil
	}
	return s
}

// agreed reports whether every scope was consented to in this session.
func (t *tenant) agreed(s *session, client string, scopes []string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(wire.Without(scopes, s.consents[client])) == 0
}

// decide remembers a consent for the rest of the session. What was asked and
// not granted now is not agreed to any more.
func (t *tenant) decide(s *session, client string, asked, granted []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.consents[client] = append(wire.Without(s.consents[client], asked), granted...)
}

func (t *tenant) putForm(f form, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, again := t.forms.Get(f.id, now); !again {
		t.forms.MakeRoom(func(other form) bool { return other.network == f.network }, now)
	}
	t.forms.Put(f.id, f, now)
}

func (t *tenant) form(id string, now time.Time) (form, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.forms.Get(id, now)
}

// takeForm removes a form and reports whether it was still there: of two
// requests with the same form only one gets it.
func (t *tenant) takeForm(id string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.forms.Get(id, now)
	t.forms.Remove(id)
	return ok
}

// putSession stores a session. Of one person there are only so many, and the
// oldest gives way: nobody's sessions push out those of other people.
func (t *tenant) putSession(s *session, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if oldest, n := t.sessionsOf(s.person); n >= maxSessionsOfPerson {
		t.sessions.Remove(oldest.id) // its tokens go on, as when it makes room for others
	}
	t.sessions.Put(s.id, s, now)
}

// sessionsOf returns the oldest session of a person and how many there are; the
// caller holds the lock.
func (t *tenant) sessionsOf(person *Person) (oldest *session, n int) {
	return t.sessions.Oldest(func(s *session) bool { return s.person == person })
}

func (t *tenant) endSession(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sessions.Remove(id)
}

func (t *tenant) putCode(value string, c *code, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.lifetimesOf(c.client)
	t.codes.PutFor(value, c, l.Code+l.AccessToken, now)
}

// revoke ends a license. The first reason stays.
func (t *tenant) revoke(l *license, why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l.ended = cmp.Or(l.ended, why)
}
