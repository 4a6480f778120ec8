package keys

import "sync"

// again holds the last signatures of the demonstration key. Whoever uses that
// key plays the same run several times (a rehearsal, the run, the run again up
// to somewhere), and each time signs the same bytes: RS256 repeats (see
// signature), and to sign is most of what a run costs. The zero value is ready.
type again struct {
	mu   sync.Mutex
	kept [64]struct {
		sum       [32]byte
		signature []byte
	}
	next int // the place of the next one, which is that of the oldest
}

// of returns the signature of a hash, which it asks for where it is not at hand.
func (a *again) of(sum [32]byte, sign func() ([]byte, error)) ([]byte, error) {
	if signature := a.find(sum); signature != nil {
		return signature, nil
	}
	signature, err := sign()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kept[a.next].sum, a.kept[a.next].signature = sum, signature
	a.next = (a.next + 1) % len(a.kept)
	return signature, nil
}

func (a *again) find(sum [32]byte) []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.kept {
		if a.kept[i].signature != nil && a.kept[i].sum == sum {
			return a.kept[i].signature
		}
	}
	return nil
}
