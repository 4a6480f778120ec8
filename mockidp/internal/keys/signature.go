package keys

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"

	"github.com/go-jose/go-jose/v4"
)

// sign makes a JWS in compact form (RFC 7515 section 7.1). typ is one of the
// types of this package, so nothing in it needs to be escaped.
func (k *signingKey) sign(typ string, payload []byte) (string, error) {
	var room [256]byte // on the stack; a longer header moves out of it
	header := append(room[:0], `{"alg":"`...)
	header = append(append(header, k.alg...), `","kid":"`...)
	header = append(append(header, k.public.KeyID...), `","typ":"`...)
	header = append(append(header, typ...), `"}`...)
	b64 := base64.RawURLEncoding
	token := make([]byte, 0, b64.EncodedLen(len(header))+b64.EncodedLen(len(payload))+b64.EncodedLen(k.signatureSize())+2)
	token = b64.AppendEncode(token, header)
	token = append(token, '.')
	return k.finish(b64.AppendEncode(token, payload))
}

// signatureSize is how many bytes a signature has, as far as room for it goes.
func (k *signingKey) signatureSize() int {
	if private, ok := k.private.(*rsa.PrivateKey); ok {
		return private.Size()
	}
	return 64
}

// finish signs what stands there of a token, and adds the signature.
func (k *signingKey) finish(token []byte) (string, error) {
	signature, err := k.signature(token)
	if err != nil {
		return "", fmt.Errorf("sign with %s: %w", k.alg, err)
	}
	token = append(token, '.')
	return string(base64.RawURLEncoding.AppendEncode(token, signature)), nil
}

// signature signs as RFC 7518 section 3 and RFC 8037 section 3.1 say. RS256 and
// EdDSA repeat, the others do not.
func (k *signingKey) signature(input []byte) ([]byte, error) {
	sum := sha256.Sum256(input)
	switch private := k.private.(type) {
	case *rsa.PrivateKey:
		if k.alg == jose.PS256 {
			return rsa.SignPSS(rand.Reader, private, crypto.SHA256, sum[:], pssOptions())
		}
		sign := func() ([]byte, error) { return rsa.SignPKCS1v15(nil, private, crypto.SHA256, sum[:]) }
		if k.again != nil {
			return k.again.of(sum, sign)
		}
		return sign()
	case *ecdsa.PrivateKey:
		return signES256(private, sum[:])
	case ed25519.PrivateKey:
		return ed25519.Sign(private, input), nil
	}
	return nil, fmt.Errorf("a key of type %T", k.private)
}

// verifySignature checks a signature with a public key, whose algorithm alg is
// known to be.
func verifySignature(alg jose.SignatureAlgorithm, public any, input, signature []byte) bool {
	sum := sha256.Sum256(input)
	switch key := public.(type) {
	case *rsa.PublicKey:
		if alg == jose.PS256 {
			return rsa.VerifyPSS(key, crypto.SHA256, sum[:], signature, pssOptions()) == nil
		}
		return alg == jose.RS256 && rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
	case *ecdsa.PublicKey:
		return alg == jose.ES256 && len(signature) == 64 &&
			ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	case ed25519.PublicKey:
		return alg == jose.EdDSA && ed25519.Verify(key, input, signature)
	}
	return false
}

// pssOptions: the salt is as long as the hash (RFC 7518 section 3.5).
func pssOptions() *rsa.PSSOptions {
	return &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}
}

// signES256 makes the signature of RFC 7518 section 3.4: R and S, 32 bytes each.
// It is deterministic (RFC 6979), which is faster, needs no randomness that
// could fail, and makes a run with the same key repeat.
func signES256(private *ecdsa.PrivateKey, sum []byte) ([]byte, error) {
	der, err := private.Sign(nil, sum, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 64)
	if !joinES256(out, der) {
		return nil, errors.New("the signature is not a SEQUENCE of two integers")
	}
	return out, nil
}

// joinES256 writes the two integers of a signature in DER side by side, and
// reports whether they are there. All lengths are below 128, so each has one
// byte. It is on the way of every token; encoding/asn1 would read by reflection.
func joinES256(out, der []byte) bool {
	const sequence, integer = 0x30, 0x02
	if len(der) < 2 || der[0] != sequence || int(der[1]) != len(der)-2 {
		return false
	}
	rest := der[2:]
	for _, half := range [][]byte{out[:32], out[32:64]} {
		if len(rest) < 2 || rest[0] != integer || int(rest[1]) > len(rest)-2 {
			return false
		}
		value := bytes.TrimLeft(rest[2:2+int(rest[1])], "\x00")
		if len(value) > len(half) {
			return false
		}
		copy(half[len(half)-len(value):], value)
		rest = rest[2+int(rest[1]):]
	}
	return len(rest) == 0
}
