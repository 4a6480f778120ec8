package mockidp

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// forged signs a token as somebody would who does not have our private key, in
// one of the ways in which clients were deceived (RFC 8725 section 2.1).
func (m *mint) forged(t *tenant, kind FaultKind, parts []string) (string, error) {
	alg := jose.SignatureAlgorithm(parseJWT(strings.Join(parts, ".")).Alg)
	switch kind {
	case FaultHMAC:
		public, err := t.keys.PublicKey(alg)
		if err != nil {
			return "", err
		}
		secret, err := pemOf(public)
		if err != nil {
			return "", err
		}
		return keys.SignHMAC(rewritten(parts[0], "alg", "HS256"), parts[1], secret), nil
	case FaultOwnKey:
		theirs, err := m.strangers.PublicKey(alg)
		if err != nil {
			return "", err
		}
		bare := theirs
		bare.KeyID = ""
		header, err := withClaims(rewritten(parts[0], "kid", nil), []Claim{{Name: "jwk", Value: bare}})
		if err != nil {
			return "", err
		}
		parts[0] = wire.Base64URL(header)
	}
	return m.strangers.SignParts(alg, parts[0], parts[1])
}

// pemOf is a public key as it is usually found in a file, which is what a
// client that falls for it takes for its secret.
func pemOf(public jose.JSONWebKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(public.Key)
	if err != nil {
		return nil, fmt.Errorf("write a public key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
}
