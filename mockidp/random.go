package mockidp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/google/uuid"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// source is where every random value comes from, one after another.
type source struct {
	mu   sync.Mutex // guards from
	from io.Reader  // Config.Rand
}

var errNoRandomness = errors.New("Config.Rand has run dry")

// newID returns a UUID (RFC 9562 section 5.4) for what is named but not secret: tokens and sessions.
func (s *source) newID() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, err := uuid.NewRandomFromReader(s.from)
	if err != nil {
		return "", fmt.Errorf("draw a UUID: %w", err)
	}
	return id.String(), nil
}

// random returns n random bytes, written in base64url.
func (s *source) random(n int) (string, error) {
	b := make([]byte, n)
	if err := s.read(b); err != nil {
		return "", err
	}
	return wire.Base64URL(b), nil
}

// number returns a random number of 64 bits.
func (s *source) number() (uint64, error) {
	var drawn [8]byte
	if err := s.read(drawn[:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(drawn[:]), nil
}

func (s *source) read(into []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.ReadFull(s.from, into); err != nil {
		return errors.Join(errNoRandomness, err)
	}
	return nil
}
