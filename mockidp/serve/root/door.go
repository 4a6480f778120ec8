package root

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// mayLook lets in who sits at this machine and came by a name of this server.
// Others get what the provider answers there. A header of a proxy means that
// somebody else may sit at the other end, whoever handed the request on.
func mayLook(r *http.Request, names []string) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return false
	}
	for _, of := range []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
		if r.Header.Get(of) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback() || slices.Contains(names, host)
}

// wantsPage is false for a program that asks for JSON and gets the provider's.
func wantsPage(r *http.Request) bool {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	return accept == "" || strings.Contains(accept, "text/html") || strings.Contains(accept, "*/*") && !strings.Contains(accept, "json")
}

// ofThisPage keeps pages of others from opening the stream, which they could
// not read anyway (Fetch Metadata Request Headers, section 2.3). Programs send
// no such header.
func ofThisPage(r *http.Request) bool {
	from := r.Header.Get("Sec-Fetch-Site")
	return from == "" || from == "same-origin"
}
