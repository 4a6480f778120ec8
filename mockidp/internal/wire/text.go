package wire

import (
	"encoding/base64"
	"strings"
	"time"
)

// Shown returns a value as a check or a page may show it: in full when it is
// short, and with what cannot be printed replaced.
func Shown(s string) string { return Printable(s, 300) }

// Printable replaces everything outside printable ASCII, so that the result
// can neither forge a log line nor break a header, and shortens it to limit.
func Printable(s string, limit int) string {
	cut := len(s) > limit
	if cut {
		s = s[:limit]
	}
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return '?'
		}
		return r
	}, s)
	if cut {
		s += "..."
	}
	return s
}

// Prefixed returns name+rest, or "" when there is no name.
func Prefixed(name, rest string) string {
	if name == "" {
		return ""
	}
	return name + rest
}

// MaxName is how much of the name of a parameter a rule quotes at most, in bytes.
const MaxName = 64

// MaxDescription is how long an error_description is at most, in bytes.
const MaxDescription = 400

// Beginning is a text that may have so many bytes, and says so where it had more.
func Beginning(s string, limit int) string {
	const more = "..."
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:max(0, limit-len(more))], "") + more
}

// Describe turns the reason of a refusal into an error_description, which
// knows neither quotes nor backslashes (RFC 6749 section 5.2).
func Describe(reason string) string {
	return strings.NewReplacer(`"`, "'", `\`, "/").Replace(Printable(reason, MaxDescription))
}

// Base64URL writes bytes in base64url without padding (RFC 4648 section 5).
func Base64URL(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Brief writes a time as people do: 20m and not 20m0s, 1h and not 1h0m0s.
func Brief(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
