package mockidp

import (
	"crypto"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// KeySet is the keys that a [Provider] signs with, one for each of RS256,
// PS256, ES256 and EdDSA. The zero value makes each key when it is first
// needed. A KeySet may be shared by many providers and is safe for concurrent
// use; it must not be copied after first use.
type KeySet struct{ set keys.Set }

// GenerateKeys returns a key set whose RS256 (2048 bit), ES256 (P-256) and
// EdDSA (Ed25519) keys exist already; PS256, which few clients ask for, follows
// when it is needed. It takes a fraction of a second, so call it in the
// background; a provider whose Config.Keys is nil makes its own when needed.
func GenerateKeys() (*KeySet, error) {
	k := &KeySet{}
	if err := k.set.Generate(); err != nil {
		return nil, err
	}
	return k, nil
}

// DemoKeys returns the published demonstration key, RS256 only. Everybody has
// its private half, so a token signed with it proves nothing: it is for
// classroom runs, never for a provider that something real trusts.
func DemoKeys() (*KeySet, error) {
	k := &KeySet{}
	if err := k.set.UseDemo(); err != nil {
		return nil, err
	}
	return k, nil
}

// NewKeySet returns a key set that signs with keys of the caller's own, so that
// tokens outlive the process and several providers can share them: an
// *rsa.PrivateKey of 2048 bits or more for RS256, an *ecdsa.PrivateKey on P-256
// for ES256, an ed25519.PrivateKey for EdDSA, or a crypto.Signer that holds one
// of them elsewhere. The keys that are not given are made when they are needed.
// A key of another kind, and a second one of the same, is an error.
func NewKeySet(keys ...crypto.Signer) (*KeySet, error) {
	k := &KeySet{}
	if err := k.set.Use(keys...); err != nil {
		return nil, err
	}
	return k, nil
}

// Demo reports whether these are the published demonstration keys, which a
// server must refuse to use.
func (k *KeySet) Demo() bool { return k.set.Demo() }

// Rotate takes the keys out of use, so that the next signature is made with a
// new one. The old ones stay in the JWK Set for keep, counted from now, which
// should be as long as anything lives that they signed; see
// [Provider.RotateKeys]. It fails for [DemoKeys].
func (k *KeySet) Rotate(now time.Time, keep time.Duration) error { return k.set.Rotate(now, keep) }
