package configfile

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// duration reads "60s", or 60, which is in seconds as everywhere in OAuth.
func duration(value any) (time.Duration, error) {
	var d time.Duration
	switch v := value.(type) {
	case string:
		var err error
		if d, err = time.ParseDuration(v); err != nil {
			return 0, fmt.Errorf("%q is no duration; %s", v, durationFor(v))
		}
	case int64:
		if v > int64(math.MaxInt64/time.Second) || v < 0 {
			return 0, fmt.Errorf("%d seconds is out of range; write a number from 1 on or a text with a unit, or leave it out", v)
		}
		d = time.Duration(v) * time.Second
	case float64:
		return 0, fmt.Errorf("must be a duration, e.g. \"90s\", or a whole number of seconds, got %v; parts of a second are \"1500ms\"", v)
	default:
		return 0, fmt.Errorf("must be a duration, e.g. \"90s\", or a whole number of seconds, got %s", kind(value))
	}
	if d < 0 {
		return 0, errors.New("must not be negative; write a length of time from \"1s\" on, or leave it out")
	}
	return d, nil
}

// durationFor says how to write what somebody meant.
func durationFor(typed string) string {
	const (
		usual = `write it with a unit, e.g. "90s", "10m" or "8h"`
		long  = `it is out of range; write a shorter one, e.g. "720h", or leave it out`
	)
	if regexp.MustCompile(`^([0-9.]+(h|m|s|ms))+$`).MatchString(typed) {
		return long
	}
	parts := regexp.MustCompile(`^\s*([0-9]+)\s*([a-z]*)\s*$`).FindStringSubmatch(strings.ToLower(typed))
	if parts == nil {
		return usual
	}
	n, err := strconv.Atoi(parts[1])
	if parts[2] == "" && err == nil {
		return fmt.Sprintf(`it has no unit; write "%ds", or %d without quotes for as many seconds`, n, n)
	}
	for _, u := range []struct {
		names, unit string
		of          time.Duration
		times       int
	}{
		{" s sec secs second seconds ", "s", time.Second, 1},
		{" m min mins minute minutes ", "m", time.Minute, 1},
		{" h hr hrs hour hours ", "h", time.Hour, 1},
		{" d day days ", "h", time.Hour, 24},
		{" w week weeks ", "h", time.Hour, 24 * 7},
		{" y year years ", "h", time.Hour, 24 * 365},
	} {
		switch {
		case !strings.Contains(u.names, " "+parts[2]+" "):
		case err != nil || n > int(math.MaxInt64/u.of)/u.times:
			return long
		default:
			return fmt.Sprintf(`write "%d%s": the units are h, m and s`, n*u.times, u.unit)
		}
	}
	return usual
}
