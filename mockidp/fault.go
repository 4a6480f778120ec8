package mockidp

import (
	"fmt"
	"slices"
	"strings"
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
	FaultRotateKeys     FaultKind = "rotate-keys"         // new keys sign from now on
	FaultMoveClock      FaultKind = "move-clock"          // the realm's clock goes forward by By, and stays so
	FaultForgetSession  FaultKind = "forget-session"      // whoever asks is signed in no longer
	FaultForgetSessions FaultKind = "forget-all-sessions" // nobody is signed in to the realm any longer
)

// FaultKinds lists them.
func FaultKinds() []FaultKind {
	return slices.Concat([]FaultKind{FaultError, FaultUnavailable, FaultDelay, FaultDrop}, spoils(),
		[]FaultKind{FaultRotateKeys, FaultMoveClock, FaultForgetSession, FaultForgetSessions})
}

// spoils lists the kinds that spoil a token.
func spoils() []FaultKind {
	return []FaultKind{
		FaultExpired, FaultWrongIssuer, FaultWrongAudience, FaultWrongNonce, FaultTampered, FaultNoKeyID, FaultUnknownKeyID, FaultUnsigned,
	}
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

// String says what the fault makes the provider do, as the end of the sentence
// "This provider is made to …".
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.deed())
	if f.Endpoint != "" && !slices.Contains(spoils(), f.Kind) && f.Kind != FaultError {
		b.WriteString(" at the " + string(f.Endpoint) + " endpoint")
	}
	if f.Client != "" {
		b.WriteString(" for client " + f.Client)
	}
	switch f.Times {
	case 0:
	case 1:
		b.WriteString(", once")
	default:
		fmt.Fprintf(&b, ", %d times", f.Times)
	}
	return b.String()
}

func (f Fault) deed() string {
	token := map[string]string{tokenAccess: "access tokens", tokenID: "ID tokens", "": "access and ID tokens"}[f.Token]
	switch f.Kind {
	case FaultError:
		return "answer " + f.Error + " at the " + string(f.Endpoint) + " endpoint"
	case FaultUnavailable:
		return "be unavailable"
	case FaultDelay:
		return "answer " + f.By.String() + " late"
	case FaultDrop:
		return "close the connection without an answer"
	case FaultExpired:
		return "give out expired " + token
	case FaultWrongIssuer:
		return "give out " + token + " with the wrong issuer"
	case FaultWrongAudience:
		return "give out " + token + " with the wrong audience"
	case FaultTampered:
		return "give out " + token + " that were changed after signing"
	case FaultWrongNonce:
		return "give out ID tokens with the nonce of another request"
	case FaultNoKeyID:
		return "give out " + token + " without a kid"
	case FaultUnknownKeyID:
		return "give out " + token + " with a kid that nobody publishes"
	case FaultUnsigned:
		return "give out unsigned " + token + " (alg none)"
	case FaultRotateKeys:
		return "sign with new keys"
	case FaultMoveClock:
		return "move its clock forward by " + f.By.String()
	case FaultForgetSession:
		return "forget the session of whoever asks"
	}
	return "forget every session"
}
