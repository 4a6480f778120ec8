package wire

import (
	"cmp"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks whose word is taken for where a request came from
// and which host it was sent to. What anybody else says of it is not looked at.
type Proxies []netip.Prefix

// ParseProxy reads a network such as 10.0.0.0/8, or a single address.
func ParseProxy(text string) (netip.Prefix, error) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()), nil
	}
	prefix, err := netip.ParsePrefix(text)
	return prefix.Masked(), err
}

// trust reports whether an address, with a port or without, is a proxy's.
func (p Proxies) trust(address string) bool {
	ip, ok := addressOf(address)
	return ok && slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(ip) })
}

// addressOf reads "192.0.2.1", "192.0.2.1:80", "2001:db8::1" and "[2001:db8::1]:80".
func addressOf(text string) (netip.Addr, bool) {
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().Unmap().WithZone(""), true
	}
	ip, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return ip.Unmap().WithZone(""), err == nil
}

// via is what a proxy says of a request.
type via struct{ from, host string }

// unforwarded returns a request as it was before the proxies in front passed it
// on, and what they contradict each other in, if they do.
func (p Proxies) unforwarded(r *http.Request) (as *http.Request, contradiction string) {
	if len(p) == 0 || !p.trust(r.RemoteAddr) {
		return r, ""
	}
	common, standard := p.common(r.Header), p.standard(r.Header)
	if common == (via{}) && standard == (via{}) {
		return r, ""
	}
	if differ(common.from, standard.from) || differ(common.host, standard.host) {
		return r, "Forwarded says " + said(standard) + ", X-Forwarded-* say " + said(common)
	}
	as = r.WithContext(r.Context())
	as.Host = cmp.Or(common.host, standard.host, r.Host)
	as.RemoteAddr = cmp.Or(common.from, standard.from, r.RemoteAddr)
	return as, ""
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

func said(v via) string {
	return Printable(cmp.Or(v.from, "nobody")+" and "+cmp.Or(v.host, "no host"), 200)
}

// common reads the headers that most proxies send.
func (p Proxies) common(h http.Header) via {
	v := via{from: p.client(list(h.Values("X-Forwarded-For"))), host: last(list(h.Values("X-Forwarded-Host")))}
	port := last(list(h.Values("X-Forwarded-Port")))
	usual := map[string]string{"https": "443", "http": "80"}[last(list(h.Values("X-Forwarded-Proto")))]
	if v.host != "" && port != "" && port != usual && !strings.HasSuffix(v.host, ":"+port) &&
		!strings.Contains(strings.Trim(v.host, "[]"), ":") {
		v.host += ":" + port
	}
	return v
}

// standard reads Forwarded (RFC 7239 section 4).
func (p Proxies) standard(h http.Header) via {
	var from, hosts []string
	for _, element := range list(h.Values("Forwarded")) {
		for pair := range strings.SplitSeq(element, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			switch value = strings.Trim(value, `"`); strings.ToLower(name) {
			case "for":
				from = append(from, value)
			case "host":
				hosts = append(hosts, value)
			}
		}
	}
	return via{from: p.client(from), host: last(hosts)}
}

// client is the last address that is no proxy's own: what stands before it,
// anybody may have written.
func (p Proxies) client(hops []string) string {
	for _, hop := range slices.Backward(hops) {
		ip, ok := addressOf(hop)
		switch {
		case !ok:
			return ""
		case !p.trust(hop):
			return ip.String()
		}
	}
	return ""
}

// list reads the values of a header that may be one list or several.
func list(values []string) []string {
	var all []string
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			if item = strings.TrimSpace(item); item != "" {
				all = append(all, item)
			}
		}
	}
	return all
}

func last(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return items[len(items)-1]
}
