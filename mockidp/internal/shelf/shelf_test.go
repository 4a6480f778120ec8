package shelf

import (
	"maps"
	mathrand "math/rand/v2"
	"strconv"
	"testing"
	"time"
)

func TestShelfForgetsWhatIsTooOldAndNeverHoldsMoreThanItsLimit(t *testing.T) {
	s := New[int](time.Minute, 3)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 5 {
		s.Put(strconv.Itoa(i), i, now.Add(time.Duration(i)*time.Second))
	}
	if _, ok := s.Get("1", now); ok || s.Len() != 3 || len(s.byKey) != 3 {
		t.Errorf("the oldest is still there, or %d are", s.Len())
	}
	if v, ok := s.Get("2", now.Add(61*time.Second)); !ok || v != 2 {
		t.Error("what came last but two is gone")
	}
	if _, ok := s.Get("2", now.Add(62*time.Second)); ok {
		t.Error("a value is there after its time")
	}
	s.Put("new", 9, now.Add(time.Hour))
	if s.Len() != 1 || len(s.byKey) != 1 {
		t.Errorf("%d values are there, all but one expired", s.Len())
	}
	s.Put("new", 10, now.Add(time.Hour))
	if v, _ := s.Get("new", now.Add(time.Hour)); v != 10 || s.Len() != 1 {
		t.Error("putting twice under one key keeps both")
	}
	s.Remove("new")
	s.Remove("new")
	if s.Len() != 0 || len(s.byKey) != 0 {
		t.Error("a removed value is still there")
	}
}

func TestShelfMakesRoomForValuesThatLiveDifferentlyLong(t *testing.T) {
	s := New[int](time.Minute, 100)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	draw := mathrand.New(mathrand.NewPCG(1, 2)) //nolint:gosec // the same order in every run
	alive := map[string]time.Time{}
	for i := range 5000 {
		now = now.Add(time.Duration(draw.IntN(2000)) * time.Millisecond)
		key, ttl := strconv.Itoa(draw.IntN(300)), time.Duration(draw.IntN(100)+1)*time.Second
		if i%7 == 0 {
			s.Remove(key)
			delete(alive, key)
			continue
		}
		s.PutFor(key, i, ttl, now)
		alive[key] = now.Add(ttl)
		maps.DeleteFunc(alive, func(_ string, end time.Time) bool { return !now.Before(end) })
		if len(alive) > 100 {
			t.Fatal("the test fills the shelf")
		}
		if s.Len() != len(s.byKey) || s.Len() != len(alive) {
			t.Fatalf("%d values in the heap, %d in the map, %d alive", s.Len(), len(s.byKey), len(alive))
		}
	}
	small := New[int](time.Hour, 2)
	small.Put("long", 1, now)
	small.PutFor("short", 2, time.Second, now)
	small.Put("new", 3, now)
	if _, ok := small.Get("short", now); ok || small.Len() != 2 {
		t.Error("what expires first did not make room")
	}
}

// load is a value that somebody put on a shelf.
type load struct {
	whose string
	n     int
}

func of(whose string) func(load) bool { return func(l load) bool { return l.whose == whose } }

func TestWhoeverFillsAShelfPushesOutTheirOwn(t *testing.T) {
	s := New[load](time.Minute, 8)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 8 {
		whose := "many"
		if i == 0 || i == 5 {
			whose = "few"
		}
		s.Put(strconv.Itoa(i), load{whose, i}, now)
	}
	s.MakeRoom(of("nobody"), now)
	if s.Len() != 8 {
		t.Errorf("a newcomer with nothing on the shelf took %d places from others", 8-s.Len())
	}
	s.MakeRoom(of("many"), now)
	if _, there := s.Get("1", now); there || s.Len() != 7 {
		t.Errorf("the oldest of those who have most did not give way; %d are there", s.Len())
	}
	s.MakeRoom(of("few"), now)
	if s.Len() != 7 {
		t.Error("somebody gave way though there is room")
	}
	s.Put("7", load{"few", 7}, now)
	s.Put("8", load{"many", 8}, now)
	s.MakeRoom(of("few"), now.Add(time.Hour))
	if s.Len() != 0 {
		t.Errorf("%d values are there after their time", s.Len())
	}
}

func TestValuesAreFoundByWhatTheyAre(t *testing.T) {
	s := New[load](time.Minute, 8)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s.PutFor("late", load{"a", 1}, time.Hour, now)
	s.PutFor("soon", load{"a", 2}, time.Second, now)
	s.Put("other", load{"b", 3}, now)
	if first, n := s.Oldest(of("a")); n != 2 || first.n != 1 {
		t.Errorf("the first of a is %+v of %d, want what came first, however long it lives", first, n)
	}
	if found, ok := s.Find(of("b"), now); !ok || found.n != 3 {
		t.Errorf("found %+v %t", found, ok)
	}
	if found, ok := s.Find(func(l load) bool { return l.n == 2 }, now.Add(time.Second)); ok {
		t.Errorf("found %+v after its time", found)
	}
	s.RemoveIf(of("a"))
	if _, n := s.Oldest(of("a")); n != 0 || s.Len() != 1 {
		t.Errorf("%d of a are left, %d in all", n, s.Len())
	}
}
