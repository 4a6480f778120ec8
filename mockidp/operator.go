package mockidp

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// What the operator of a realm does by hand, as in the console of a real
// provider. [Provider.Control] offers the same to other programs.

// SignedIn is a session: a person who is signed in with one browser.
type SignedIn struct {
	ID       string    // for [Provider.EndSession]; tells nobody the cookie
	Username string    //
	Since    time.Time // on the clock of the realm
	Clients  []string  // client_ids that got tokens in it and want to be told of its end
}

// MoveClock moves the clock of a realm forward, or back where by is negative,
// and returns how far it is from the real time now. No clock is further from it
// than ten years. What was given out stays as it is: going back makes nothing
// good again that a request in between ended.
func (p *Provider) MoveClock(realm string, by time.Duration) (time.Duration, error) {
	t, err := p.realm(realm)
	if err != nil {
		return 0, fmt.Errorf("move the clock: %w", err)
	}
	if by < -MaxClockMove || by > MaxClockMove {
		return 0, fmt.Errorf("move the clock: %w", wrong("by", "%s is more than %s at once; move it several times", by, MaxClockMove))
	}
	t.trouble.move(by)
	return t.trouble.apart(), nil
}

// ClockMoved returns how far the clock of a realm is from the real time.
func (p *Provider) ClockMoved(realm string) (time.Duration, error) {
	t, err := p.realm(realm)
	if err != nil {
		return 0, err
	}
	return t.trouble.apart(), nil
}

// RotateRealmKeys is [Provider.RotateKeys] for one realm, and for whoever shares
// its keys.
func (p *Provider) RotateRealmKeys(realm string) error {
	t, err := p.realm(realm)
	if err != nil {
		return fmt.Errorf("rotate keys: %w", err)
	}
	return p.mischief.rotateKeys(t)
}

// SignedIn lists the sessions of a realm, the newest first.
func (p *Provider) SignedIn(realm string) ([]SignedIn, error) {
	var all []SignedIn
	err := p.eachOf(realm, func(t *tenant) { all = append(all, t.sessions.list(p.nowIn(t))...) })
	slices.SortFunc(all, func(a, b SignedIn) int { return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(a.ID, b.ID)) })
	return all, err
}

// EndSession signs a person out of one session, as if they had done it: its
// tokens end, but for those of offline_access, and its clients are told by the
// back channel. Nobody sits at a browser, so the front channel tells nobody.
func (p *Provider) EndSession(realm, id string) error {
	t, found, err := p.sessionNamed(realm, id)
	if err != nil {
		return err
	}
	_, err = p.herald.endVisit(t, found, p.nowIn(t))
	return err
}

// TellLogout sends a logout token (OpenID Connect Back-Channel Logout 1.0
// section 2.5) to the clients of a session, which goes on: for whoever tries out
// what a client does then. It returns the client_ids of those that are told.
func (p *Provider) TellLogout(realm, id string) (told []string, err error) {
	t, found, err := p.sessionNamed(realm, id)
	if err != nil {
		return nil, err
	}
	for _, r := range t.sessions.readersOf(found) {
		said, err := p.herald.tellReader(t, found, r, p.nowIn(t))
		if err != nil {
			return told, err
		}
		if said {
			told = append(told, r.client)
		}
	}
	if len(told) == 0 {
		return nil, errors.New("no client of this session has a backchannel_logout_uri; add the key to its [[realm.client]] and sign in again")
	}
	return told, nil
}

// RevokePerson takes back all that a person allowed: every session ends and its
// clients are told; codes, refresh tokens and the access tokens that came with
// them are worth nothing, those of offline_access too. Access tokens of the
// password grant that came without a refresh token last until they expire.
func (p *Provider) RevokePerson(realm, username string) error {
	t, err := p.realm(realm)
	if err == nil {
		_, err = t.person(username)
	}
	if err != nil {
		return fmt.Errorf("revoke: %w", err)
	}
	err = p.eachSession(realm, func(t *tenant, s *session) error {
		if s.person.Username != username {
			return nil
		}
		_, err := p.herald.endVisit(t, s, p.nowIn(t))
		return err
	})
	if err != nil {
		return err
	}
	return p.eachOf(realm, func(t *tenant) { t.revoke(username, p.nowIn(t)) })
}

// HeldBy counts what a client of a realm and a person still have; an empty name
// is anybody. It is what ends with a client or person that the config has no more.
func (p *Provider) HeldBy(realm, client, username string) (Holdings, error) {
	var all Holdings
	err := p.eachOf(realm, func(t *tenant) { all = all.plus(t.held(client, username, p.nowIn(t))) })
	return all, err
}
