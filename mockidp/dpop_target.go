package mockidp

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// targets are the addresses by which a request may have been sent here: the
// issuer's, and that of the Host header where the config lists it. A Host
// that nobody listed is not believed, or a proof that was made for somebody
// else's server could be used here by whoever sends its name along.
func (p *Provider) targets(r *request) []string {
	path := r.URL.EscapedPath()
	list := []string{normalTarget(p.cfg.BaseURL + path)}
	if slices.Contains(p.cfg.Hosts, r.Host) {
		scheme, _, _ := strings.Cut(p.cfg.BaseURL, "://")
		if own := normalTarget(scheme + "://" + r.Host + path); own != list[0] {
			list = append(list, own)
		}
	}
	return list
}

// normalTarget returns an http or https URI in its normal form (RFC 3986
// sections 6.2.2 and 6.2.3), without query and fragment, or "" when it is no
// such URI.
func normalTarget(uri string) string {
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
