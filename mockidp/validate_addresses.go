package mockidp

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// checkAddresses refuses what cannot be the start of an issuer (RFC 8414
// section 2: https, no query, no fragment).
func checkAddresses(cfg *Config) error {
	if cfg.BaseURL == "" {
		return within(ConfigError{}, wrong("base_url", "must be scheme and host, e.g. https://idp.example"))
	}
	if err := checkAddress("base_url", cfg.BaseURL, cfg.Relaxed); err != nil {
		return err
	}
	if err := checkHosts(cfg.Hosts); err != nil {
		return err
	}
	if cfg.BackChannelURL == "" {
		return nil
	}
	return checkAddress("back_channel_url", cfg.BackChannelURL, cfg.Relaxed)
}

func checkAddress(key, address string, relaxed Relaxed) error {
	refuse := func(words string, args ...any) error {
		return within(ConfigError{}, wrong(key, "%q "+words, append([]any{address}, args...)...))
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return refuse("cannot be read as a URL; write scheme and host, without blanks, e.g. https://idp.example")
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return refuse("must start with https:// (or http:// on loopback) and name a host")
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return refuse("is plain http: an issuer uses https (RFC 8414 section 2); http only on 127.0.0.1, [::1] or localhost, or with %s",
			settingPlainHTTP)
	case u.Scheme+"://"+strings.ToLower(u.Host)+u.Path != address:
		return refuse("must be scheme, host and, where a proxy gives it one, a path, in lower case: no query, no fragment, no user")
	case strings.HasSuffix(u.Path, "/"):
		return refuse("must not end with a slash: the addresses of the realms follow, as in %s", strings.TrimRight(address, "/")+"/realms/demo")
	}
	if at := strings.Index(u.Path+"/", "/realms/"); at >= 0 {
		return refuse("must not name a realm: the provider puts /realms/ and the name of each behind it; leave %s out", u.Path[at:])
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(u.Path, "/"), "/") {
		if u.Path != "" && (!wire.IsSegment(segment) || strings.Trim(segment, ".") == "") {
			return refuse("must have a path of letters, digits, '-', '_' and '.' between slashes, or none")
		}
	}
	return nil
}

// checkHosts refuses what no Host header can be (RFC 9110 section 7.2): it
// would never match, and nothing would say why.
func checkHosts(hosts []string) error {
	for _, host := range hosts {
		u, err := url.Parse("//" + host)
		if err != nil || u.Host != host || !wire.IsHost(u.Hostname()) || !isPort(u) {
			return within(ConfigError{}, wrong("hosts", "%q must be a host, with its port where clients name one, e.g. idp.test:8180", host))
		}
	}
	return nil
}

// isPort reports whether an address names no port, or one that there can be.
func isPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	port, err := strconv.Atoi(u.Port())
	return err == nil && port > 0 && port <= math.MaxUint16
}
