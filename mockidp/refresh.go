package mockidp

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// family is the refresh tokens that follow one another from one
// authorization. At any time exactly one of them is good; each is told from
// its forerunners by its second half, so that a family takes the same memory
// however often it is renewed.
type family struct {
	*authorized
	id    string
	began time.Time // with the session or, where it goes on after that, with the consent

	// Guarded by the families.
	current string // the second half of the token that is good
	before  string // that of the one before, which is good in the grace period
	busy    bool   // that token is just being exchanged
	issued  time.Time
	sender  *keys.Confirmation // what whoever uses the token must prove to have; nil for nothing
}

// rotation is what a request found under its refresh token, read and claimed
// in one step.
type rotation struct {
	*family
	secret     string // the second half of the token that was brought
	usedBefore bool
	late       bool               // it is the one before, brought in the grace period
	over       string             // why the family is at an end; empty while it is not
	sender     *keys.Confirmation // as the token was given out
	claimed    bool               // this request may exchange the token
	idle, age  time.Duration
	limit      refreshLifetime // of idle and age
}

// next puts the next refresh token in the place of the one before; the caller
// holds the lock, once others know the family.
//
// A refresh token is nothing that a client can read (RFC 6749 section 1.5), but
// Keycloak's are JWTs, and its adapter decodes the middle part before anything
// else. So there is one, which says when the token ends if it is not used.
func (f *family) next(secret string, limit refreshLifetime, now time.Time) (string, error) {
	ends := now.Add(limit.idle)
	if last := f.began.Add(limit.total); last.Before(ends) {
		ends = last
	}
	middle, err := json.Marshal(map[string]int64{"exp": unix(ends)})
	if err != nil {
		return "", fmt.Errorf("write a refresh token: %w", err)
	}
	f.before = f.current
	f.current, f.busy, f.issued = wire.Base64URL(middle)+"."+secret, false, now
	return f.id + "." + f.current, nil
}

// bindTo binds the refresh token that is about to be given out. The caller
// holds the families' lock, or nobody else knows the family yet. A confidential
// client is bound by proving who it is, and may change its key meanwhile (RFC
// 9449 section 5).
func (f *family) bindTo(bound *keys.Confirmation) {
	if f.client.Public() {
		f.sender = bound
	}
}
