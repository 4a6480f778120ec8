package mockidp

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// tokens are the access tokens that a realm gave out.
//
// A JWT speaks for itself, and its jti says what it came from, see [lineage]. So
// what is remembered is what ended: tokens, authorizations and visits, however
// many tokens each of them has. An opaque token is nothing but what is kept of
// it.
type tokens struct {
	namer tokenNamer

	mu      sync.Mutex // guards all below
	kept    shelf.Shelf[*license]
	ended   shelf.Shelf[string] // why
	longest time.Duration       // that a token is good which was given out
	grants  uint64              // how many there were
	visits  uint64              // likewise
}

func newTokens(secret []byte, full *fullness) *tokens {
	return &tokens{
		namer: newTokenNamer(secret),
		kept:  newShelf[*license](full, limitTokens, 0, maxTokens),
		ended: newShelf[string](full, limitRevoked, 0, maxRevoked),
	}
}

// begin returns the license of an authorization. Its tokens end with the visit,
// unless that is nil.
func (all *tokens) begin(v *visit, wishes claimWishes) *license {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.grants++
	return &license{visit: v, grant: all.grants, wishes: wishes}
}

// visit returns a new visit.
func (all *tokens) visit(sid string) *visit {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.visits++
	return &visit{sid: sid, serial: all.visits}
}

// name gives a token that will live for a while its jti. What UserInfo is to say
// besides is remembered, if anything.
func (all *tokens) name(client string, l *license, drawn [drawnSize]byte, life time.Duration, now time.Time) (string, error) {
	jti, err := all.namer.name(l.lineage(), drawn)
	if err != nil {
		return "", err
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.longest = max(all.longest, life)
	if len(l.wishes) > 0 {
		all.kept.PutFor(client, jti, l.own(nil), life, now)
	}
	return jti, nil
}

// putOpaque remembers what a token stands for, and for a while longer than it
// is good, so that whoever brings it late is told that it expired.
func (all *tokens) putOpaque(claims *accessClaims, l *license, life time.Duration, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.longest = max(all.longest, life)
	all.kept.PutFor(claims.ClientID, claims.ID, l.own(claims), life+min(life, 10*time.Minute), now)
}

// license returns what a genuine token stands on.
func (all *tokens) license(jti string, now time.Time) *license {
	if l := all.kin(jti, now); l != nil {
		return l
	}
	line, _ := all.namer.read(jti)
	return line.license()
}

// kin returns what is kept of a token, or nil.
func (all *tokens) kin(jti string, now time.Time) *license {
	all.mu.Lock()
	defer all.mu.Unlock()
	l, _ := all.kept.Get(jti, now)
	return l
}

// opaque returns what an opaque token stands for, or nil.
func (all *tokens) opaque(token string, now time.Time) *accessClaims {
	if token == "" || strings.Contains(token, ".") {
		return nil
	}
	if l := all.kin(keys.Digest(token), now); l != nil {
		return l.claims
	}
	return nil
}

// over says why a genuine token is no longer good, or "" when it is.
func (all *tokens) over(jti string, now time.Time) string {
	l := all.license(jti, now)
	if why := l.over(); why != "" {
		return why
	}
	line := l.lineage()
	all.mu.Lock()
	defer all.mu.Unlock()
	for name := range strings.SplitSeq(jti+"."+line.from, ".") { // it ends with each of those that it came from by exchange
		if why, ended := all.ended.Get(name, now); ended {
			return why
		}
	}
	for _, name := range []string{grantName(line.grant), visitName(line.visit)} {
		if why, ended := all.ended.Get(name, now); ended {
			return why
		}
	}
	return ""
}

// revoke ends one token, with what it was exchanged for, and leaves the others
// of its authorization. What is over already stays over for its own reason.
func (all *tokens) revoke(token *jwt, why string, now time.Time) {
	if all.over(token.ID, now) != "" {
		return
	}
	own, _, _ := strings.Cut(token.ID, ".")
	all.note(token.ClientID, own, why, time.Unix(token.Expires, 0).Sub(now), now)
}

// end ends all tokens of an authorization. The owner is its client.
func (all *tokens) end(l *license, owner, why string, now time.Time) {
	l.end(why)
	all.note(owner, grantName(l.grant), why, all.life(), now)
}

// endVisit ends all tokens that came of a visit, and reports whether it went on
// until now. The owner is the person who made it.
func (all *tokens) endVisit(v *visit, owner string, now time.Time) bool {
	if v.ended.Swap(true) {
		return false
	}
	all.note(owner, visitName(v.serial), signedOut, all.life(), now)
	return true
}

// life is how long a token can be good that was given out until now.
func (all *tokens) life() time.Duration {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.longest
}

func (all *tokens) note(owner, name, why string, life time.Duration, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if life > 0 && name != "" {
		all.ended.PutFor(owner, name, why, life, now)
	}
}

func grantName(serial uint64) string { return serialName("grant ", serial) }
func visitName(serial uint64) string { return serialName("visit ", serial) }

func serialName(kind string, serial uint64) string {
	if serial == 0 {
		return ""
	}
	return kind + strconv.FormatUint(serial, 10)
}

// wishes returns what was asked of UserInfo when the token was asked for.
func (all *tokens) wishes(jti string, now time.Time) claimWishes {
	if l := all.kin(jti, now); l != nil {
		return l.wishes
	}
	return nil
}
