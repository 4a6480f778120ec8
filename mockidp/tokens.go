package mockidp

import (
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// tokens are the access tokens that a realm gave out, by jti.
//
// A JWT speaks for itself: one that was forgotten to make room for others is as
// good as it says, because what is kept of it is only what could end it before
// its time. So what was ended is remembered apart from what lives, and nothing
// that lives can push it out. An opaque token is nothing but what is kept of it.
type tokens struct {
	mu    sync.Mutex // guards kept and ended
	kept  shelf.Shelf[*license]
	ended shelf.Shelf[string] // why, of JWTs that were forgotten or revoked
}

func newTokens(full *fullness) *tokens {
	all := &tokens{
		kept:  shelf.New[*license](0, maxTokens),
		ended: newShelf[string](full, limitRevoked, 0, maxRevoked),
	}
	all.kept.OnFull(func(gone shelf.Displaced[*license]) {
		full.note(limitTokens)
		if why := gone.Value.over(); why != "" && gone.Value.claims == nil {
			all.ended.PutFor(gone.Owner, gone.Key, why, gone.Left, gone.Now)
		}
	})
	return all
}

// put remembers a token of a client for as long as it is good.
func (all *tokens) put(client, jti string, l *license, life time.Duration, now time.Time) {
	all.keep(client, jti, l.own(nil), life, now)
}

// putOpaque remembers what a token stands for, and for a while longer than it
// is good, so that whoever brings it late is told that it expired.
func (all *tokens) putOpaque(claims *accessClaims, l *license, life time.Duration, now time.Time) {
	all.keep(claims.ClientID, claims.ID, l.own(claims), life+min(life, 10*time.Minute), now)
}

func (all *tokens) keep(client, jti string, l *license, life time.Duration, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutFor(client, jti, l, life, now)
}

// license returns what a token stands on, or nil when that was forgotten.
func (all *tokens) license(jti string, now time.Time) *license {
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
	if l := all.license(keys.Digest(token), now); l != nil {
		return l.claims
	}
	return nil
}

// over says why a genuine token is no longer good, or "" when it is.
func (all *tokens) over(jti string, now time.Time) string {
	all.mu.Lock()
	defer all.mu.Unlock()
	if l, kept := all.kept.Get(jti, now); kept {
		return l.over()
	}
	why, _ := all.ended.Get(jti, now)
	return why
}

// revoke ends one token, with what it was exchanged for, and leaves the others
// of its authorization. What is over already stays over for its own reason.
func (all *tokens) revoke(token *jwt, why string, now time.Time) {
	if l := all.license(token.ID, now); l != nil {
		if l.over() == "" {
			l.end(why)
		}
		return
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if left := time.Unix(token.Expires, 0).Sub(now); left > 0 {
		all.ended.PutFor(token.ClientID, token.ID, why, left, now)
	}
}

// wishes returns what was asked of UserInfo when the token was asked for.
func (all *tokens) wishes(jti string, now time.Time) claimWishes {
	if l := all.license(jti, now); l != nil {
		return l.wishes
	}
	return nil
}
