package keys

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// AsymmetricAlgorithms are those that a private key signs with; none is not among
// them (RFC 7518 section 3.6).
func AsymmetricAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{
		jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
	}
}

// FAPIAlgorithms are those of the FAPI 2.0 Security Profile section 5.4.1.
func FAPIAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.PS256, jose.ES256, jose.EdDSA}
}

// SecretAlgorithms are those that a shared secret signs with (RFC 7518 section
// 3.2).
func SecretAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.HS256, jose.HS384, jose.HS512}
}

// SecretLength is how many bytes a secret must have to sign with alg: as many
// as its hash (RFC 7518 section 3.2).
func SecretLength(alg jose.SignatureAlgorithm) int {
	switch alg {
	case jose.HS384:
		return 48
	case jose.HS512:
		return 64
	}
	return 32
}

// Names writes algorithms as metadata and JWKs do.
func Names(algs []jose.SignatureAlgorithm) []string {
	names := make([]string, 0, len(algs))
	for _, alg := range algs {
		names = append(names, string(alg))
	}
	return names
}

// Suits reports whether a key is one that alg signs with. RSA keys have at
// least 2048 bits (RFC 7518 section 3.3).
func Suits(k *jose.JSONWebKey, alg jose.SignatureAlgorithm) bool {
	if k.Use != "" && k.Use != "sig" || k.Algorithm != "" && k.Algorithm != string(alg) {
		return false
	}
	switch public := k.Key.(type) {
	case *rsa.PublicKey:
		return (strings.HasPrefix(string(alg), "RS") || strings.HasPrefix(string(alg), "PS")) && public.N.BitLen() >= 2048
	case *ecdsa.PublicKey:
		bits := map[jose.SignatureAlgorithm]int{jose.ES256: 256, jose.ES384: 384, jose.ES512: 521}
		return bits[alg] == public.Curve.Params().BitSize
	case ed25519.PublicKey:
		return alg == jose.EdDSA
	}
	return false
}

// HalfHash is how an ID token names a code or an access token: the left half
// of the hash that its own signature uses (OpenID Connect Core section
// 3.3.2.11). Ed25519 uses SHA-512 (RFC 8032 section 5.1).
func HalfHash(alg jose.SignatureAlgorithm, value string) string {
	if value == "" {
		return ""
	}
	if alg == jose.EdDSA {
		sum := sha512.Sum512([]byte(value))
		return wire.Base64URL(sum[:len(sum)/2])
	}
	sum := sha256.Sum256([]byte(value))
	return wire.Base64URL(sum[:len(sum)/2])
}

// PublishedAlgorithms are those whose keys are always in the JWK Set: what
// nobody can do without, and what costs nothing to make. A client that fetched
// the set must not meet a key that is not in it.
func PublishedAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.ES256, jose.EdDSA}
}
