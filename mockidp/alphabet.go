package mockidp

import (
	"net"
	"strings"
)

// isSegment reports whether s can stand in a path without being escaped.
func isSegment(s string) bool {
	return s != "" && s != "." && s != ".." && len(s) <= 64 && everyByte(s, func(b byte) bool {
		return isAlphanumeric(b) || strings.IndexByte("-_.", b) >= 0
	})
}

// isHost reports whether s is a host name or an IP address, with none of the
// further characters that RFC 3986 section 3.2.2 would let into a reg-name and
// that mean something else in a Content-Security-Policy.
func isHost(s string) bool {
	return net.ParseIP(s) != nil || s != "" && everyByte(s, func(b byte) bool {
		return isAlphanumeric(b) || strings.IndexByte("-_.", b) >= 0
	})
}

// isScopeToken is the ABNF of RFC 6749 section 3.3.
func isScopeToken(s string) bool {
	return s != "" && everyByte(s, func(b byte) bool { return b >= 0x21 && b <= 0x7e && b != '"' && b != '\\' })
}

// isVisibleASCII is *VSCHAR of RFC 6749 appendix A.
func isVisibleASCII(s string) bool {
	return everyByte(s, func(b byte) bool { return b >= 0x20 && b <= 0x7e })
}

// isUnreserved is the alphabet of RFC 7636 section 4.1.
func isUnreserved(s string) bool {
	return everyByte(s, func(b byte) bool { return isAlphanumeric(b) || strings.IndexByte("-._~", b) >= 0 })
}

// isBase64URL is the alphabet of RFC 4648 section 5 without padding.
func isBase64URL(s string) bool {
	return everyByte(s, func(b byte) bool { return isAlphanumeric(b) || b == '-' || b == '_' })
}

func isAlphanumeric(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

func everyByte(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}
