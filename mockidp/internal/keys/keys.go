// Package keys is what is proved with keys: the set that a provider signs with,
// the keys that somebody else publishes, JWTs and DPoP proofs as they are read
// and verified, certificates and the names in them.
//
// A [Set] signs and verifies; [ParseJWT] and [ReadProof] read without believing
// anything. The package knows no realm and no client: who it speaks of, it is
// told.
package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// demoKeyPEM is public: it is in this repository for everyone to read. It
// exists so that a classroom run repeats byte for byte.
//
//go:embed demo-key-public-do-not-use.pem
var demoKeyPEM []byte

// maxRetired is how many keys that sign no more are kept, over all algorithms.
const maxRetired = 16

// Set is the keys that a provider signs with, one for each of RS256, PS256,
// ES256 and EdDSA. The zero value makes each key when it is first needed. A set
// is safe for concurrent use; it must not be copied after first use.
type Set struct {
	demo bool
	seed []byte // what its keys are derived from; nil where they are drawn

	mu      sync.RWMutex
	slots   map[jose.SignatureAlgorithm]*slot // of the keys that sign
	turn    uint32                            // how often it was rotated
	retired []retiredKey                      // of keys that did, the newest last
}

// slot is the place of a key that may not have been made yet. To make one for
// RSA takes long, and must hold up nobody who wants another.
type slot struct {
	once sync.Once
	made atomic.Pointer[signingKey] // nil until the key is there
	err  error
}

type signingKey struct {
	alg     jose.SignatureAlgorithm
	private crypto.Signer
	public  jose.JSONWebKey
	again   *again // nil but for the demonstration key
}

// retiredKey is good for tokens that it signed, until the last has expired.
type retiredKey struct {
	alg    jose.SignatureAlgorithm
	public jose.JSONWebKey
	until  time.Time // zero: for as long as the set
}

func (r *retiredKey) good(now time.Time) bool { return r.until.IsZero() || now.Before(r.until) }

// Generate makes the keys that every client may come across (RS256, ES256 and
// EdDSA) now; PS256, which few clients ask for, follows when it is needed.
func (k *Set) Generate() error {
	for _, alg := range PublishedAlgorithms() {
		if _, err := k.signing(alg); err != nil {
			return err
		}
	}
	return nil
}

// UseDemo puts the published demonstration key into an empty set, and lets it
// have no other.
func (k *Set) UseDemo() error {
	block, _ := pem.Decode(demoKeyPEM)
	if block == nil {
		return errors.New("demo key: no PEM block")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return fmt.Errorf("demo key: %w", err)
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return errors.New("demo key: not an RSA key")
	}
	k.demo = true
	if err := k.put(jose.RS256, private); err != nil {
		return err
	}
	k.slot(jose.RS256).made.Load().again = &again{}
	return nil
}

// Use puts keys of somebody's own into an empty set.
func (k *Set) Use(keys ...crypto.Signer) error {
	for _, private := range keys {
		alg, err := algorithmOf(private)
		if err != nil {
			return err
		}
		if k.slots[alg] != nil {
			return fmt.Errorf("there are two keys for %s; a set signs with one", alg)
		}
		if err := k.put(alg, private); err != nil {
			return err
		}
	}
	return nil
}

// put is for a set that nobody else knows yet.
func (k *Set) put(alg jose.SignatureAlgorithm, private crypto.Signer) error {
	key, err := newSigningKey(alg, private)
	if err != nil {
		return err
	}
	s := k.slot(alg)
	s.once.Do(func() { s.made.Store(key) })
	return nil
}

// algorithmOf returns what a key signs with (RFC 7518 section 3.1, RFC 8037
// section 3.1).
func algorithmOf(private crypto.Signer) (jose.SignatureAlgorithm, error) {
	if private == nil {
		return "", errors.New("a key is nil")
	}
	switch public := private.Public().(type) {
	case *rsa.PublicKey:
		if bits := public.N.BitLen(); bits < 2048 {
			return "", fmt.Errorf("an RSA key has %d bits; RS256 wants 2048 or more (RFC 7518 section 3.3)", bits)
		}
		return jose.RS256, nil
	case *ecdsa.PublicKey:
		if public.Curve != elliptic.P256() {
			return "", fmt.Errorf("an ECDSA key is on %s; ES256 is on P-256 (RFC 7518 section 3.4)", public.Curve.Params().Name)
		}
		return jose.ES256, nil
	case ed25519.PublicKey:
		return jose.EdDSA, nil
	}
	return "", fmt.Errorf("a key is %T; tokens are signed with RSA, ECDSA on P-256 or Ed25519", private.Public())
}

// Demo reports whether these are the published demonstration keys, which a
// server must refuse to use.
func (k *Set) Demo() bool { return k.demo }

// Algorithms lists what the set can sign with, without making a key.
func (k *Set) Algorithms() []jose.SignatureAlgorithm {
	if k.demo {
		return []jose.SignatureAlgorithm{jose.RS256}
	}
	return []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}
}

// ErrRotateDemo says why the demonstration key is not rotated.
var ErrRotateDemo = errors.New("the demonstration key is one and stays: it is there to repeat")

// Rotate takes the keys out of use, so that the next signature is made with a
// new one. The old ones stay in the JWK Set for keep, counted from now, which
// should be as long as anything lives that they signed. It fails for the
// demonstration key.
func (k *Set) Rotate(now time.Time, keep time.Duration) error {
	if k.demo {
		return ErrRotateDemo
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.retired = slices.DeleteFunc(k.retired, func(r retiredKey) bool { return !r.good(now) })
	for _, alg := range k.Algorithms() {
		s := k.slots[alg]
		if s == nil || s.made.Load() == nil {
			continue // one that is just being made is new enough
		}
		k.retired = append(k.retired, retiredKey{alg: alg, public: s.made.Load().public, until: now.Add(keep)})
		delete(k.slots, alg)
	}
	k.turn++
	k.retired = slices.Delete(k.retired, 0, max(0, len(k.retired)-maxRetired))
	return nil
}

// signing returns the key that signs with alg, made now if it must be.
func (k *Set) signing(alg jose.SignatureAlgorithm) (*signingKey, error) {
	k.mu.RLock()
	s := k.slots[alg]
	k.mu.RUnlock()
	if s == nil {
		if !slices.Contains(k.Algorithms(), alg) {
			return nil, fmt.Errorf("no key for algorithm %q", alg)
		}
		s = k.slot(alg)
	}
	if key := s.made.Load(); key != nil {
		return key, nil
	}
	s.once.Do(func() {
		var key *signingKey
		if key, s.err = k.makeKey(alg); s.err == nil {
			s.made.Store(key)
		}
	})
	return s.made.Load(), s.err
}

func (k *Set) slot(alg jose.SignatureAlgorithm) *slot {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.slots == nil {
		k.slots = map[jose.SignatureAlgorithm]*slot{}
	}
	if k.slots[alg] == nil {
		k.slots[alg] = &slot{}
	}
	return k.slots[alg]
}

// verifying returns the public key that kid names, if it signs with alg, or nil.
// It draws no key: what nobody made signed nothing. One that is derived may have
// signed before the last start.
func (k *Set) verifying(alg jose.SignatureAlgorithm, kid string, now time.Time) any {
	if k.seed != nil {
		_, _ = k.signing(alg) // an algorithm that the set does not have is found below
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	if s := k.slots[alg]; s != nil {
		if key := s.made.Load(); key != nil && key.public.KeyID == kid {
			return key.public.Key
		}
	}
	for i := range k.retired {
		if r := &k.retired[i]; r.alg == alg && r.public.KeyID == kid && r.good(now) {
			return r.public.Key
		}
	}
	return nil
}

// Public returns the JWK Set (RFC 7517 section 5), public halves only: keys for
// the needed algorithms, made now if they must be, and whatever else exists.
func (k *Set) Public(needed []jose.SignatureAlgorithm, now time.Time) (jose.JSONWebKeySet, error) {
	var set jose.JSONWebKeySet
	for _, alg := range k.Algorithms() {
		k.mu.RLock()
		s := k.slots[alg]
		k.mu.RUnlock()
		if exists := s != nil && s.made.Load() != nil; !exists && !slices.Contains(needed, alg) {
			continue
		}
		key, err := k.signing(alg)
		if err != nil {
			return set, err
		}
		set.Keys = append(set.Keys, key.public)
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, r := range slices.Backward(k.retired) {
		if r.good(now) {
			set.Keys = append(set.Keys, r.public)
		}
	}
	return set, nil
}
