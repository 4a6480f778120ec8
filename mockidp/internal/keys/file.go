package keys

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Load puts the private keys of a file into an empty set: PEM blocks (PKCS #8,
// PKCS #1, SEC 1) or a JWK Set. The first key for an algorithm signs; those
// after it are published only, so that what they signed stays good.
func (k *Set) Load(text []byte) error {
	found, err := readKeys(text)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return errors.New("holds no private key, neither in PEM nor as a JWK Set")
	}
	for _, key := range found {
		if k.slots[key.alg] != nil {
			k.retired = append(k.retired, retiredKey{alg: key.alg, public: key.public})
			continue
		}
		s := k.slot(key.alg)
		s.once.Do(func() { s.made.Store(key) })
	}
	if len(k.retired) > maxRetired {
		return fmt.Errorf("holds %d keys that sign no more; at most %d are published", len(k.retired), maxRetired)
	}
	return nil
}

func readKeys(text []byte) ([]*signingKey, error) {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return readJWKs(text)
	}
	var found []*signingKey
	for n := 1; ; n++ {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return found, nil
		}
		private, err := parsePEM(block)
		switch {
		case err != nil:
			return nil, fmt.Errorf("PEM block %d (%s) is not a private key: %w", n, block.Type, err)
		case private == nil:
			continue
		}
		alg, err := algorithmOf(private)
		if err != nil {
			return nil, fmt.Errorf("PEM block %d: %w", n, err)
		}
		key, err := newSigningKey(alg, private)
		if err != nil {
			return nil, err
		}
		found = append(found, key)
	}
}

// parsePEM returns nil for what is no private key and stands beside one.
func parsePEM(block *pem.Block) (crypto.Signer, error) {
	var key any
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	case "ENCRYPTED PRIVATE KEY":
		return nil, errors.New("it is encrypted; store it without a passphrase")
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	private, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a %T cannot sign", key)
	}
	return private, nil
}

// readJWKs reads a JWK Set (RFC 7517 section 5). A key keeps its kid.
func readJWKs(text []byte) ([]*signingKey, error) {
	var set struct{ Keys []json.RawMessage }
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, fmt.Errorf("is no JWK Set: %w", err)
	}
	var found []*signingKey
	for i, raw := range set.Keys {
		key, err := readJWK(raw)
		if err != nil {
			return nil, fmt.Errorf("key %d %w", i+1, err)
		}
		if slices.ContainsFunc(found, func(other *signingKey) bool { return other.public.KeyID == key.public.KeyID }) {
			return nil, fmt.Errorf("key %d has the kid of another one", i+1)
		}
		found = append(found, key)
	}
	return found, nil
}

// readJWK reads one private key; its error goes on after "key 1".
func readJWK(raw []byte) (*signingKey, error) {
	var jwk jose.JSONWebKey
	if err := json.Unmarshal(raw, &jwk); err != nil {
		return nil, fmt.Errorf("is no JWK: %w", err)
	}
	private, ok := jwk.Key.(crypto.Signer)
	if !ok || jwk.IsPublic() {
		return nil, errors.New("is public or symmetric; a private key signs")
	}
	alg, err := algorithmOf(private)
	if err != nil {
		return nil, fmt.Errorf("can't sign: %w", err)
	}
	if said := jose.SignatureAlgorithm(jwk.Algorithm); said == jose.PS256 && alg == jose.RS256 {
		alg = said
	} else if said != "" && said != alg {
		return nil, fmt.Errorf("says alg %s and signs with %s", said, alg)
	}
	key, err := newSigningKey(alg, private)
	if err != nil {
		return nil, fmt.Errorf("can't sign: %w", err)
	}
	if jwk.KeyID != "" {
		key.public.KeyID = jwk.KeyID
	}
	if kid := key.public.KeyID; len(kid) > 255 || !wire.IsVisibleASCII(kid) || strings.ContainsAny(kid, `"\`) {
		return nil, errors.New("has a kid that is more than 255 plain characters")
	}
	return key, nil
}
