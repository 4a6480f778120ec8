package mockidp

import (
	"net"
	"net/url"
	"slices"
)

// webOrigins lists the origins that the client's pages come from.
func webOrigins(c *Client) []string {
	origins := slices.Clone(c.Origins)
	if c.OnlyOrigins {
		return origins
	}
	for _, uri := range c.RedirectURIs {
		if origin := originOf(uri); origin != "" && !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins
}

// originOf returns the web origin of a URL, or "" for a scheme without one.
func originOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
