package inspector

import (
	"testing"
	"time"
)

func TestTimesAreSaidFromNow(t *testing.T) {
	now := time.Date(2026, 1, 15, 9, 30, 12, 0, time.UTC)
	for _, c := range []struct{ claim, want string }{
		{"1768469710", "15 Jan 2026, 09:35:10 UTC · in 4 min 58 s"},
		{"1768469410", "15 Jan 2026, 09:30:10 UTC · 2 s ago"},
		{"1768469412", "15 Jan 2026, 09:30:12 UTC · now"},
		{"1768473012", "15 Jan 2026, 10:30:12 UTC · in 1 h"},
		{"1800000000", "15 Jan 2027, 08:00:00 UTC · in 364 d 22 h"},
	} {
		when, ok := claimTime(c.claim)
		if got := sayTime(English(t), when, now); !ok || got != c.want {
			t.Errorf("%s is said as %q, want %q", c.claim, got, c.want)
		}
	}
	for _, text := range []string{`"1768469710"`, `true`, `1e300`, ``} {
		if _, ok := claimTime(text); ok {
			t.Errorf("%q was taken for a time", text)
		}
	}
}
