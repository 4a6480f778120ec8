package shelf

import "container/heap"

// shares are the values of each owner, in the order in which they arrived. They
// are a heap of owners: who holds most is in front, and of those who hold the
// same whoever has the oldest.
type shares[V any] struct {
	byOwner map[string]*share[V]
	list    []*share[V]
}

// share is the values of one owner.
type share[V any] struct {
	owner       string
	held        int
	at          int // in the heap
	first, last *shelved[V]
}

// largest returns the share of whoever holds most. There must be one.
func (s *shares[V]) largest() *share[V] { return s.list[0] }

func (s *shares[V]) add(owner string, it *shelved[V]) {
	mine := s.byOwner[owner]
	if mine == nil {
		if s.byOwner == nil {
			s.byOwner = map[string]*share[V]{}
		}
		mine = &share[V]{owner: owner, held: 1, first: it, last: it}
		it.share, s.byOwner[owner] = mine, mine
		heap.Push(s, mine)
		return
	}
	it.share, it.older = mine, mine.last
	mine.last.next, mine.last = it, it
	mine.held++
	heap.Fix(s, mine.at)
}

func (s *shares[V]) remove(it *shelved[V]) {
	mine := it.share
	if it.older == nil {
		mine.first = it.next
	} else {
		it.older.next = it.next
	}
	if it.next == nil {
		mine.last = it.older
	} else {
		it.next.older = it.older
	}
	it.older, it.next = nil, nil
	if mine.held--; mine.held > 0 {
		heap.Fix(s, mine.at)
		return
	}
	heap.Remove(s, mine.at)
	delete(s.byOwner, mine.owner)
}

// Len implements heap.Interface.
func (s *shares[V]) Len() int { return len(s.list) }

// Less implements heap.Interface.
func (s *shares[V]) Less(i, j int) bool {
	a, b := s.list[i], s.list[j]
	if a.held != b.held {
		return a.held > b.held
	}
	return a.first.arrived < b.first.arrived
}

// Swap implements heap.Interface.
func (s *shares[V]) Swap(i, j int) {
	s.list[i], s.list[j] = s.list[j], s.list[i]
	s.list[i].at, s.list[j].at = i, j
}

// Push implements heap.Interface.
func (s *shares[V]) Push(x any) {
	mine, _ := x.(*share[V]) // nothing else is ever pushed
	mine.at = len(s.list)
	s.list = append(s.list, mine)
}

// Pop implements heap.Interface.
func (s *shares[V]) Pop() any {
	last := len(s.list) - 1
	mine := s.list[last]
	s.list[last] = nil
	s.list = s.list[:last]
	return mine
}
