package keys

import (
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Succeed lets a set that nobody uses yet take the place of another one: what
// that one published stays published, and goes on verifying, for keep from now.
func (k *Set) Succeed(old *Set, now time.Time, keep time.Duration) {
	if old == k {
		return
	}
	old.mu.RLock()
	defer old.mu.RUnlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	for alg, s := range old.slots {
		if key := s.made.Load(); key != nil && !k.publishes(alg, key.public.KeyID) {
			k.retired = append(k.retired, retiredKey{alg: alg, public: key.public, until: now.Add(keep)})
		}
	}
	for _, r := range old.retired {
		if !r.good(now) || k.publishes(r.alg, r.public.KeyID) {
			continue
		}
		if r.until.IsZero() {
			r.until = now.Add(keep)
		}
		k.retired = append(k.retired, r)
	}
	k.retired = k.retired[max(0, len(k.retired)-maxRetired):]
}

// publishes is for whoever holds the lock.
func (k *Set) publishes(alg jose.SignatureAlgorithm, kid string) bool {
	if s := k.slots[alg]; s != nil {
		if key := s.made.Load(); key != nil && key.public.KeyID == kid {
			return true
		}
	}
	for _, r := range k.retired {
		if r.alg == alg && r.public.KeyID == kid {
			return true
		}
	}
	return false
}
