package shelf

import (
	"maps"
	mathrand "math/rand/v2"
	"runtime"
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
		s.PutFor("", key, i, ttl, now)
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
	small.PutFor("", "short", 2, time.Second, now)
	small.Put("new", 3, now)
	if _, ok := small.Get("long", now); ok || small.Len() != 2 {
		t.Error("what came first did not make room")
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
	var gone []load
	s.OnFull(func(d Displaced[load]) {
		if d.Owner != d.Value.whose || d.Left != time.Minute || !d.Now.Equal(now) {
			t.Errorf("%+v gave way", d)
		}
		gone = append(gone, d.Value)
	})
	put := func(whose string, n int) { s.PutOf(whose, whose+strconv.Itoa(n), load{whose, n}, now) }
	put("few", 0)
	for i := range 1000 {
		put("many", i)
	}
	if _, there := s.Get("few0", now); !there || s.Len() != 8 {
		t.Errorf("the one value of somebody else gave way to a flood; %d are there", s.Len())
	}
	if len(gone) != 993 || gone[0].n != 0 || gone[992].n != 992 {
		t.Errorf("%d gave way, want the oldest of the flood in their order", len(gone))
	}
	for i := range 8 {
		put("third"+strconv.Itoa(i), i)
	}
	if _, there := s.Get("few0", now); there || s.Len() != 8 || len(s.shares.byOwner) != len(s.shares.list) {
		t.Errorf("of owners with one value each, %d values and %d shares are there", s.Len(), len(s.shares.list))
	}
	s.Put("late", load{"late", 9}, now.Add(time.Hour))
	if s.Len() != 1 || len(s.shares.byOwner) != 1 {
		t.Errorf("%d values are there after their time", s.Len())
	}
}

func TestValuesAreFoundByWhatTheyAre(t *testing.T) {
	s := New[load](time.Minute, 8)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s.PutFor("a", "late", load{"a", 1}, time.Hour, now)
	s.PutFor("a", "soon", load{"a", 2}, time.Second, now)
	s.Put("other", load{"b", 3}, now)
	if found, ok := s.Find(of("b"), now); !ok || found.n != 3 {
		t.Errorf("found %+v %t", found, ok)
	}
	if found, ok := s.Find(func(l load) bool { return l.n == 2 }, now.Add(time.Second)); ok {
		t.Errorf("found %+v after its time", found)
	}
	if one, two := s.Count(of("a"), now.Add(time.Second)), s.Count(of("a"), now); one != 1 || two != 2 {
		t.Errorf("of a there are %d, and after the time of one %d", two, one)
	}
	s.RemoveIf(of("a"))
	if _, left := s.Find(of("a"), now); left || s.Len() != 1 {
		t.Errorf("some of a are left, %d in all", s.Len())
	}
}

func TestWhatIsKeptCanBeReplacedAndLeftOut(t *testing.T) {
	s := New[int](time.Minute, 8)
	now := time.Unix(1, 0)
	for key, v := range map[string]int{"one": 1, "two": 2, "three": 3} {
		s.Put(key, v, now)
	}
	s.Change(func(v int) (int, bool) { return v * 10, v != 2 })
	one, _ := s.Get("one", now)
	if _, kept := s.Get("two", now); one != 10 || kept || s.Len() != 2 {
		t.Errorf("one is %d, and %d are kept", one, s.Len())
	}
}

// TestAFullShelfGrowsNoFurther counts what is reachable: a server that runs for
// days fills every shelf, and each has to level off there.
func TestAFullShelfGrowsNoFurther(t *testing.T) {
	const limit = 2000
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s, n := New[*[256]byte](time.Hour, limit), 0
	fill := func(times int) uint64 {
		for range times * limit {
			n++
			s.PutOf("owner "+strconv.Itoa(n%7), strconv.Itoa(n), new([256]byte), now)
		}
		if s.Len() != limit {
			t.Fatalf("%d values are kept, and %d may be", s.Len(), limit)
		}
		runtime.GC()
		runtime.GC() // the first may have left what it found on its way
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	early, late := fill(3), fill(30)
	if late > early+early/4 {
		t.Errorf("%d bytes are in use after %d values, and %d were after the first %d", late, n, early, 3*limit)
	}
	runtime.KeepAlive(&s)
}
