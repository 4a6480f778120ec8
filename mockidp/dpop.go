package mockidp

import (
	"crypto/hmac"
	"crypto/sha256"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// DPoP binds tokens to a key of the client's (RFC 9449). internal/keys reads a
// proof, dpop_rows.go says what is demanded of it, this file what follows.

// Who must put a nonce of this provider into a DPoP proof, see
// Realm.DPoPNonce.
const (
	DPoPNonceAlways = "always" // everybody who sends a proof
	DPoPNonceNever  = "never"  // nobody
)

// nonceDemanded reports whether the client's proofs must hold a nonce.
func (t *tenant) nonceDemanded(c *Client) bool {
	switch t.dpopNonce {
	case DPoPNonceAlways:
		return true
	case DPoPNonceNever:
		return false
	}
	return c != nil && c.DPoPBoundAccessTokens
}

// nonceStep is how long a nonce is the current one; it is good for one more
// step, so that clients have time to hear of the next.
const nonceStep = 2 * time.Minute

// nonce returns the realm's nonce of a moment, now or some steps ago. Nothing
// is remembered: it is a code that only this provider can compute, which
// nobody can predict (RFC 9449 section 8).
func (h *possession) nonce(t *tenant, now time.Time, stepsAgo int64) string {
	mac := hmac.New(sha256.New, h.secret)
	step := now.Unix()/int64(nonceStep.Seconds()) - stepsAgo
	mac.Write([]byte("dpop nonce\x00" + t.path + "\x00" + strconv.FormatInt(step, 10)))
	return wire.Base64URL(mac.Sum(nil)[:18])
}

// knowsNonce reports whether nonce was the current one a short while ago.
func (h *possession) knowsNonce(t *tenant, nonce string, now time.Time) bool {
	current, last := keys.Same(h.nonce(t, now, 0), nonce), keys.Same(h.nonce(t, now, 1), nonce)
	return current || last
}

// nonced tells a client that needs one the nonce for its next proof (RFC 9449
// section 8.2). The answer must be one that nobody keeps.
func (in *proofUse) nonced(a wire.Answer) wire.Answer {
	if in.t.nonceDemanded(in.client) {
		a.Set(keys.HeaderDPoPNonce, in.p.nonce(in.t, in.r.Now, 0))
	}
	return a
}

// checkSameKey is the rule that a proof is made with the key that something
// was bound to before.
func checkSameKey(bound string, in *proofUse, what string) rule.Finding {
	expected := "the key with the thumbprint " + bound
	switch {
	case !in.sent():
		return rule.Fail(expected, "no DPoP proof", what+" is bound to a key, and the request has no DPoP proof made with it")
	case in.Thumbprint != bound:
		return rule.Fail(expected, "the thumbprint "+in.Thumbprint, what+" is bound to another key than the one of the DPoP proof")
	}
	return rule.Pass(expected, "that key")
}
