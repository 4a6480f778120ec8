package mockidp

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// checkLogoutURIs is OpenID Connect Back-Channel Logout 1.0 section 2.2 and
// Front-Channel Logout 1.0 section 2.
func checkLogoutURIs(c *Client, relaxed Relaxed) error {
	const back, front = "OpenID Connect Back-Channel Logout 1.0 section 2.2", "OpenID Connect Front-Channel Logout 1.0 section 2"
	if err := checkLogoutURI(c, "backchannel_logout_uri", c.BackchannelLogoutURI, back, relaxed); err != nil {
		return err
	}
	uri := c.FrontchannelLogoutURI
	if err := checkLogoutURI(c, "frontchannel_logout_uri", uri, front, relaxed); err != nil || uri == "" {
		return err
	}
	if !slices.ContainsFunc(c.RedirectURIs, func(redirect string) bool { return originOf(redirect) == originOf(uri) }) {
		return wrong("frontchannel_logout_uri", "%q must have scheme, host and port of one of redirect_uris (%s)", uri, front)
	}
	return nil
}

// checkLogoutURI demands an absolute URI without fragment, with http only where
// a client can keep secrets.
func checkLogoutURI(c *Client, name, uri, spec string, relaxed Relaxed) error {
	if uri == "" {
		return nil
	}
	u, err := url.Parse(uri)
	switch {
	case err != nil || !wire.IsHost(u.Hostname()) || u.Scheme != "https" && u.Scheme != "http" || !wire.IsVisibleASCII(uri):
		return wrong(name, "%q must be an absolute http or https URI (%s)", uri, spec)
	case strings.Contains(uri, "#") || u.User != nil:
		return wrong(name, "%q must have neither a fragment nor user information", uri)
	case u.Scheme == "http" && c.TokenEndpointAuthMethod == authNone:
		return wrong(name, "%q: only a confidential client may use http; use https, or give the client a secret (%s)", uri, spec)
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return wrong(name, onlyLoopback, uri, settingPlainHTTP)
	}
	return nil
}
