//go:build !race

package mockidp

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestASourceThatHasRunDrySaysSo(t *testing.T) {
	s := &source{from: bytes.NewReader(make([]byte, 24))}
	if got, err := s.random(16); err != nil || got != strings.Repeat("A", 22) {
		t.Errorf("16 zero bytes are %q (%v)", got, err)
	}
	if n, err := s.number(); err != nil || n != 0 {
		t.Errorf("8 zero bytes are the number %d (%v)", n, err)
	}
	if got, err := s.random(1); !errors.Is(err, errNoRandomness) || got != "" {
		t.Errorf("of nothing comes %q (%v)", got, err)
	}
	if id, err := s.newID(); err == nil {
		t.Errorf("of nothing comes the id %s", id)
	}
}

func TestAUserCodeHasNoVowelsAndNothingThatLooksLikeSomethingElse(t *testing.T) {
	for n, want := range map[byte]string{0: "BBBBBBBB", 1: "CBBBBBBB", 20: "BCBBBBBB"} {
		if got, err := userCode(&source{from: bytes.NewReader([]byte{0, 0, 0, 0, 0, 0, 0, n})}); err != nil || got != want {
			t.Errorf("the number %d is the code %q (%v), want %s", n, got, err, want)
		}
	}
}
