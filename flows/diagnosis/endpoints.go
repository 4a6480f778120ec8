package diagnosis

import (
	"regexp"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// endpointNamed is where a text gives an endpoint of a provider for the address that its metadata are found by.
//
//nolint:gochecknoglobals // never changes; compiled once
var endpointNamed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:reach provider at|discover\w*|metadata ?address|authority|issuer)\b[^\n,{}]{0,60}?` +
		`(https?://[^\s"'<>|?]+?(?:/protocol/openid-connect/(?:auth|token|userinfo|certs)|` +
		`/oauth2/(?:v2\.0|v1|[\w.-]+/v1)/(?:authorize|token)|/connect/(?:authorize|token)|/application/o/(?:authorize|token))/?)` +
		`(?:[\s"'<>|?,]|$)`)
})

// endpointForIssuer sees the address of an endpoint where the one of the issuer belongs.
func endpointForIssuer(c *Case) *sighting {
	var found []string
	e := c.refused(func(e *logins.Exchange) bool {
		found = endpointNamed().FindStringSubmatch(strings.ToLower(e.Words()))
		return found != nil && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	return likely(e, answered(e, "discovery", found[1]))
}
