// Package stage is the cast of every flow and the network between them: a
// [Browser] with cookies, an app such as the [WebApp] with its login button, an
// [API] that guards mails or invoices, an identity provider that is handed in as an http.Handler, and
// a person, [User], who clicks, types and decides.
//
// Start with [New]; a flow then only says what the person does. Everything
// that crosses [Network] is written into one trace and stops at a gate first.
// Time and randomness come from the stage alone, so that a run with the same
// [Options] repeats byte for byte.
//
// The package knows no particular flow, no words for learners, no screen, and
// no particular identity provider. What its pages say comes from the catalog
// that it is handed.
package stage

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Transport says what carries the messages.
type Transport string

const (
	// Memory hands each request to its receiver within the process. Nothing is opened.
	Memory Transport = "memory"
	// Loopback sends each request through TCP on 127.0.0.1, where other programs can watch it.
	Loopback Transport = "loopback"
)

// Limits of the stage.
const (
	MaxMessages = 500       // messages in one run; a loop of redirects ends here
	MaxBody     = 256 << 10 // bytes in one body
	maxHops     = 10        // redirects that the browser follows in a row
)

// Options describe one run. Two runs with equal options make equal traces.
type Options struct {
	Flow      string    // id of the flow, written into the trace
	Seed      [32]byte  // all randomness
	Start     time.Time // what the stage's clock shows at first
	Classroom bool      // leaves out what can't repeat: real durations, chosen ports
	Transport Transport // zero: Memory
	Cast      Cast
	// Ports are those of the client, the provider and the API over Loopback; a
	// zero lets the system choose. Nil: the three of a classroom, else the system's choice.
	Ports   []int
	Choices Choices
	// Say is the language of the pages; nil: pages say the ids of texts.
	Say *catalog.Catalog

	// Provider makes the identity provider for this run.
	Provider func(Env) (http.Handler, error)
	// Name gives each message its step and chapter. request is the request that m answers, or nil.
	Name func(m, request *trace.Message) (step, chapter string)
	// Gate is called with every message before it crosses and returns when it may; nil: at once.
	Gate func(context.Context, *trace.Message) error
}

// Env is what an identity provider needs to know of the stage that it stands on.
type Env struct {
	BaseURL string // where it is reached: "https://idp.example"
	// Audience is the API's identifier, for the aud of access tokens with one of Scopes.
	Audience string
	Scopes   []string
	// Client is how the app of the flow is registered.
	Client Registration
	// Registers says that the app registers itself, with the [LetterOfIntroduction] and for its own grants.
	Registers bool
	// Certificates says that apps may prove by a certificate who they are.
	Certificates bool
	// Other is how the second app is; no ID where there is none.
	Other Registration
	// Outbound is by what the provider calls apps; nil: by nothing of the stage's.
	Outbound *http.Client
	Now      func() time.Time
	Rand     io.Reader
	// Say is the language of the pages, as in [Options].
	Say *catalog.Catalog
}

// Stage is the cast of one run. Use it from one goroutine.
type Stage struct {
	Browser  *Browser
	User     *User
	API      *API
	Provider http.Handler

	network *network
	clock   *clock
	choices Choices
	say     *catalog.Catalog
	cast    Cast
	at      addresses
	seed    [32]byte
	key     ed25519.PrivateKey // the client's, where it signs
	errands *errands           // the provider's
}

// ErrTooLong means that a run did not end within [MaxMessages].
var ErrTooLong = errors.New("the run does not end: too many messages")

// New sets up the cast. Call [Stage.Close] when the run is over. The context
// ends every wait at the gate.
func New(ctx context.Context, o Options) (*Stage, error) {
	o.Choices.Person = o.Cast.person(o.Choices)
	key := keyFor(o.Seed, "client key")
	if o.Cast.Client.AuthMethod == AuthKey && !o.Cast.Registers {
		o.Cast.Client.Keys = publicKeys(key, assertionKeyID)
	}
	s := &Stage{clock: &clock{now: o.Start}, choices: o.Choices, say: o.Say, cast: o.Cast, seed: o.Seed, key: key}
	s.network = newNetwork(ctx, s.clock, o)
	var err error
	if s.at, err = s.network.listen(o); err != nil {
		return nil, fmt.Errorf("set the stage: %w", err)
	}
	s.API = s.newAPI()
	s.errands = newErrands(ctx)
	s.cast.Client, s.cast.Other = o.Cast.Client.at(s.at.client), o.Cast.Other.at(s.at.other)
	s.Provider, err = o.Provider(Env{
		BaseURL: s.at.provider, Audience: s.at.api, Scopes: o.Cast.API.Scopes(), Client: s.cast.Client, Other: s.cast.Other,
		Registers: o.Cast.Registers, Certificates: o.Cast.Client.AuthMethod == AuthTLS,
		Outbound: &http.Client{Transport: s.errands},
		Now:      s.clock.Now, Rand: stream(o.Seed, "provider"), Say: o.Say,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("set the stage: provider: %w", err), s.network.close())
	}
	s.Browser = newBrowser(ctx, s.network.port(trace.UserAgent, trace.Front))
	s.User = &User{browser: s.Browser, stage: s, choices: o.Choices}
	s.network.raise(trace.AuthorizationServer, s.Provider)
	s.network.raise(trace.ResourceServer, s.API)
	return s, nil
}

// Context ends with the run.
func (s *Stage) Context() context.Context { return s.network.ctx }

// Issuer returns the issuer that the app asks (OpenID Connect Core 1.0 section 2).
func (s *Stage) Issuer() string { return s.at.provider + issuerPath }

// Chosen returns the value that the learner chose for a switch of the flow, or
// the one that it has unless somebody does.
func (s *Stage) Chosen(id, otherwise string) string {
	if v := s.choices.Switches[id]; v != "" {
		return v
	}
	return otherwise
}

// newAPI is the API of a run: of one issuer, whose tokens name it by its own
// address. It asks about tokens on stage, and has read the keys before.
func (s *Stage) newAPI() *API {
	asker := s.cast.asker()
	one := Trusted{
		Issuer: s.Issuer(), Audience: func(string, string) string { return s.at.api },
		Opaque: asker.ID != "", ClientID: asker.ID, ClientSecret: asker.Secret,
	}
	return &API{
		guard: s.cast.API, provider: &http.Client{Transport: s.network.offstage()},
		asks:     &http.Client{Transport: s.network.port(trace.ResourceServer, trace.Back)},
		audience: s.at.api, trusted: []Trusted{one}, way: cmp.Or(s.cast.Way, ByKeys), remembers: s.cast.Remembers, now: s.clock.Now,
	}
}

// party is what every app of a story works with.
func (s *Stage) party() party {
	return party{
		Registration: s.cast.Client, key: s.key, kid: assertionKeyID, guard: s.cast.API, say: s.say,
		base: s.at.client, issuer: s.Issuer(), api: s.at.api,
		port: s.network.port(trace.Client, trace.Back), offstage: s.network.offstage(),
		note: s.network.note, now: s.clock.Now, random: stream(s.seed, "client"),
	}
}

// Trace returns what has crossed so far. It is safe to read while no message is on its way.
func (s *Stage) Trace() *trace.Trace { return s.network.trace }

// Now is the time on the stage's clock.
func (s *Stage) Now() time.Time { return s.clock.Now() }

// Ports returns the ports that the cast listens on, in the order of [Options].Ports; nil in memory.
func (s *Stage) Ports() []int { return s.network.carry.ports() }

// Close ends every listener. It does not end the run; the context given to [New] does.
func (s *Stage) Close() error {
	s.errands.end()
	return s.network.close()
}

// ProviderName is what the story calls the identity provider: "Log in with Demo".
const ProviderName = "Demo"

// issuerPath is where the story's realm lives on the provider.
const issuerPath = "/realms/demo"

// CheckHost says so when a changed URL would leave the cast. base is the URL as it was, ref the new one; "" is no change.
func (s *Stage) CheckHost(base, ref string) error {
	if ref == "" {
		return nil
	}
	u, err := url.Parse(resolve(base, ref))
	if err != nil {
		return fmt.Errorf("the URL cannot be read (RFC 3986): %w", err)
	}
	if _, ok := s.network.carry.role(u.Host); !ok {
		return fmt.Errorf("%w; the cast is at %s", &NoSuchHostError{Host: u.Host}, strings.Join(s.network.carry.hosts(), ", "))
	}
	return nil
}
