package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

func (k *Set) makeKey(alg jose.SignatureAlgorithm) (*signingKey, error) {
	if k.seed == nil {
		return drawKey(alg)
	}
	k.mu.RLock()
	turn := k.turn
	k.mu.RUnlock()
	private, err := derive(k.seed, alg, turn)
	if err != nil {
		return nil, fmt.Errorf("derive the %s key: %w", alg, err)
	}
	return newSigningKey(alg, private)
}

func drawKey(alg jose.SignatureAlgorithm) (*signingKey, error) {
	var private crypto.Signer
	var err error
	switch alg {
	case jose.ES256:
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case jose.EdDSA:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	default: // PS256 has another key than RS256 (RFC 8017 section 8)
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		return nil, fmt.Errorf("make the %s key: %w", alg, err)
	}
	return newSigningKey(alg, private)
}

func newSigningKey(alg jose.SignatureAlgorithm, private crypto.Signer) (*signingKey, error) {
	key := &signingKey{
		alg: alg, private: private,
		public: jose.JSONWebKey{Key: private.Public(), Algorithm: string(alg), Use: "sig"},
	}
	var err error
	key.public.KeyID, err = thumbprint(&key.public)
	return key, err
}

// thumbprint names a key by RFC 7638, so the same key always has the same kid
// and a new key always another.
func thumbprint(key *jose.JSONWebKey) (string, error) {
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", fmt.Errorf("thumbprint of the %s key: %w", key.Algorithm, err)
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}
