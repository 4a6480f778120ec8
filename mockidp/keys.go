package mockidp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// demoKeyPEM is public: it is in this repository for everyone to read. It
// exists so that a classroom run repeats byte for byte.
//
//go:embed demo-key-public-do-not-use.pem
var demoKeyPEM []byte

// KeySet is the keys that a [Provider] signs with. The zero value makes each
// key when it is first needed. A KeySet may be shared by many providers and
// is safe for concurrent use; it must not be copied after first use.
type KeySet struct {
	demo bool
	rsa  slot
	ec   slot
}

type slot struct {
	once sync.Once
	key  jose.JSONWebKey
	err  error
}

// GenerateKeys returns a key set whose RS256 (2048 bit) and ES256 (P-256)
// keys exist already. It takes a fraction of a second, so call it in the
// background; a provider whose Config.Keys is nil makes its own when needed.
func GenerateKeys() (*KeySet, error) {
	k := &KeySet{}
	for _, alg := range k.algorithms() {
		if _, err := k.signingKey(alg); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// DemoKeys returns the published demonstration key, RS256 only. Everybody has
// its private half, so a token signed with it proves nothing: it is for
// classroom runs, never for a provider that something real trusts.
func DemoKeys() (*KeySet, error) {
	block, _ := pem.Decode(demoKeyPEM)
	if block == nil {
		return nil, errors.New("demo key: no PEM block")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("demo key: %w", err)
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("demo key: not an RSA key")
	}
	k := &KeySet{demo: true}
	k.rsa.once.Do(func() { k.rsa.key, k.rsa.err = asJWK(private, jose.RS256) })
	return k, k.rsa.err
}

// Demo reports whether these are the published demonstration keys, which a
// server must refuse to use.
func (k *KeySet) Demo() bool { return k.demo }

// algorithms lists what the set can sign with, without making a key.
func (k *KeySet) algorithms() []jose.SignatureAlgorithm {
	if k.demo {
		return []jose.SignatureAlgorithm{jose.RS256}
	}
	return []jose.SignatureAlgorithm{jose.RS256, jose.ES256}
}

// signingKey returns the private key for alg, made now if it must be.
func (k *KeySet) signingKey(alg jose.SignatureAlgorithm) (jose.JSONWebKey, error) {
	switch {
	case alg == jose.RS256:
		k.rsa.once.Do(func() {
			private, err := rsa.GenerateKey(rand.Reader, 2048)
			if err != nil {
				k.rsa.err = fmt.Errorf("make the RS256 key: %w", err)
				return
			}
			k.rsa.key, k.rsa.err = asJWK(private, alg)
		})
		return k.rsa.key, k.rsa.err
	case alg == jose.ES256 && !k.demo:
		k.ec.once.Do(func() {
			private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
			if err != nil {
				k.ec.err = fmt.Errorf("make the ES256 key: %w", err)
				return
			}
			k.ec.key, k.ec.err = asJWK(private, alg)
		})
		return k.ec.key, k.ec.err
	default:
		return jose.JSONWebKey{}, fmt.Errorf("no key for algorithm %q", alg)
	}
}

// public returns the JWK Set (RFC 7517 section 5), public halves only.
func (k *KeySet) public() (jose.JSONWebKeySet, error) {
	var set jose.JSONWebKeySet
	for _, alg := range k.algorithms() {
		key, err := k.signingKey(alg)
		if err != nil {
			return set, err
		}
		set.Keys = append(set.Keys, key.Public())
	}
	return set, nil
}

// asJWK names the key by its thumbprint (RFC 7638), so the same key always
// has the same kid and a new key always another.
func asJWK(private crypto.Signer, alg jose.SignatureAlgorithm) (jose.JSONWebKey, error) {
	key := jose.JSONWebKey{Key: private, Algorithm: string(alg), Use: "sig"}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return key, fmt.Errorf("thumbprint of the %s key: %w", alg, err)
	}
	key.KeyID = base64.RawURLEncoding.EncodeToString(sum)
	return key, nil
}
