package mockidp

import (
	"slices"
	"time"
)

// Fault is deliberate trouble: something that the provider does wrong because
// it was asked to, so that a client can show what it does then. It is set with
// Realm.Faults, [Provider.Trouble] or [Provider.Control]. A provider without
// faults makes no trouble.
type Fault struct {
	// Kind is what happens: one of [FaultKinds].
	Kind FaultKind
	// Endpoint is where: one of [Endpoints]. Empty means at every endpoint of
	// the realm.
	Endpoint Endpoint
	// Client is the client_id of whom it strikes; empty means everybody.
	Client string
	// Error is the code to answer with, for the kind "error" only: one that
	// the endpoint's own standard allows, see [FaultErrors].
	Error string
	// Token is which token is spoilt, for the kinds that spoil one:
	// "access_token" or "id_token"; empty means both.
	Token string
	// By is how long "delay" delays, at most 10 s, or how far "move-clock"
	// moves the clock each time, at most a year.
	By time.Duration
	// Times is how often it strikes; zero means until it is cleared.
	Times int
	// OneLogin has it strike a single login: the next one that is answered, and
	// all that comes of it. Where it is not set, it strikes whoever comes.
	OneLogin bool
	// Value is what is put in the place of the right one, for the kinds that say so.
	Value string
}

// FaultKind is a kind of trouble.
type FaultKind string

// The kinds of trouble.
const (
	FaultError          FaultKind = "error"               // the endpoint answers with Error and does nothing
	FaultUnavailable    FaultKind = "unavailable"         // it answers 503 with Retry-After and does nothing
	FaultDelay          FaultKind = "delay"               // it answers late
	FaultDrop           FaultKind = "drop"                // it does its work, and the connection ends without an answer
	FaultExpired        FaultKind = "expired-token"       // the token expired before it was given out
	FaultWrongIssuer    FaultKind = "wrong-issuer"        // iss is somebody else's
	FaultWrongAudience  FaultKind = "wrong-audience"      // aud is somebody else
	FaultTampered       FaultKind = "tampered-token"      // the claims were changed after signing
	FaultWrongNonce     FaultKind = "wrong-nonce"         // the ID token's nonce is that of another request
	FaultNoKeyID        FaultKind = "no-kid"              // the token is well signed and does not say with which key
	FaultUnknownKeyID   FaultKind = "unknown-kid"         // the token is well signed and names a key that nobody publishes
	FaultUnsigned       FaultKind = "unsigned-token"      // the token has alg none and no signature
	FaultFuture         FaultKind = "future-token"        // nbf and iat are an hour away
	FaultFurtherAud     FaultKind = "further-audience"    // aud names somebody else besides
	FaultNoNonce        FaultKind = "no-nonce"            // the ID token lacks the nonce that was asked for
	FaultWrongAtHash    FaultKind = "wrong-at-hash"       // the ID token's at_hash is that of another access token
	FaultForeignKey     FaultKind = "foreign-key"         // signed by somebody else, who names our key
	FaultOwnKey         FaultKind = "own-key"             // signed by somebody else, whose key is in the header
	FaultHMAC           FaultKind = "hmac-token"          // HS256, with our public key as the secret
	FaultNoIDToken      FaultKind = "no-id-token"         // the token response has none
	FaultOldIDToken     FaultKind = "replayed-id-token"   //nolint:gosec // a name; Value stands in the place of the ID token
	FaultOtherAccess    FaultKind = "other-access-token"  // the access token was given to somebody else
	FaultTokenType      FaultKind = "unknown-token-type"  // token_type is one that nobody knows
	FaultOtherUserInfo  FaultKind = "other-userinfo"      // UserInfo speaks of somebody else
	FaultWrongState     FaultKind = "wrong-state"         // the authorization response has another state, Value if that is set
	FaultNoState        FaultKind = "no-state"            // it has none
	FaultWrongAnswerIss FaultKind = "wrong-response-iss"  // its iss is another provider's, Value if that is set
	FaultNoAnswerIss    FaultKind = "no-response-iss"     // it has none, though the metadata promise one
	FaultOldCode        FaultKind = "replayed-code"       // its code is Value
	FaultOtherCode      FaultKind = "injected-code"       // its code is that of somebody else's login
	FaultRotateKeys     FaultKind = "rotate-keys"         // new keys sign from now on
	FaultMoveClock      FaultKind = "move-clock"          // the realm's clock goes forward by By, and stays so
	FaultForgetSession  FaultKind = "forget-session"      // whoever asks is signed in no longer
	FaultForgetSessions FaultKind = "forget-all-sessions" // nobody is signed in to the realm any longer
)

// FaultKinds lists them.
func FaultKinds() []FaultKind {
	return slices.Concat([]FaultKind{FaultError, FaultUnavailable, FaultDelay, FaultDrop}, spoils(), swaps(), answerFaults(),
		[]FaultKind{FaultOtherUserInfo, FaultRotateKeys, FaultMoveClock, FaultForgetSession, FaultForgetSessions})
}

// spoils lists the kinds that spoil a token.
func spoils() []FaultKind {
	return []FaultKind{
		FaultExpired, FaultWrongIssuer, FaultWrongAudience, FaultWrongNonce, FaultFurtherAud, FaultFuture, FaultNoNonce,
		FaultWrongAtHash, FaultTampered, FaultNoKeyID, FaultUnknownKeyID, FaultForeignKey, FaultOwnKey, FaultHMAC, FaultUnsigned,
	}
}

// ofIDTokens lists those of them that an access token has no claim for.
func ofIDTokens() []FaultKind { return []FaultKind{FaultWrongNonce, FaultNoNonce, FaultWrongAtHash} }

// swaps lists the kinds that change what stands beside a token in a token response.
func swaps() []FaultKind {
	return []FaultKind{FaultNoIDToken, FaultOldIDToken, FaultOtherAccess, FaultTokenType}
}

// answerFaults lists the kinds that change an authorization response.
func answerFaults() []FaultKind {
	return []FaultKind{FaultWrongState, FaultNoState, FaultWrongAnswerIss, FaultNoAnswerIss, FaultOldCode, FaultOtherCode}
}

// The tokens that can be spoilt.
const (
	tokenAccess = "access_token"
	tokenID     = "id_token"
)

const (
	maxFaults = 64 // of a realm at one time
	maxSkew   = 10 * MaxClockMove
	maxTimes  = 1_000_000
)

// How much a [Fault] takes at most. A server that gives up reading after 15 s, as
// ours does, would end a longer delay by itself.
const (
	MaxDelay     = 10 * time.Second
	MaxClockMove = 366 * 24 * time.Hour
)
