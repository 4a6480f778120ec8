package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha3"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/go-jose/go-jose/v4"
)

// MinSeed is how long a seed is at least: as strong as the keys that come of it.
const MinSeed = 16

const (
	rsaBits     = 2048
	rsaExponent = 65537
	primeRounds = 20
)

// Seed makes an empty set derive its keys from a secret instead of drawing them,
// so that the same secret and the same name give the same keys each time.
func (k *Set) Seed(secret, name string) error {
	if len(secret) < MinSeed {
		return fmt.Errorf("a seed of %d bytes is too short; it has at least %d, because whoever guesses it has the keys", len(secret), MinSeed)
	}
	seed, err := hkdf.Key(sha256.New, []byte(secret), nil, "grantwalk signing keys\x00"+name, sha256.Size)
	k.seed = seed
	return err
}

// derive makes a key by what its standard says a private key is, from a stream
// of bytes that only the seed decides. crypto/rsa and crypto/ecdsa draw theirs
// in ways that are no promise.
func derive(seed []byte, alg jose.SignatureAlgorithm, turn uint32) (crypto.Signer, error) {
	stream := sha3.NewSHAKE256()
	_, _ = fmt.Fprintf(stream, "%x\x00%s\x00%d", seed, alg, turn) // it takes everything
	switch alg {
	case jose.ES256:
		return deriveECDSA(stream)
	case jose.EdDSA:
		b := make([]byte, ed25519.SeedSize)
		_, err := io.ReadFull(stream, b)
		return ed25519.NewKeyFromSeed(b), err
	}
	return deriveRSA(stream)
}

// deriveECDSA takes a number below the order of P-256, with 128 bits to spare so
// that each is as likely (FIPS 186-5 appendix A.2.1).
func deriveECDSA(stream io.Reader) (crypto.Signer, error) {
	b := make([]byte, 48)
	if _, err := io.ReadFull(stream, b); err != nil {
		return nil, err
	}
	below := new(big.Int).Sub(elliptic.P256().Params().N, big.NewInt(1))
	d := new(big.Int).Mod(new(big.Int).SetBytes(b), below)
	return ecdsa.ParseRawPrivateKey(elliptic.P256(), d.Add(d, big.NewInt(1)).FillBytes(make([]byte, 32)))
}

// deriveRSA finds two primes (RFC 8017 section 3.2).
func deriveRSA(stream io.Reader) (crypto.Signer, error) {
	p, err := derivePrime(stream)
	if err != nil {
		return nil, err
	}
	q, err := derivePrime(stream)
	if err != nil {
		return nil, err
	}
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	d := new(big.Int).ModInverse(big.NewInt(rsaExponent), phi)
	if d == nil || p.Cmp(q) == 0 {
		return nil, errors.New("the seed gives primes that make no key") // as good as impossible
	}
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: rsaExponent}, D: d, Primes: []*big.Int{p, q}}
	key.Precompute()
	return key, key.Validate()
}

// derivePrime returns the first prime from a number on whose two highest bits
// are set, so that a product of two has every bit.
func derivePrime(stream io.Reader) (*big.Int, error) {
	b := make([]byte, rsaBits/16)
	if _, err := io.ReadFull(stream, b); err != nil {
		return nil, err
	}
	b[0] |= 0xc0
	b[len(b)-1] |= 1
	p, e := new(big.Int).SetBytes(b), big.NewInt(rsaExponent)
	for two := big.NewInt(2); ; p.Add(p, two) {
		if new(big.Int).Mod(p, e).Cmp(big.NewInt(1)) != 0 && p.ProbablyPrime(primeRounds) {
			return p, nil
		}
	}
}
