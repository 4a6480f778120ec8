package mockidp

import (
	"cmp"
	"strconv"
	"strings"
)

// registeredRedirect reports whether uri is one of the client's: the same
// string, save for the port of a loopback address.
func registeredRedirect(c *Client, uri string) bool {
	for _, registered := range c.RedirectURIs {
		if uri == registered || sameButPort(uri, registered) {
			return true
		}
	}
	return false
}

// sameButPort compares two loopback URIs without their ports: an app on the
// person's machine gets a free port from its system at run time and cannot
// know it beforehand (RFC 8252 section 7.3). The name localhost gets no such
// freedom (section 8.3): it need not point to this machine.
func sameButPort(uri, registered string) bool {
	a, ok1 := cutLoopbackPort(uri)
	b, ok2 := cutLoopbackPort(registered)
	return ok1 && ok2 && a == b
}

// cutLoopbackPort removes the port of an http URI on a loopback IP literal
// without parsing anything else, so that all the rest is compared as it is.
func cutLoopbackPort(uri string) (string, bool) {
	for _, host := range []string{"http://127.0.0.1", "http://[::1]"} {
		rest, ok := strings.CutPrefix(uri, host)
		if !ok {
			continue
		}
		if port, found := strings.CutPrefix(rest, ":"); found {
			end := strings.IndexAny(port, "/?")
			if end < 0 {
				end = len(port)
			}
			if n, err := strconv.ParseUint(port[:end], 10, 16); err != nil || n == 0 {
				return "", false
			}
			rest = port[end:]
		}
		if rest != "" && rest[0] != '/' && rest[0] != '?' {
			return "", false
		}
		return host + rest, true
	}
	return "", false
}

// allowsOrigin reports whether a page of this origin belongs to a client; a
// loopback address may have any port, as its redirection URI may.
func (t *tenant) allowsOrigin(origin string) bool {
	if origin == "" {
		return false
	}
	if t.origins[origin] {
		return true
	}
	bare, ok := cutLoopbackPort(origin)
	return ok && t.origins[bare] || t.clients.ownOrigin(origin, cmp.Or(bare, origin))
}
