package inspector

import (
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// isTimeClaim reports whether the claim is a NumericDate (RFC 7519 section 2, OpenID Connect Core 5.1).
func isTimeClaim(name string) bool {
	switch name {
	case "exp", "iat", "nbf", "auth_time", "updated_at":
		return true
	}
	return false
}

// claimTime reads a NumericDate.
func claimTime(jsonText string) (time.Time, bool) {
	var n json.Number
	if json.Unmarshal([]byte(jsonText), &n) != nil || strings.HasPrefix(jsonText, `"`) {
		return time.Time{}, false
	}
	f, err := n.Float64()
	if err != nil || math.Abs(f) > 1e11 {
		return time.Time{}, false
	}
	whole, part := math.Modf(f)
	return time.Unix(int64(whole), int64(part*1e9)).UTC(), true
}

// sayTime says a time as a date and how far it is from now: "1 Jan 2026, 00:05:00 UTC · in 4 min 58 s".
func sayTime(say *catalog.Catalog, t, now time.Time) string {
	date := lifetime.Date(say, t)
	if now.IsZero() {
		return date
	}
	return date + " · " + lifetime.Distance(say, t.Sub(now))
}
