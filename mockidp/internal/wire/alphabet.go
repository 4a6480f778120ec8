package wire

import (
	"net"
	"strings"
)

// IsSegment reports whether s can stand in a path without being escaped.
func IsSegment(s string) bool {
	return s != "" && s != "." && s != ".." && len(s) <= 64 && EveryByte(s, func(b byte) bool {
		return IsAlphanumeric(b) || strings.IndexByte("-_.", b) >= 0
	})
}

// IsHost reports whether s is a host name or an IP address, with none of the
// further characters that RFC 3986 section 3.2.2 would let into a reg-name and
// that mean something else in a Content-Security-Policy.
func IsHost(s string) bool {
	return net.ParseIP(s) != nil || s != "" && EveryByte(s, func(b byte) bool {
		return IsAlphanumeric(b) || strings.IndexByte("-_.", b) >= 0
	})
}

// IsScopeToken is the ABNF of RFC 6749 section 3.3.
func IsScopeToken(s string) bool {
	return s != "" && EveryByte(s, func(b byte) bool { return b >= 0x21 && b <= 0x7e && b != '"' && b != '\\' })
}

// IsVisibleASCII is *VSCHAR of RFC 6749 appendix A.
func IsVisibleASCII(s string) bool {
	return EveryByte(s, func(b byte) bool { return b >= 0x20 && b <= 0x7e })
}

// IsUnreserved is the alphabet of RFC 7636 section 4.1.
func IsUnreserved(s string) bool {
	return EveryByte(s, func(b byte) bool { return IsAlphanumeric(b) || strings.IndexByte("-._~", b) >= 0 })
}

// IsBase64URL is the alphabet of RFC 4648 section 5 without padding.
func IsBase64URL(s string) bool {
	return EveryByte(s, func(b byte) bool { return IsAlphanumeric(b) || b == '-' || b == '_' })
}

// IsAlphanumeric reports whether b is a letter or a digit of ASCII.
func IsAlphanumeric(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

// EveryByte reports whether all of s is of an alphabet.
func EveryByte(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}
