package mockidp

import (
	"net/url"
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
		return refuse("must be a URL: %w", err)
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return refuse("must start with https:// (or http:// on loopback) and name a host")
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return refuse("is plain http: an issuer uses https (RFC 8414 section 2); http only on 127.0.0.1, [::1] or localhost, or with %s",
			settingPlainHTTP)
	case u.Scheme+"://"+u.Host+u.Path != address:
		return refuse("must be scheme, host and, where a proxy gives it one, a path, in lower case: no query, no fragment, no user")
	case strings.HasSuffix(u.Path, "/"):
		return refuse("must not end with a slash: the addresses of the realms follow, as in %s", strings.TrimRight(address, "/")+"/realms/demo")
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(u.Path, "/"), "/") {
		if u.Path != "" && (!wire.IsSegment(segment) || strings.Trim(segment, ".") == "") {
			return refuse("must have a path of letters, digits, '-', '_' and '.' between slashes, or none")
		}
	}
	return nil
}
