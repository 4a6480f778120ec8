package player

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAMemberIsWrittenInLettersAndATimeAsADate(t *testing.T) {
	for _, c := range []struct{ name, text, value, date string }{
		{"name", `"J\u00fcrgen"`, "Jürgen", ""},
		{"groups", `["caf\u00e9","bar"]`, `["café","bar"]`, ""},
		{"exp", `1772442310`, "1772442310", "2026-03-02 09:05:10 UTC"},
		{"amount", `1234567890123456789`, "1234567890123456789", ""},
		{"broken", `{`, "{", ""},
	} {
		if value, date := Member(trace.Field{Name: c.name, Value: c.text}); value != c.value || date != c.date {
			t.Errorf("%s: %q is written %q, %q; want %q, %q", c.name, c.text, value, date, c.value, c.date)
		}
	}
}

func TestTheBenchHasASampleBeforeAnyTokenCrossed(t *testing.T) {
	p := classroom(t)
	if raw := p.Bench().Sample(); raw == "" || p.Crossed() != 0 {
		t.Errorf("the sample is %q, when %d messages have crossed", raw, p.Crossed())
	}
}
