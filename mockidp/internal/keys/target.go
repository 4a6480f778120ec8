package keys

import (
	"net"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// NormalTarget returns an http or https URI in its normal form (RFC 3986
// sections 6.2.2 and 6.2.3), without query and fragment, or "" when it is no
// such URI.
func NormalTarget(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return ""
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != "" && (u.Scheme != "http" || port != "80") && (u.Scheme != "https" || port != "443") {
		host = net.JoinHostPort(strings.Trim(host, "[]"), port)
	}
	return u.Scheme + "://" + host + withoutDots(normalEscapes(u.EscapedPath()))
}

// normalEscapes decodes what need not be encoded, and writes the rest of the
// escapes in upper case.
func normalEscapes(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' || i+2 >= len(path) {
			b.WriteByte(path[i])
			continue
		}
		decoded, err := url.PathUnescape(path[i : i+3])
		if err == nil && wire.IsUnreserved(decoded) {
			b.WriteString(decoded)
		} else {
			b.WriteString(strings.ToUpper(path[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

// withoutDots removes the segments "." and ".." (RFC 3986 section 5.2.4). An
// empty path is the same as "/".
func withoutDots(path string) string {
	if path == "" {
		return "/"
	}
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".", "..":
			if s == ".." && len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	return "/" + strings.Join(kept, "/")
}
