package diagnosis

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Two addresses of one issuer, and in what they differ.

// issuerDiffers compares what metadata call themselves with the address that
// they were asked under. Where a login went well all the same, nobody minds.
func issuerDiffers(c *Case, how string) *sighting {
	for _, e := range c.Login.Exchanges {
		named := e.Came("issuer")
		asked, _, found := strings.Cut(e.Address(), wellKnown)
		if e.Endpoint != logins.Discovery || named == "" || !found || named == asked || strings.Contains(e.Address(),
			"oauth-authorization-server/") {
			continue
		}
		if issuerDifference(asked, named) != how {
			continue
		}
		if slices.ContainsFunc(c.Log.Logins, func(l *logins.Login) bool { return l.State() == logins.Done }) {
			return nil
		}
		s := certain(e, quote(e, "asked", asked), answered(e, "issuer", named))
		if len(c.Log.Logins) > 0 {
			s.sure = Likely
		}
		return s
	}
	return nil
}

// issuerTold takes the words of a library that read the metadata and names both
// issuers. Where they speak of a token, it is the token's issuer that differs.
func issuerTold(c *Case, how string) *sighting {
	at := tells([]string{"issuer", "issuers"}, append(mismatch(), "expected", "discovery"))(c)
	if at == nil || at.at.Endpoint == logins.API {
		return nil
	}
	e := at.at
	named := issuersIn(c.said(e).words)
	if len(named) != 2 || issuerDifference(named[0], named[1]) != how {
		return nil
	}
	return likely(e, append(refusal(e), answered(e, "one issuer", named[0]), answered(e, "the other", named[1]))...)
}

// issuersIn are the two addresses of the line that speaks of an issuer and of no token, or of that line and the next.
func issuersIn(words string) []string {
	if named := addressesIn(words); len(named) == 2 && !saysAny(words, "token", "jwt", "validation failed") {
		return named
	}
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		if !contains(line, "issuer") || saysAny(line, "token", "jwt", "validation failed") {
			continue
		}
		if len(addressesIn(line)) == 1 && i+1 < len(lines) {
			line += "\n" + lines[i+1]
		}
		if named := addressesIn(line); len(named) == 2 && saysAny(line, "expect", "match", "differ", "got", "returned") {
			return named
		}
	}
	return nil
}

// addressesIn lists the different addresses in a text, as they come.
func addressesIn(words string) []string {
	var found []string
	for _, a := range regexp.MustCompile(`https?://[^\s"'`+"`"+`<>()\[\]{}\\,;]+`).FindAllString(words, -1) {
		if a = strings.TrimRight(a, ".:"); !slices.Contains(found, a) {
			found = append(found, a)
		}
	}
	return found
}

// issuerDifference names the part in which two issuers differ.
func issuerDifference(asked, named string) string {
	if strings.TrimRight(asked, "/") == strings.TrimRight(named, "/") {
		return "issuer-slash"
	}
	a, errA := url.Parse(asked)
	b, errB := url.Parse(named)
	switch {
	case errA != nil || errB != nil:
		return "issuer-path"
	case a.Hostname() == b.Hostname() && a.Scheme != b.Scheme:
		return "issuer-scheme"
	case a.Hostname() != b.Hostname() && isLoopback(a.Hostname()) && isLoopback(b.Hostname()):
		return "issuer-loopback"
	case a.Host != b.Host:
		return "issuer-host"
	}
	return "issuer-path"
}
