package lifetime

import (
	"fmt"
	"strings"
	"time"
)

// Length says how long something takes by its two largest units: "4 min 58 s".
func Length(d time.Duration) string {
	units := []struct {
		size time.Duration
		name string
	}{
		{365 * 24 * time.Hour, "y"}, {24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"},
	}
	var parts []string
	for i, u := range units {
		n := d / u.size
		d -= n * u.size
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, u.name))
		}
		if len(parts) == 2 || (len(parts) == 1 && i > 0 && n == 0) {
			break
		}
	}
	return strings.Join(parts, " ")
}

// Spent reports whether the value was handed in and is good only once.
func (l Lifetime) Spent(now time.Time) bool { return !l.Used.IsZero() && !now.Before(l.Used) }

// Words says what is left of a lifetime, or how long it has been over.
func (l Lifetime) Words(now time.Time) string {
	left := l.Left(now).Round(time.Second)
	switch {
	case l.Spent(now):
		return "used, and good only once"
	case l.Ends.IsZero():
		return "nobody said how long it is good"
	case l.Ended(now) && left > -time.Second:
		return "expired just now"
	case l.Ended(now):
		return "expired " + Length(-left) + " ago"
	}
	return "good for " + Length(max(left, time.Second)) + " more"
}
