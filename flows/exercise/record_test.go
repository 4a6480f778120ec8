package exercise_test

import (
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/exercise"
)

// drawer is a store in memory.
type drawer map[string][]string

func (d drawer) StringList(key string) []string           { return d[key] }
func (d drawer) SetStringList(key string, words []string) { d[key] = words }
func (d drawer) RemoveValue(key string)                   { delete(d, key) }

// calendar is a clock that a test sets.
type calendar struct{ now time.Time }

func (c *calendar) wait(days int) { c.now = c.now.AddDate(0, 0, days) }

func kept(store drawer) (exercise.Record, *calendar) {
	c := &calendar{now: time.Date(2026, time.March, 2, 23, 50, 0, 0, time.UTC)}
	return exercise.NewRecord(store, func() time.Time { return c.now }), c
}

func TestWhatIsAnsweredRightlyAtOnceDoesNotComeBack(t *testing.T) {
	r, day := kept(drawer{})
	r.Answer("a", true)
	day.wait(100)
	if r.Standing("a") != exercise.Known || len(r.Due()) != 0 || !r.Next().IsZero() {
		t.Errorf("it stands at %q, due are %q, the next day is %v", r.Standing("a"), r.Due(), r.Next())
	}
}

func TestWhatWasMissedComesBackAfterOneThreeAndSevenDays(t *testing.T) {
	store := drawer{}
	r, day := kept(store)
	r.Answer("a", false)
	for _, days := range []int{1, 3, 7} {
		day.wait(days - 1)
		if due := r.Due(); len(due) != 0 {
			t.Errorf("a day before the %d are over, it is due: %q", days, due)
		}
		again, clock := kept(store) // the next start finds the same
		clock.now = day.now
		if next := again.Next(); next.Format(time.DateOnly) != day.now.AddDate(0, 0, 1).Format(time.DateOnly) {
			t.Errorf("it comes back on %v, want the day after %v", next, day.now)
		}
		day.wait(1)
		if due := r.Due(); !slices.Equal(due, []string{"a"}) || r.Standing("a") != exercise.Again {
			t.Errorf("after %d days due are %q, standing %q", days, due, r.Standing("a"))
		}
		r.Answer("a", true)
	}
	if r.Standing("a") != exercise.Known || !r.Next().IsZero() {
		t.Errorf("after three right answers it stands at %q", r.Standing("a"))
	}
}

func TestMissedAgainBeginsAnewAndTooEarlyChangesNothing(t *testing.T) {
	r, day := kept(drawer{})
	r.Answer("a", false)
	r.Answer("a", true) // on the same day
	day.wait(1)
	if len(r.Due()) != 1 {
		t.Error("to practise it on the day that it was missed keeps it from coming back")
	}
	r.Answer("a", true)
	day.wait(3)
	r.Answer("a", false)
	day.wait(1)
	if len(r.Due()) != 1 {
		t.Errorf("missed again, it is not due the next day")
	}
}

func TestTheLongestDueComesFirst(t *testing.T) {
	r, day := kept(drawer{})
	r.Answer("late", true)
	r.Answer("a", false)
	day.wait(1)
	r.Answer("late", false)
	day.wait(1)
	if due := r.Due(); !slices.Equal(due, []string{"a", "late"}) {
		t.Errorf("due are %q", due)
	}
	if known, again := r.CountBelow(""); known != 0 || again != 2 {
		t.Errorf("%d are known and %d come back", known, again)
	}
}

func TestADamagedRecordIsReadAsFarAsItGoes(t *testing.T) {
	store := drawer{"exercises-record": {"", "a", "b known x 2026-01-01", "c again 0 soon", "d lost 0 2026-01-01", "e known 0 2026-01-01"}}
	r, _ := kept(store)
	if r.Standing("e") != exercise.Known || r.Standing("c") != exercise.Unseen || len(r.Due()) != 0 {
		t.Errorf("e is %q, c is %q, due are %q", r.Standing("e"), r.Standing("c"), r.Due())
	}
	r.Forget()
	if r.Standing("e") != exercise.Unseen || len(store) != 0 {
		t.Errorf("after forgetting, the store holds %v", store)
	}
}
