package lifetime

import (
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Length says how long something takes by its two largest units: "4 min 58 s".
func Length(say *catalog.Catalog, d time.Duration) string {
	units := []struct {
		size time.Duration
		id   string
	}{
		{365 * 24 * time.Hour, "time.unit.y"},
		{24 * time.Hour, "time.unit.d"},
		{time.Hour, "time.unit.h"},
		{time.Minute, "time.unit.min"},
		{time.Second, "time.unit.s"},
	}
	var parts []string
	for i, u := range units {
		n := d / u.size
		d -= n * u.size
		if n > 0 {
			parts = append(parts, say.Count(u.id, int(n)))
		}
		if len(parts) == 2 || (len(parts) == 1 && i > 0 && n == 0) {
			break
		}
	}
	return strings.Join(parts, " ")
}

// Date says a day and a time on the clock, in UTC.
func Date(say *catalog.Catalog, t time.Time) string {
	t = t.UTC()
	month := say.Text("time.month." + strconv.Itoa(int(t.Month())))
	return say.Text("time.date.full",
		"day", strconv.Itoa(t.Day()), "month", month, "year", strconv.Itoa(t.Year()), "clock", t.Format(time.TimeOnly))
}

// Distance says how far a time is from now: "in 4 min 58 s", "3 s ago".
func Distance(say *catalog.Catalog, d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d == 0:
		return say.Text("time.from-now.now")
	case d < 0:
		return say.Text("time.from-now.past", "time", Length(say, -d))
	}
	return say.Text("time.from-now.future", "time", Length(say, d))
}

// Spent reports whether the value was handed in and is good only once.
func (l Lifetime) Spent(now time.Time) bool { return !l.Used.IsZero() && !now.Before(l.Used) }

// Words says what is left of a lifetime, or how long it has been over.
func (l Lifetime) Words(say *catalog.Catalog, now time.Time) string {
	left := l.Left(now).Round(time.Second)
	switch {
	case l.Spent(now):
		return say.Text("time.good.used")
	case l.Ends.IsZero():
		return say.Text("time.good.unknown")
	case l.Ended(now) && left > -time.Second:
		return say.Text("time.good.expired-now")
	case l.Ended(now):
		return say.Text("time.good.expired", "time", Length(say, -left))
	}
	return say.Text("time.good.more", "time", Length(say, max(left, time.Second)))
}
