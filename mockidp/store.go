package mockidp

import (
	"container/list"
	"time"
)

// shelf keeps values for a fixed time and never more than its limit, so no
// caller can make memory grow without end. Because every value lives equally
// long, the order of arrival is the order of expiry: both clearing out and
// making room take from the front.
//
// A shelf has no lock of its own; the tenant's guards it.
type shelf[V any] struct {
	ttl   time.Duration
	limit int
	byKey map[string]*list.Element
	order list.List
}

type shelved[V any] struct {
	key     string
	value   V
	expires time.Time
}

func newShelf[V any](ttl time.Duration, limit int) shelf[V] {
	return shelf[V]{ttl: ttl, limit: limit}
}

// put stores v under key, fresh from now, and makes room for it.
func (s *shelf[V]) put(key string, v V, now time.Time) {
	if s.byKey == nil {
		s.byKey = map[string]*list.Element{}
	}
	s.remove(key)
	s.clear(now)
	for s.order.Len() >= s.limit {
		s.drop(s.order.Front())
	}
	s.byKey[key] = s.order.PushBack(&shelved[V]{key: key, value: v, expires: now.Add(s.ttl)})
}

// get returns the value under key unless it has expired.
func (s *shelf[V]) get(key string, now time.Time) (V, bool) {
	e, ok := s.byKey[key]
	if !ok {
		var none V
		return none, false
	}
	it := entry[V](e)
	if !now.Before(it.expires) {
		s.drop(e)
		var none V
		return none, false
	}
	return it.value, true
}

func (s *shelf[V]) remove(key string) {
	if e, ok := s.byKey[key]; ok {
		s.drop(e)
	}
}

func (s *shelf[V]) clear(now time.Time) {
	for e := s.order.Front(); e != nil && !now.Before(entry[V](e).expires); e = s.order.Front() {
		s.drop(e)
	}
}

// removeIf removes every value that which says yes to.
func (s *shelf[V]) removeIf(which func(V) bool) {
	for e := s.order.Front(); e != nil; {
		next := e.Next()
		if which(entry[V](e).value) {
			s.drop(e)
		}
		e = next
	}
}

func (s *shelf[V]) drop(e *list.Element) {
	delete(s.byKey, entry[V](e).key)
	s.order.Remove(e)
}

func entry[V any](e *list.Element) *shelved[V] {
	it, _ := e.Value.(*shelved[V]) // nothing else is ever put into the list
	return it
}
