package exercise

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Store keeps lists of words from start to start.
type Store interface {
	StringList(key string) []string
	SetStringList(key string, words []string)
	RemoveValue(key string)
}

// Record is what somebody tried and how it went. It is kept in the store and
// goes nowhere else.
//
// What was missed comes back: the next day, three days after it was then
// answered rightly, and seven days after that. Missed again, it begins anew.
type Record struct {
	store Store
	now   func() time.Time
}

// NewRecord returns the record of a store. The clock says which day it is.
func NewRecord(store Store, now func() time.Time) Record { return Record{store, now} }

// Standing is how somebody stands with an exercise.
type Standing string

// The standings.
const (
	Unseen Standing = ""      // nobody tried it
	Known  Standing = "known" // it was answered rightly, at once or in the end
	Again  Standing = "again" // it was missed, and comes back
)

// keyRecord is where the lines are kept: "id standing right-since-missed day".
const keyRecord = "exercises-record"

// waits are the days until a missed exercise comes back: since it was missed,
// and since it was answered rightly once and twice.
func waits() []int { return []int{1, 3, 7} }

const dayFormat = time.DateOnly

type line struct {
	id       string
	standing Standing
	right    int    // how often it was answered rightly since it was missed
	due      string // the day from which on it is to be done again; of one that is known the day of that
}

func (l line) String() string {
	return strings.Join([]string{l.id, string(l.standing), strconv.Itoa(l.right), l.due}, " ")
}

// lines reads what is kept; a line that cannot be read counts as never written.
func (r Record) lines() []line {
	kept := r.store.StringList(keyRecord)
	all := make([]line, 0, len(kept))
	for _, text := range kept {
		parts := strings.Fields(text)
		if len(parts) != 4 {
			continue
		}
		right, err := strconv.Atoi(parts[2])
		_, badDay := time.Parse(dayFormat, parts[3])
		l := line{id: parts[0], standing: Standing(parts[1]), right: right, due: parts[3]}
		if err != nil || badDay != nil || l.standing != Known && l.standing != Again {
			continue
		}
		all = append(all, l)
	}
	return all
}

func (r Record) day(days int) string { return r.now().AddDate(0, 0, days).Format(dayFormat) }

// Answer keeps how an exercise went. To practise one before its day changes nothing for the better.
func (r Record) Answer(id string, right bool) {
	all := r.lines()
	i := slices.IndexFunc(all, func(l line) bool { return l.id == id })
	if i < 0 {
		all, i = append(all, line{id: id, standing: Known, due: r.day(0)}), len(all)
	}
	switch l := &all[i]; {
	case !right:
		*l = line{id: id, standing: Again, due: r.day(waits()[0])}
	case l.standing == Again && l.due <= r.day(0):
		if l.right++; l.right == len(waits()) {
			l.standing, l.due = Known, r.day(0)
		} else {
			l.due = r.day(waits()[l.right])
		}
	}
	kept := make([]string, 0, len(all))
	for _, l := range all {
		kept = append(kept, l.String())
	}
	r.store.SetStringList(keyRecord, kept)
}

// Standing is how somebody stands with an exercise.
func (r Record) Standing(id string) Standing {
	for _, l := range r.lines() {
		if l.id == id {
			return l.standing
		}
	}
	return Unseen
}

// Due lists what is to be done again today, the longest due first.
func (r Record) Due() []string {
	all := slices.DeleteFunc(r.lines(), func(l line) bool { return l.standing != Again || l.due > r.day(0) })
	slices.SortStableFunc(all, func(a, b line) int { return strings.Compare(a.due, b.due) })
	ids := make([]string, 0, len(all))
	for _, l := range all {
		ids = append(ids, l.id)
	}
	return ids
}

// Missed lists what comes back, today or later.
func (r Record) Missed() []string {
	var ids []string
	for _, l := range r.lines() {
		if l.standing == Again {
			ids = append(ids, l.id)
		}
	}
	return ids
}

// Next is the first day on which something is to be done again that is not yet; zero where nothing is.
func (r Record) Next() time.Time {
	var next string
	for _, l := range r.lines() {
		if l.standing == Again && l.due > r.day(0) && (next == "" || l.due < next) {
			next = l.due
		}
	}
	day, err := time.ParseInLocation(dayFormat, next, r.now().Location())
	if err != nil {
		return time.Time{}
	}
	return day
}

// CountBelow is how many exercises whose id begins so somebody knows, and how many come back.
func (r Record) CountBelow(prefix string) (known, again int) {
	for _, l := range r.lines() {
		switch {
		case !strings.HasPrefix(l.id, prefix):
		case l.standing == Known:
			known++
		case l.standing == Again:
			again++
		}
	}
	return known, again
}

// Forget keeps nothing any more.
func (r Record) Forget() { r.store.RemoveValue(keyRecord) }
