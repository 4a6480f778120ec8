package mockidp

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// keysOf returns what a realm signs with: keys of its own, unless the config
// has a set for all.
func (c *Config) keysOf(r *Realm) (*keys.Set, error) {
	set := &keys.Set{}
	switch {
	case r.Keys != nil && r.SigningKeysFile != "":
		return nil, within(ConfigError{Realm: r.Name}, wrong("signing_keys_file", "there are Keys as well; a realm needs one of the two"))
	case r.Keys != nil:
		return &r.Keys.set, nil
	case r.SigningKeysFile != "":
		return set, loadKeys(set, r)
	case c.Keys != nil:
		return &c.Keys.set, nil
	case c.SigningSeed != "":
		if err := set.Seed(c.SigningSeed, r.Name); err != nil {
			return nil, within(ConfigError{}, wrong("signing_seed", "%w", err))
		}
	}
	return set, nil
}

func loadKeys(set *keys.Set, r *Realm) error {
	text, err := os.ReadFile(r.SigningKeysFile)
	var at *os.PathError
	if errors.As(err, &at) {
		err = at.Err // the name is said below
	}
	if err == nil {
		err = set.Load(text)
	}
	if err != nil {
		return within(ConfigError{Realm: r.Name}, wrong("signing_keys_file", "%s: %w; openssl genpkey -algorithm RSA -pkeyopt "+
			"rsa_keygen_bits:2048 makes a key for RS256, -algorithm EC -pkeyopt ec_paramgen_curve:P-256 one for ES256", r.SigningKeysFile, err))
	}
	return nil
}

// signerOf names what decides the keys of a realm, without giving it away; empty
// where they are drawn.
func (c *Config) signerOf(r *Realm) string {
	switch {
	case r.Keys != nil:
		return fmt.Sprintf("keys %p", r.Keys)
	case r.SigningKeysFile != "":
		text, _ := os.ReadFile(r.SigningKeysFile) // which keysOf has just read
		return "file " + keys.Digest(string(text))
	case c.Keys != nil:
		return fmt.Sprintf("keys %p", c.Keys)
	case c.SigningSeed != "":
		return "seed " + keys.Digest(c.SigningSeed)
	}
	return ""
}

// inheritKeys lets a realm sign with the keys that it had, if nothing else was
// decided, and otherwise publish them for as long as what they signed is good.
func (t *tenant) inheritKeys(old *tenant, now time.Time, keep time.Duration) {
	if t.signer == old.signer {
		t.keys = old.keys
		return
	}
	t.keys.Succeed(old.keys, now, keep)
}
