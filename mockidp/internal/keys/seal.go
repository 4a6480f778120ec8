package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

var errNotSealed = errors.New("not sealed with this key for this purpose")

// sealKeySize is that of AES-256, and of the key that makes nonces.
const sealKeySize = 32

// Seal encrypts what somebody else keeps for us, so that they can neither read nor
// change it (AES-GCM, NIST SP 800-38D). It can be opened for the same purpose
// only. The nonce is made from the text, as in RFC 8452, so that no two texts share
// one; the same text, sealed again, is the same.
func Seal(secret []byte, purpose string, text []byte) (string, error) {
	aead, nonces, err := sealing(secret)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, nonces)
	mac.Write([]byte(purpose + "\x00"))
	mac.Write(text)
	nonce := mac.Sum(nil)[:aead.NonceSize()]
	return wire.Base64URL(aead.Seal(nonce, nonce, text, []byte(purpose))), nil
}

// Open returns what was sealed.
func Open(secret []byte, purpose, sealed string) ([]byte, error) {
	aead, _, err := sealing(secret)
	if err != nil {
		return nil, err
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || len(raw) < aead.NonceSize() {
		return nil, errNotSealed
	}
	text, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, errNotSealed
	}
	return text, nil
}

func sealing(secret []byte) (aead cipher.AEAD, nonces []byte, err error) {
	both, err := hkdf.Expand(sha256.New, secret, "grantwalk seal", 2*sealKeySize)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(both[:sealKeySize])
	if err != nil {
		return nil, nil, err
	}
	aead, err = cipher.NewGCM(block)
	return aead, both[sealKeySize:], err
}
