package mockidp

import (
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const maxTokens = 32768

// tokens are the access tokens that a realm gave out, by jti.
type tokens struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[*license]
}

func newTokens() tokens { return tokens{kept: shelf.New[*license](0, maxTokens)} }

// put remembers a token for as long as it is good.
func (all *tokens) put(jti string, l *license, life time.Duration, now time.Time) {
	all.keep(jti, l.own(nil), life, now)
}

// putOpaque remembers what a token stands for, and for a while longer than it
// is good, so that whoever brings it late is told that it expired.
func (all *tokens) putOpaque(claims *accessClaims, l *license, life time.Duration, now time.Time) {
	all.keep(claims.ID, l.own(claims), life+min(life, 10*time.Minute), now)
}

func (all *tokens) keep(jti string, l *license, life time.Duration, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutFor(jti, l, life, now)
}

// license returns what a token stands on, or nil.
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

// over says why a token is no longer good, or "" when it is.
func (all *tokens) over(jti string, now time.Time) string {
	l := all.license(jti, now)
	if l == nil {
		return "nobody here remembers it"
	}
	return l.over()
}

// revoke ends one token, with what it was exchanged for, and leaves the others
// of its authorization. What is over already stays over for its own reason.
func (all *tokens) revoke(jti, why string, now time.Time) {
	if l := all.license(jti, now); l != nil && l.over() == "" {
		l.end(why)
	}
}

// wishes returns what was asked of UserInfo when the token was asked for.
func (all *tokens) wishes(jti string, now time.Time) claimWishes {
	if l := all.license(jti, now); l != nil {
		return l.wishes
	}
	return nil
}
