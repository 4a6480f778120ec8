package export

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// harURL makes a URI of an address that is none (RFC 3986 section 2): the
// format asks for one, and a hostile request may hold anything.
func harURL(raw string) string {
	start := 0 // of the path; a host in brackets stays as it is
	if i := strings.Index(raw, "://"); i >= 0 {
		start = i + 3 + strings.IndexAny(raw[i+3:]+"/", "/?#")
	}
	var b strings.Builder
	fragment := false
	for i := range len(raw) {
		c := raw[i]
		allowed := c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>\\^`{|}", rune(c))
		switch c {
		case '#':
			allowed = !fragment
			fragment = true
		case '%':
			_, err := hex.DecodeString(raw[i+1 : min(i+3, len(raw))])
			allowed = err == nil && i+2 < len(raw)
		case '[', ']':
			allowed = i < start
		}
		if allowed {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
