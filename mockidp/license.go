package mockidp

import "sync/atomic"

const signedOut = "the person signed out"

// license is what the tokens of one authorization have in common: they are
// revoked together.
type license struct {
	ended atomic.Pointer[string] // why its tokens are no longer good; nil while they are
	visit *visit                 // the one it ends with; nil when it goes on without

	wishes claimWishes // what UserInfo says besides the claims of scopes; never changed

	grant     uint64   // number of the authorization; 0 where nobody could end it
	parent    *license // with which it ends too; nil for that of an authorization
	exchanges int      // that led here (RFC 8693)
	from      string   // the access tokens that were exchanged, see lineage

	claims *accessClaims // what an opaque access token stands for; nil for any other
}

// end makes the tokens good no longer. The first reason stays.
func (l *license) end(why string) { l.ended.CompareAndSwap(nil, &why) }

// over says why the tokens are no longer good, or "".
func (l *license) over() string {
	for ; l != nil; l = l.parent {
		if why := l.ended.Load(); why != nil {
			return *why
		}
		if l.visit != nil && l.visit.ended.Load() {
			return signedOut
		}
	}
	return ""
}

// own returns a license for one token, so that it can end alone.
func (l *license) own(claims *accessClaims) *license {
	return &license{parent: l, exchanges: l.exchanges, from: l.from, wishes: l.wishes, claims: claims}
}

// visit is what the sessions of one person in one browser have in common:
// signing in again goes on with it, signing out ends it.
type visit struct {
	serial  uint64  // by which its tokens name it
	sid     string  // public, in the ID token of clients that are told of its end
	signIns []int64 // when the person signed in, in seconds since 1970; guarded by the sessions
	ended   atomic.Bool
	readers []reader // who got tokens in it and wants to be told when it ends; guarded by the sessions
}

// reader is a client that got tokens, and the issuer that they name.
type reader struct{ client, issuer string }
