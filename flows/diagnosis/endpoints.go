package diagnosis

import (
	"net/http"
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

// authorizeElsewhere sees an authorization request that nothing was there to answer.
func authorizeElsewhere(c *Case) *sighting {
	e := c.refusedAt(logins.Authorization)
	if e == nil || e.Broken() != nil || e.Status() != http.StatusNotFound && e.Status() != http.StatusMethodNotAllowed || c.Known.AnswerOnly {
		return nil
	}
	shown := append([]Evidence{quote(e, "address", e.Address())}, refusal(e)...)
	for _, o := range c.Log.Exchanges {
		named := o.Came("authorization_endpoint")
		if o.Endpoint == logins.Discovery && o.Host() == e.Host() && named != "" && named != e.Address() {
			return likely(e, append(shown, answered(o, "authorization_endpoint", named))...)
		}
	}
	s := likely(e, shown...)
	s.general = anywhere
	return s
}
