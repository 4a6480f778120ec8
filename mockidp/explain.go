package mockidp

import (
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// Explained is what [Provider.Explain] needs of a *testing.T.
type Explained interface {
	Helper()
	Cleanup(func())
	Failed() bool
	Log(args ...any)
}

// explainedLast is how much of a test is kept for [Provider.Explain]: more than
// any one login has.
const explainedLast = 512

// newTape is for the provider of one test.
func newTape() *tape.Tape { return tape.New(tape.Bounds{Exchanges: explainedLast, Bytes: 8 << 20}) }

// Explain writes into the log of a test why its logins failed, when the test
// has failed: the cause, what shows it and the section that it goes against.
// Call it once, anywhere in the test; it looks when the test ends, and where
// that has failed already, now as well. What [Start] served is looked at: the
// last 512 exchanges, of which secrets are shown by their beginning only. Of a
// provider that Start did not make it knows nothing, and says so.
func (p *Provider) Explain(tb Explained) {
	tb.Helper()
	var once sync.Once
	tell := func() {
		if tb.Failed() {
			once.Do(func() { tb.Log(p.explanation()) })
		}
	}
	tb.Cleanup(tell)
	tell()
}

// explanation is what there is to say so far.
func (p *Provider) explanation() string {
	if p.crossed == nil {
		return "mockidp: there is nothing to explain, because nobody kept what crossed; mockidp.Start does"
	}
	joiner := logins.NewJoiner()
	found, _ := p.crossed.After(0, explainedLast)
	for i := range found {
		if found[i].Event == nil {
			_, _ = joiner.Add(&found[i].Request, &found[i].Answer)
		}
	}
	known := p.Known()
	known.Ended = true
	var said []string
	for _, d := range diagnosis.Of(joiner.Log(), known) {
		if d.Failed() {
			said = append(said, d.String())
		}
	}
	if len(said) == 0 {
		return "mockidp: the provider refused nothing, and no cause of a failed login shows in what it was asked"
	}
	return "mockidp: why the login failed\n" + strings.Join(said, "\n")
}

// CodeLifetime is how long an authorization code of a client is good (RFC 6749
// section 4.1.2); 0 where there is no such realm or client.
func (p *Provider) CodeLifetime(realm, client string) time.Duration {
	t, err := p.realm(realm)
	if err != nil {
		return 0
	}
	c := t.clients.get(client)
	if c == nil {
		return 0
	}
	return t.lifetimesOf(c).Code
}

// Known is what a diagnosis may know of a provider besides what crossed: its clients.
func (p *Provider) Known() diagnosis.Known {
	var known diagnosis.Known
	for i := range p.cfg.Realms {
		realm := &p.cfg.Realms[i]
		for j := range realm.Clients {
			c := &realm.Clients[j]
			one := diagnosis.Client{ID: c.ClientID, Realm: realm.Name, RedirectURIs: c.RedirectURIs, Secrets: c.FurtherSecrets}
			if c.ClientSecret != "" {
				one.Secrets = append([]string{c.ClientSecret}, one.Secrets...)
			}
			known.Clients = append(known.Clients, one)
		}
	}
	return known
}
