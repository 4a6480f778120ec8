package keys

import (
	"crypto/sha256"
	"errors"
	"strconv"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// signer counts how often it signs.
type signer struct{ asked int }

func (s *signer) sign() ([]byte, error) {
	s.asked++
	return []byte(strconv.Itoa(s.asked)), nil
}

func number(n int) [32]byte { return sha256.Sum256([]byte(strconv.Itoa(n))) }

func TestTheSameBytesAreSignedOnce(t *testing.T) {
	kept, by := &again{}, &signer{}
	for range 3 {
		for n := range len(kept.kept) {
			if got, err := kept.of(number(n), by.sign); err != nil || string(got) != strconv.Itoa(n+1) {
				t.Fatalf("of %d the signature is %q, %v", n, got, err)
			}
		}
	}
	if by.asked != len(kept.kept) {
		t.Errorf("%d bytes were signed %d times", len(kept.kept), by.asked)
	}
}

func TestTheOldestSignatureMakesRoom(t *testing.T) {
	kept, by := &again{}, &signer{}
	for n := range len(kept.kept) + 1 {
		_, _ = kept.of(number(n), by.sign)
	}
	was := by.asked
	if _, _ = kept.of(number(len(kept.kept)), by.sign); by.asked != was {
		t.Error("the newest is signed again")
	}
	if _, _ = kept.of(number(0), by.sign); by.asked != was+1 {
		t.Error("the oldest is still there")
	}
}

func TestASignatureThatFailedIsNotKept(t *testing.T) {
	kept, by, broken := &again{}, &signer{}, errors.New("broken")
	if _, err := kept.of(number(1), func() ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if got, err := kept.of(number(1), by.sign); err != nil || len(got) != 1 {
		t.Errorf("the next time it is %v, %v", got, err)
	}
}

// TestOnlyTheDemoKeyRemembersWhatItSigned: a server's signatures are nobody's to keep.
func TestOnlyTheDemoKeyRemembersWhatItSigned(t *testing.T) {
	demo, own := &Set{}, &Set{}
	if err := demo.UseDemo(); err != nil {
		t.Fatal(err)
	}
	for set, remembers := range map[*Set]bool{demo: true, own: false} {
		first, err := set.Sign(jose.RS256, "JWT", map[string]string{"sub": "jane"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := set.Sign(jose.RS256, "JWT", map[string]string{"sub": "jane"})
		if err != nil || first != second {
			t.Errorf("signed again it is %q and not %q (%v)", second, first, err)
		}
		key, err := set.signing(jose.RS256)
		if err != nil || (key.again != nil) != remembers {
			t.Errorf("that the set remembers is %t, want %t (%v)", key.again != nil, remembers, err)
		}
	}
}
