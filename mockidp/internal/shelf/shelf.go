// Package shelf keeps values in memory for a time, and never more of them than
// its limit. Whoever has something to remember (codes, sessions, tokens) has a
// [Shelf] for it; the package knows nothing of what lies on it.
package shelf

import (
	"container/heap"
	"slices"
	"time"
)

// Shelf keeps values for a time and never more than its limit, so no caller
// can make memory grow without end. Each value may live as long as it likes:
// clearing out and making room take what expires first, which is found at once
// and replaced in logarithmic time. Where all live equally long, as most do,
// storing one takes constant time.
//
// A full shelf makes room fairly: the oldest value of whoever holds most gives
// way, so that nobody who stores very many pushes out those of others.
//
// A shelf has no lock of its own; whoever keeps one guards it.
type Shelf[V any] struct {
	ttl    time.Duration // for Put
	limit  int
	byKey  map[string]*shelved[V]
	order  expiries[V]
	shares shares[V]
	onFull func(Displaced[V])
}

type shelved[V any] struct {
	key     string
	value   V
	expires int64  // in nanoseconds, as there are many and a time.Time is large
	arrived uint64 // of two that expire together the older goes first
	at      int    // in the heap

	share       *share[V]
	older, next *shelved[V] // of the same share
}

// New returns an empty shelf on which values live for ttl, unless they are put
// there for another time, and which holds at most limit of them.
func New[V any](ttl time.Duration, limit int) Shelf[V] {
	return Shelf[V]{ttl: ttl, limit: limit}
}

// Displaced is a value that gave way to another before its time was over.
type Displaced[V any] struct {
	Owner, Key string
	Value      V
	Now        time.Time
	Left       time.Duration // that it would have stayed
}

// OnFull has told called with each value that gives way to another. It must not
// call the shelf.
func (s *Shelf[V]) OnFull(told func(Displaced[V])) { s.onFull = told }

// Put stores v under key, fresh from now, and makes room for it.
func (s *Shelf[V]) Put(key string, v V, now time.Time) { s.PutFor("", key, v, s.ttl, now) }

// PutOf is [Shelf.Put] for a value of an owner, with whom the shelf is shared.
func (s *Shelf[V]) PutOf(owner, key string, v V, now time.Time) { s.PutFor(owner, key, v, s.ttl, now) }

// PutFor is [Shelf.PutOf] for a value with a lifetime of its own.
func (s *Shelf[V]) PutFor(owner, key string, v V, ttl time.Duration, now time.Time) {
	if s.byKey == nil {
		s.byKey = map[string]*shelved[V]{}
	}
	s.Remove(key)
	s.Clear(now)
	for len(s.order.list) >= s.limit {
		first := s.shares.largest().first
		owner := first.share.owner
		s.drop(first)
		if s.onFull != nil {
			s.onFull(Displaced[V]{owner, first.key, first.value, now, time.Duration(first.expires - now.UnixNano())})
		}
	}
	s.order.arrivals++
	it := &shelved[V]{key: key, value: v, expires: now.Add(ttl).UnixNano(), arrived: s.order.arrivals}
	s.byKey[key] = it
	heap.Push(&s.order, it)
	s.shares.add(owner, it)
}

// Get returns the value under key unless it has expired.
func (s *Shelf[V]) Get(key string, now time.Time) (V, bool) {
	it, ok := s.byKey[key]
	if ok && now.UnixNano() < it.expires {
		return it.value, true
	}
	if ok {
		s.drop(it)
	}
	var none V
	return none, false
}

// Remove forgets what is under key, if anything.
func (s *Shelf[V]) Remove(key string) {
	if it, ok := s.byKey[key]; ok {
		s.drop(it)
	}
}

// Clear forgets what has expired.
func (s *Shelf[V]) Clear(now time.Time) {
	for len(s.order.list) > 0 && now.UnixNano() >= s.order.list[0].expires {
		s.drop(s.order.list[0])
	}
}

// Len returns how many values are kept, those that expired and were not yet
// cleared out among them.
func (s *Shelf[V]) Len() int { return len(s.order.list) }

// Find returns a value that which says yes to. It looks at all of them.
func (s *Shelf[V]) Find(which func(V) bool, now time.Time) (V, bool) {
	for _, it := range s.order.list {
		if now.UnixNano() < it.expires && which(it.value) {
			return it.value, true
		}
	}
	var none V
	return none, false
}

// Count is how many values which says yes to. It looks at all of them.
func (s *Shelf[V]) Count(which func(V) bool, now time.Time) int {
	n := 0
	for _, it := range s.order.list {
		if now.UnixNano() < it.expires && which(it.value) {
			n++
		}
	}
	return n
}

// Change puts what f makes of each value in its place, and removes those that it
// says no to.
func (s *Shelf[V]) Change(f func(V) (V, bool)) {
	for _, it := range slices.Clone(s.order.list) {
		var keep bool
		if it.value, keep = f(it.value); !keep {
			s.drop(it)
		}
	}
}

// RemoveIf removes every value that which says yes to.
func (s *Shelf[V]) RemoveIf(which func(V) bool) {
	for _, it := range s.byKey {
		if which(it.value) {
			s.drop(it)
		}
	}
}

func (s *Shelf[V]) drop(it *shelved[V]) {
	delete(s.byKey, it.key)
	heap.Remove(&s.order, it.at)
	s.shares.remove(it)
}

// expiries is a heap: what expires first is in front.
type expiries[V any] struct {
	list     []*shelved[V]
	arrivals uint64
}

// Len implements heap.Interface.
func (e *expiries[V]) Len() int { return len(e.list) }

// Less implements heap.Interface.
func (e *expiries[V]) Less(i, j int) bool {
	return e.list[i].expires < e.list[j].expires
}

// Swap implements heap.Interface.
func (e *expiries[V]) Swap(i, j int) {
	e.list[i], e.list[j] = e.list[j], e.list[i]
	e.list[i].at, e.list[j].at = i, j
}

// Push implements heap.Interface.
func (e *expiries[V]) Push(x any) {
	it, _ := x.(*shelved[V]) // nothing else is ever pushed
	it.at = len(e.list)
	e.list = append(e.list, it)
}

// Pop implements heap.Interface.
func (e *expiries[V]) Pop() any {
	last := len(e.list) - 1
	it := e.list[last]
	e.list[last] = nil
	e.list = e.list[:last]
	return it
}
