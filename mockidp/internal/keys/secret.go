package keys

import (
	"crypto/sha256"
	"crypto/subtle"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Digest stands for a text of any length in a key.
func Digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return wire.Base64URL(sum[:])
}

// Same compares two secrets in a time that does not tell where they differ.
func Same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
